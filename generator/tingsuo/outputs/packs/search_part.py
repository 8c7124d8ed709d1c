"""The search index inside a single file: the site's own files, or an index of some of its pages made from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...search.documents import Document
from ...search.index import Entry, build

SearchFiles = Mapping[str, str]
"""Text of each file of the index by its name without .js: index, terms-0, text-0 …"""
_OWN = {"count", "kinds", "names", "titles", "blocks", "first", "frequent"}
"""What the first file says of the documents themselves; the rest of it holds for any of them."""


def whole_search(site: Path, files: list[str]) -> dict[str, str]:
    """The site's index as it is."""
    return {
        name.removeprefix("search/").removesuffix(".js"): (site / name).read_text("utf-8")
        for name in files
        if name.startswith("search/") and name.endswith(".js")
    }


def search_part(whole: SearchFiles, pages: set[str]) -> dict[str, str]:
    """An index of the documents on some pages.

    What a hit is shown from is also what it is found by, so the texts of the index are enough to make it anew.
    Only which words stood in the summary is lost, so that hits within a group may come in another order.
    """
    entries, documents = [], []
    for document in _documents(whole):
        if document.url.partition("#")[0] in pages:
            documents.append(document)
            title = "" if document.kind == "c" else document.title
            entries.append(
                Entry(document.kind, document.url, document.text.encode(), title, document.dispute, document.year, document.town, document.sort)
            )
    first = {key: value for key, value in _data(whole["index"]).items() if key not in _OWN}
    tables = {f"{name}.js": _data(whole[name]) for name in sorted(whole) if not name.startswith(("index", "columns", "terms-", "text-"))}
    with TemporaryDirectory(prefix="tingsuo-") as folder:
        return {
            file.name.removesuffix(".js"): (file.data or b"").decode()
            for file in build(entries, documents.__getitem__, Path(folder), tables=tables, first=first)
        }


def _documents(whole: SearchFiles) -> list[Document]:
    """Every document of an index, in its order."""
    first, columns = _data(whole["index"]), _data(whole["columns"])
    starts = [*first["kinds"], ["", first["count"]]]
    kinds = [kind for (kind, start), (_, end) in pairwise(starts) for _ in range(start, end)]
    texts = [text for n in range(len(first["blocks"])) for text in _data(whole[f"text-{n}"])]

    def column(name: str, n: int) -> str:
        values, marks = columns[name]
        return str(values[ord(marks[n]) - 0x23])

    out = []
    for n, (kind, text) in enumerate(zip(kinds, texts, strict=True)):
        head, _, rest = text.partition("\n")
        keywords, _, body = rest.partition("\n")
        title, _, url = head.partition("\t")
        out.append(Document(kind, url, title, keywords, "", body, *(column(name, n) for name in ("dispute", "year", "town", "sort"))))
    return out


def _data(text: str) -> Any:
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])
