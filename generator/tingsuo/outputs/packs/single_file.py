"""The whole site as one HTML file; above a size that tablets open well, a file for each dispute."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ...case_store import Progress
from .one_document import Document, document
from .page_parts import PagePart, page_parts
from .search_part import search_part, whole_search
from .source import PackSource

LIMIT = 16 * 1024 * 1024
"""Bytes above which the file is split; decision 11 says why not 10 MB."""
_LAW = re.compile(r' href="([^"#]+)')


def make(source: PackSource, target: Path, progress: Progress, limit: int = LIMIT) -> list[Path]:
    """Write <name>.html, or <name>-<dispute>.html for each dispute when the one would have more than `limit` bytes."""
    progress("拼单个文件", 0, 1)
    files = source.files()
    parts = page_parts(source.site, files)
    search = whole_search(source.site, files)
    target.mkdir(parents=True, exist_ok=True)
    disputes = {key: guide.title for key, guide in source.library.reference.guides.items() if f"disputes/{key}.html" in parts}
    whole = _written(target / f"{source.name}.html", document(source, Document(parts, search)), limit if len(disputes) > 1 else None)
    if whole:
        progress("拼单个文件", 1, 1)
        return [whole]
    names = {key: f"{source.name}-{title}.html" for key, title in disputes.items()}
    written = []
    for done, (key, title) in enumerate(disputes.items()):
        progress("拼单个文件", done, len(disputes))
        inside = of_dispute(parts, key, disputes)
        elsewhere = {name: f"part-{other}" for other in disputes if other != key for name in parts if name not in inside and _belongs(name, other)}
        others = {other: (disputes[other], names[other]) for other in disputes if other != key}
        made = _written(target / names[key], document(source, Document(inside, search_part(search, set(inside)), title, elsewhere, others)))
        assert made
        written.append(made)
    progress("拼单个文件", len(disputes), len(disputes))
    return written


def of_dispute(parts: Mapping[str, PagePart], dispute: str, disputes: Iterable[str]) -> dict[str, PagePart]:
    """The pages of one dispute's file: its own, all that belong to no dispute, and the laws that those cite."""
    others = [other for other in disputes if other != dispute]
    inside = {
        name: part
        for name, part in parts.items()
        if not name.startswith(("laws/", "cases-by/")) and not any(_belongs(name, other) for other in others)
    }
    wanted = ["laws/index.html", "laws/changes.html", *(name for part in inside.values() for name in _laws(part))]
    cited = {name for name in wanted if name in parts}
    # A law's other versions are pages that it leads to.
    for name in [*cited]:
        cited |= {law for law in _laws(parts[name]) if law in parts and law.startswith(f"{name.removesuffix('.html')}/")}
    return {name: part for name, part in parts.items() if name in inside or name in cited}


def _belongs(name: str, dispute: str) -> bool:
    return name in (f"disputes/{dispute}.html", f"disputes/{dispute}-villager.html") or name.startswith(f"cases/{dispute}/")


def _laws(part: PagePart) -> set[str]:
    folder = posixpath.dirname(part.name)
    found = (posixpath.normpath(posixpath.join(folder, href)) for href in set(_LAW.findall(part.body)))
    return {name for name in found if name.startswith("laws/")}


def _written(path: Path, pieces: Iterable[str], limit: int | None = None) -> Path | None:
    """Write a file piece by piece; None, and no file, once it has more than `limit` bytes."""
    half = path.with_name(f".{path.name}.half")
    size = 0
    with half.open("wb") as file:
        for piece in pieces:
            size += file.write(piece.encode())
            if limit is not None and size > limit:
                break
    if limit is not None and size > limit:
        half.unlink()
        return None
    return half.replace(path)
