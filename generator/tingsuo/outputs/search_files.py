"""The search index of a library as files below search/, made anew only where content has changed."""

from __future__ import annotations

import hashlib
import marshal
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from ..case_store import CaseStore, write_atomically
from ..choice import EMERGENCY
from ..library import CaseCard, Library
from ..search.documents import Document, markdown_text, reference_documents
from ..search.index import Entry, File, build
from ..search.normal import traditional_table
from ..search.prior import prior_table
from ..search.sounds import lexicon, sounds

FOLDER = "search"
FIRST = f"{FOLDER}/index.js"
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
_TAUGHT = 240
"""Cases that teach which dispute words speak for; more say nothing new."""
_LOUDEST = 96
"""More cases than this together speak no louder: the guides say how people talk, the cases add to it."""


def search_key(library: Library, store: CaseStore, reference_key: bytes) -> bytes:
    """What stands for everything the index is made of."""
    whole = hashlib.blake2b(reference_key, digest_size=16)
    for page in handbook(library.reference.root):
        whole.update("\0".join(page).encode())
    for card in library.cards.values():
        whole.update(store.digests[card.file])
    return whole.digest()


def handbook(root: Path) -> list[tuple[str, str, str]]:
    """(url, title, text) of the handwritten pages."""
    docs = root / "docs"
    out = []
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).as_posix()
        if not name.startswith("develop/"):
            source = path.read_text("utf-8")
            title = _HEADING.search(source)
            out.append((name.removesuffix(".md") + ".html", title[1] if title else name, markdown_text(source)))
    return out


def search_files(library: Library, store: CaseStore, reference_key: bytes, cache: Path, known: Callable[[bytes], bool]) -> Iterator[File]:
    """Every file of the index; `known` tells which text blocks stand already."""
    reference = library.reference
    cards = list(library.cards.values())
    others = list(reference_documents(library, handbook(reference.root)))
    entries = [Entry(d.kind, d.url, reference_key + "\0".join(d).encode(), d.title, d.dispute, d.year, d.town, d.sort) for d in others]
    entries += [
        Entry("c", card.url, reference_key + store.digests[card.file], "", card.dispute, card.year, card.town, card.outcome) for card in cards
    ]

    def read(n: int) -> Document:
        return others[n] if n < len(others) else store.document(cards[n - len(others)])

    first, tables = _tables(library, store, reference_key, cache / "search-tables")
    key = search_key(library, store, reference_key)
    for file in build(entries, read, cache / "search", known=known, tables=tables, first=first, key=key):
        yield file._replace(name=f"{FOLDER}/{file.name}")


def _tables(library: Library, store: CaseStore, reference_key: bytes, kept: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """(parts of the first file, more files): the dispute prior, the tables for input. Kept while what they learn from is the same."""
    reference = library.reference
    cards = sorted(library.cards.values(), key=lambda card: crc32(card.id.encode()))[:_TAUGHT]
    words = lexicon(library)
    key = hashlib.blake2b(reference_key, digest_size=16)
    for card in cards:
        key.update(store.digests[card.file])
    key.update("\n".join(words).encode())
    try:
        was, first, tables = marshal.loads(kept.read_bytes())
        if was == key.digest():
            return first, tables
    except (OSError, ValueError, EOFError, TypeError):
        pass
    laws = {
        name: law.short
        for law in reference.register.laws.values()
        for name in (law.name, law.name.removeprefix("中华人民共和国"), law.short, *law.aliases)
    }
    first = {
        "prior": prior_table(library, _taught(store, cards)),
        "traditional": traditional_table(),
        "towns": dict(reference.towns),
        "danger": _for_danger(library),
    }
    tables = {"sounds.js": sounds(words), "laws.js": laws}
    write_atomically(kept, marshal.dumps((key.digest(), first, tables), 2))
    return first, tables


def _for_danger(library: Library) -> list[tuple[str, str]]:
    """(title, address) of the pages that words of danger lead to."""
    pathway, procedure = library.reference.pathways.get(EMERGENCY[0]), library.reference.procedures.get(EMERGENCY[1])
    pages = [(pathway.title, f"pathways/{pathway.id}.html")] if pathway and pathway.published else []
    return [*pages, (procedure.title, f"procedures/{procedure.id}.html")] if procedure and procedure.published else pages


def _taught(store: CaseStore, cards: list[CaseCard]) -> Iterator[tuple[str, str, float]]:
    weight = 0.4 * min(1.0, _LOUDEST / max(1, len(cards)))
    for document in map(store.document, cards):
        yield document.dispute, f"{document.title}\n{document.keywords}\n{document.gist}\n{document.body[:1500]}", weight
