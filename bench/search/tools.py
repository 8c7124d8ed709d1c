"""Installs the peers into a folder of their own; says which versions."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PYPI = {"pagefind": "1.5.2", "pagefind_bin_extended": "1.5.2", "rjieba": "0.2.2"}
JIEBA = "0.42.1"
NPM = {"minisearch": "7.2.0", "flexsearch": "0.8.212", "lunr": "2.3.9", "iframe-worker": "1.0.4"}


@dataclass(frozen=True)
class Tools:
    """Where the peers are: Python with rjieba, Pagefind's binary, node_modules, a folder with jieba."""

    folder: Path

    @property
    def python(self) -> Path:
        """The peers' own interpreter."""
        return self.folder / "venv/bin/python"

    @property
    def pagefind(self) -> Path:
        """Pagefind's binary itself: the wheel's launcher would add Python's start."""
        return next(self.folder.glob("venv/lib/python*/site-packages/pagefind_bin_extended/pagefind_extended*"))

    @property
    def modules(self) -> Path:
        """The npm packages."""
        return self.folder / "node/node_modules"

    @property
    def jieba(self) -> Path:
        """A folder for PYTHONPATH: with it, Material's search plugin cuts Chinese words."""
        return self.folder / "jieba"

    def versions(self) -> dict[str, str]:
        """Name → version of every peer."""
        npm = {name: json.loads((self.modules / name / "package.json").read_text("utf-8"))["version"] for name in NPM}
        return {**PYPI, "jieba": JIEBA, **npm}


def install(folder: Path) -> Tools:
    """The peers in `folder`, installed unless they are there. Raises CalledProcessError when a registry refuses."""
    tools = Tools(folder)
    done = folder / "done"
    wanted = json.dumps([PYPI, JIEBA, NPM])
    if done.is_file() and done.read_text("utf-8") == wanted:
        return tools
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ("-q", "--disable-pip-version-check")
    _run(sys.executable, "-m", "venv", str(folder / "venv"))
    _run(str(tools.python), "-m", "pip", "install", *quiet, *(f"{name}=={version}" for name, version in PYPI.items()))
    _run(sys.executable, "-m", "pip", "install", *quiet, "--target", str(tools.jieba), "--upgrade", f"jieba=={JIEBA}")
    node = folder / "node"
    node.mkdir(exist_ok=True)
    (node / "package.json").write_text(json.dumps({"private": True, "dependencies": NPM}), "utf-8")
    _run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(node))
    done.write_text(wanted, "utf-8")
    return tools


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=sys.stderr)
