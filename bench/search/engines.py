"""How each engine is built, what its index is, and which page opens it."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from ..builders import material as stock_material
from .serve import served
from .tools import Tools

PAGES = Path(__file__).with_name("pages")
_LIBRARY_FILES = {
    "minisearch": "minisearch/dist/umd/index.js",
    "flexsearch": "flexsearch/dist/flexsearch.bundle.min.js",
    "lunr": "lunr/lunr.min.js",
}
LIBRARIES = tuple(_LIBRARY_FILES)
TOKENS = ("words", "bigrams")


@dataclass(frozen=True)
class Step:
    """A command that is part of building an index."""

    command: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Engine:
    """An engine on one corpus.

    `prepare` runs before the clock starts; `index` lists the files that hold the index; `folder` is what a browser
    sees, over http when `http` is set, else from file://; `sharded` engines read parts for each query.
    """

    name: str
    note: str
    steps: tuple[Step, ...]
    prepare: Callable[[], None]
    index: Callable[[], list[Path]]
    folder: Path
    page: str
    finish: Callable[[], None] = lambda: None
    http: bool = False
    sharded: bool = False
    script: Path | None = None
    ids: Callable[[], dict[str, str] | None] = lambda: None
    whole: Step | None = None
    """Another command whose time and memory are reported too: the whole site."""

    @contextmanager
    def address(self) -> Iterator[str]:
        """The page's address."""
        with served(self.folder) if self.http else nullcontext(self.folder.resolve().as_uri()) as base:
            yield f"{base}/{self.page}"


def pagefind(texts: Path, tools: Tools) -> Engine:
    """Pagefind's binary over bare HTML; its page is a module, so it needs http."""
    site = texts / "html"
    bundle = site / "pagefind"

    def finish() -> None:
        scripts = '<script src="common.js"></script>\n<script type="module" src="pagefind-bench.js"></script>'
        (site / "bench.html").write_text(_page(scripts), "utf-8")
        shutil.copy(PAGES / "common.js", site)
        shutil.copy(PAGES / "pagefind.js", site / "pagefind-bench.js")

    def ids() -> dict[str, str]:
        out = {}
        for path in bundle.glob("fragment/*.pf_fragment"):
            found = re.search(rb'"url":"([^"]*)"', gzip.decompress(path.read_bytes()))
            assert found
            out[path.stem] = found[1].decode().lstrip("/")
        return out

    def index() -> list[Path]:
        return [p for p in bundle.rglob("*") if p.is_file() and not re.search(r"ui\.|pagefind-(highlight|worker)", p.name)]

    return Engine(
        "Pagefind",
        "extended binary on bare HTML, over http, without its worker",
        (Step((str(tools.pagefind), "--site", str(site), "--quiet"), texts),),
        lambda: shutil.rmtree(bundle, ignore_errors=True),
        index,
        site,
        "bench.html",
        finish,
        http=True,
        sharded=True,
        ids=ids,
    )


def library(name: str, tokens: str, texts: Path, tools: Tools) -> Engine:
    """MiniSearch, FlexSearch or lunr: built by Node, opened from file:// with its whole index."""
    folder = texts / f"{name}-{tokens}"
    node = ("node", "--max-old-space-size=8000", str(PAGES / "build.js"), name, tokens, str(texts), str(tools.modules))
    steps = [Step(node, texts)]
    if tokens == "words":
        steps.insert(0, Step((str(tools.python), str(PAGES.parent / "segment.py"), str(texts)), texts))

    def finish() -> None:
        shutil.copy(tools.modules / _LIBRARY_FILES[name], folder / "lib.js")
        for script in ("tokens.js", "common.js", f"{name}.js"):
            shutil.copy(PAGES / script, folder)
        names = ["lib.js", "tokens.js", "common.js", "titles.js", "index.js"]
        if tokens == "words":
            cut = (texts / "queries.words.json").read_text("utf-8")
            (folder / "queries.js").write_text(f"window.QUERY_WORDS={cut};\n", "utf-8")
            names.append("queries.js")
        scripts = "\n".join(f'<script src="{script}"></script>' for script in [*names, f"{name}.js"])
        (folder / "bench.html").write_text(_page(scripts), "utf-8")

    title = {"minisearch": "MiniSearch", "flexsearch": "FlexSearch", "lunr": "lunr.js"}[name]
    cut = "rjieba on both sides" if tokens == "words" else "no dictionary"
    return Engine(
        f"{title}, {tokens}",
        f"{cut}; titles only, no snippets",
        tuple(steps),
        lambda: shutil.rmtree(folder, ignore_errors=True),
        lambda: [folder / "index.js", folder / "titles.js"],
        folder,
        "bench.html",
        finish,
    )


def material(texts: Path, tools: Tools) -> Engine:
    """Stock Material with its search, jieba and the offline plugin, opened from file:// with the vendored shim."""
    project = texts / "material"
    build = stock_material(project)

    def prepare() -> None:
        build.clear()
        shutil.copy(tools.modules / "iframe-worker/shim/index.js", project / "docs/iframe-worker.js")

    return Engine(
        "Material",
        "jieba, offline plugin, vendored shim; build and memory are the whole site's",
        (Step(build.command, project, {**build.env, "PYTHONPATH": str(tools.jieba)}),),
        prepare,
        lambda: [project / "site/search/search_index.js"],
        project / "site",
        "index.html",
        script=PAGES / "material.js",
    )


def write_queries(texts: Path, queries: list[str]) -> None:
    """What `segment` cuts beside the texts."""
    (texts / "queries.json").write_text(json.dumps(queries, ensure_ascii=False), "utf-8")


def _page(scripts: str) -> str:
    title = html.escape("检索对比")
    return (
        f'<!doctype html>\n<html lang="zh-CN">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        f'<ol id="search-results" aria-label="搜索结果"></ol>\n{scripts}\n</body>\n</html>\n'
    )
