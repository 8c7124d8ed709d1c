"""Our adapter: the index alone from the peers' texts, the whole build, and `site/search.html` from file://.

`python -m bench.search.ours DOCS OUT` builds nothing but the index, from the same `docs.jsonl` that the peers'
texts come from: that is what Pagefind's time is held against. The page must offer what `pages/ours.js` says.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from ..builders import ours as our_builder
from .engines import PAGES, Engine, Step

REPO = Path(__file__).resolve().parents[2]
SHARD = "terms-0.js"
"""A file that only our index folder has."""


def ours(project: Path, texts: Path) -> Engine:
    """Tingsuo on a project. The index in the browser is the whole site's: guides, law and handbook too."""
    build = our_builder(project, search=True)
    site = project / build.result
    alone = texts / "tingsuo-index"

    def prepare() -> None:
        build.clear()
        shutil.rmtree(alone, ignore_errors=True)

    return Engine(
        "Tingsuo",
        "file://; build is the index alone on Pagefind's texts, the whole site beside it",
        (Step((sys.executable, "-m", "bench.search.ours", str(texts / "docs.jsonl"), str(alone)), REPO),),
        prepare,
        lambda: index_files(site),
        site,
        "search.html",
        sharded=True,
        script=PAGES / "ours.js",
        whole=Step(build.command, build.folder, build.env),
    )


def index_files(site: Path) -> list[Path]:
    """The files of the built site's index: all of the folder that holds the first shard. Empty when there is none."""
    shard = next((site / "assets").rglob(SHARD), None) or next(site.rglob(SHARD), None)
    return [path for path in shard.parent.iterdir() if path.is_file()] if shard else []


def write_index(docs: Path, out: Path) -> None:
    """The index of `docs.jsonl`, through the same builder that `tingsuo build` uses; documents are read from the file as they are needed."""
    from tingsuo.search.documents import Document
    from tingsuo.search.index import Entry, build

    offsets, entries, at = [], [], 0
    with docs.open("rb") as file:
        for line in file:
            row = json.loads(line)
            offsets.append((at, len(line)))
            entries.append(Entry("c", row["url"], row["id"].encode()))
            at += len(line)

    def read(n: int) -> Document:
        start, size = offsets[n]
        with docs.open("rb") as file:
            file.seek(start)
            row = json.loads(file.read(size))
        return Document("c", row["url"], row["title"], "", "", row["body"])

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as kept:
        for made in build(entries, read, Path(kept)):
            (out / made.name).write_bytes(made.data or b"")


if __name__ == "__main__":
    write_index(Path(sys.argv[1]), Path(sys.argv[2]))
