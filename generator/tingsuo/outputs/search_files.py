"""The search index as files of the site: search/index.js, terms-N.js, titles-N.js, text-N.js."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from ..case_store import CaseStore
from ..library import Library
from ..search.documents import Document, markdown_text, reference_documents
from ..search.index import build
from ..search.normal import table_js
from ..search.prior import prior_js
from ..search.sounds import lexicon, sounds_js

FOLDER = "search"
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
_TAUGHT = 600
"""Cases that teach which dispute words speak for, evenly over the library; more say nothing new."""


def search_key(library: Library, store: CaseStore, reference_key: bytes) -> bytes:
    """What stands for everything the index is made of."""
    whole = hashlib.blake2b(reference_key, digest_size=16)
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


def search_files(library: Library, store: CaseStore) -> Iterator[tuple[str, bytes]]:
    """(name below the site's root, bytes) of every file of the index."""
    reference = library.reference
    cards = list(library.cards.values())

    def documents() -> Iterator[Document]:
        yield from reference_documents(library, handbook(reference.root))
        for card in cards:
            yield store.document(card)

    step = -(-len(cards) // _TAUGHT) or 1
    taught = (store.document(card) for card in cards[::step])
    prior = prior_js(library, ((d.dispute, f"{d.title}\n{d.keywords}\n{d.gist}\n{d.body[:1500]}", 0.4) for d in taught))
    laws = {
        name: law.short
        for law in reference.register.laws.values()
        for name in (law.name, law.name.removeprefix("中华人民共和国"), law.short, *law.aliases)
    }
    tables = "".join(
        (
            f'tingsuoIndex("traditional",0,{table_js()});\n',
            sounds_js(lexicon(library)),
            f'tingsuoIndex("laws",0,{json.dumps(laws, ensure_ascii=False, separators=(",", ":"))});\n',
            f'tingsuoIndex("towns",0,{json.dumps(reference.towns, ensure_ascii=False, separators=(",", ":"))});\n',
        )
    )
    for name, data in build(documents(), prior, tables):
        yield f"{FOLDER}/{name}", data
