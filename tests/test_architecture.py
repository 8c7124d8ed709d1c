"""The house's rules, held by the code itself: one direction, small modules, one place for MkDocs, no drawers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import tingsuo

PACKAGE = Path(tingsuo.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
LONGEST = 400

# From the rim to the ground; a module may use its own floor and those below.
FLOORS = [
    {"cli"},
    {"plugin", "building"},
    {"outputs", "frame_findings", "prepare", "lan"},
    {"case_store", "choice"},
    {"pages", "printing", "search", "checks", "statutes"},
    {"library", "similarity"},
    {"register"},
    {"citation", "load", "blanks", "printed", "walking"},
    {"schema_messages", "yaml_text"},
    {"model"},
    {"findings", "workers", "lan_addresses", "shuffled"},
]
MKDOCS_ALLOWED = {"plugin.py", "building.py", "cli/serve.py"}
DRAWERS = {"utils", "util", "helpers", "common", "misc", "manager", "tools"}


def name_of(path: Path) -> str:
    """cli/check.py."""
    return path.relative_to(PACKAGE).as_posix()


def part(path: Path) -> str:
    """The first folder or the module: cli, plugin."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(name: str) -> int:
    """A part's floor; a new part needs a place in FLOORS."""
    found = [n for n, names in enumerate(FLOORS) if name in names]
    assert found, f"{name} has no floor: add it to FLOORS"
    return found[0]


def imports(path: Path) -> set[str]:
    """Every module that a file imports, late imports included; our own as tingsuo.part…"""
    out = set()
    package = ["tingsuo", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            out |= {f"{whole}.{alias.name}" for alias in node.names} if whole == "tingsuo" or not node.module else {whole}
    return out


@pytest.mark.parametrize("path", [path for path in MODULES if part(path) != "__init__"], ids=name_of)
def test_imports_go_down(path: Path) -> None:
    """cli, plugin → outputs, pages, search, checks → library → load → model: never up."""
    own = floor(part(path))
    used = {module.split(".")[1] for module in imports(path) if module.startswith("tingsuo.")} - {"__version__", "__init__"}
    assert {name for name in used if floor(name) < own} == set()


def test_only_the_rim_knows_mkdocs() -> None:
    """The plugin imports MkDocs; the two modules that start it do so late. Nothing else may."""
    users = {name_of(path) for path in MODULES if any(m.split(".")[0] in ("mkdocs", "properdocs") for m in imports(path))}
    assert users <= MKDOCS_ALLOWED


@pytest.mark.parametrize("name", sorted(MKDOCS_ALLOWED - {"plugin.py"}))
def test_mkdocs_is_imported_late(name: str) -> None:
    """`check` and `new` don't pay for MkDocs: outside the plugin it is imported inside functions."""
    tree = ast.parse((PACKAGE / name).read_text("utf-8"))
    top = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    top |= {node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert {module for module in top if module.split(".")[0] == "mkdocs" or module == "plugin"} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_short_and_says_what_it_is(path: Path) -> None:
    """No module is longer than 400 lines, each begins with what it is about, none is a drawer."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= LONGEST
    assert path.stem not in DRAWERS
    assert ast.get_docstring(ast.parse(text)) or not text.strip()


def test_content_is_never_executed() -> None:
    """Nothing in the package evaluates text: no eval, exec, pickle, yaml.load or shell."""
    wrong = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            call = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            shell = isinstance(node, ast.keyword) and node.arg == "shell"
            if call in ("eval", "exec", "yaml.load", "yaml.unsafe_load", "pickle.load", "pickle.loads", "os.system") or shell:
                wrong.append(f"{name_of(path)}:{node.lineno}")
    assert wrong == []
