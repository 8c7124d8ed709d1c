"""The handbook (调解指引手册) as an A5 book, and the same book imposed on A4 for folding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..library import Library
from . import book_parts as parts
from .book_laws import Citer, article_index, gists
from .imposition import BookletSheet
from .sheet import Sheet, file_name, frame
from .word_index import general_words, word_index

if TYPE_CHECKING:
    from . import Cases

TITLE = "调解指引手册"
TEMPLATE = "handbook.typ"


def handbook_sheets(library: Library, cases: Cases) -> Iterator[Sheet]:
    """The book and its imposed sheets, of whatever the library holds. Nothing when it has no guide."""
    if not any(guide.published for guide in library.reference.guides.values()):
        return
    data = handbook_data(library, cases)
    sources = tuple(sorted({*library.reference.files.values(), *(card.file for card in library.cards.values())}))
    about = ("handbook", library.reference.holds or "handbook")
    # A book of a part has a name of its own: it doesn't take the whole one's place.
    holds = library.reference.holds.removeprefix("本包").rstrip("。")
    part = file_name(f"（{holds}）") if holds else ""
    yield Sheet(f"{TITLE}{part}.pdf", "handbook", about, TITLE + part, TEMPLATE, data, sources)
    yield BookletSheet(f"手册拼版-A4对折{part}.pdf", "booklet", about, f"{TITLE}{part}：A4对折拼版", TEMPLATE, data, sources)


def handbook_data(library: Library, cases: Cases) -> dict[str, Any]:
    """All that the book says, as plain data. Order matters: the index holds what was cited before it is made."""
    reference = library.reference
    contents = parts.Contents(library)
    citer = Citer(reference)
    guides = [parts.guide(contents, citer, item) for item in contents.guides.values()]
    told = gists(reference, citer)
    pathways = [parts.pathway(contents, citer, item) for item in contents.pathways.values()]
    procedures = [parts.procedure(contents, citer, item) for item in contents.procedures.values()]
    papers = parts.papers(contents)
    formulas = parts.formulas(contents, citer)
    digests = [
        {
            "to": f"cases-{key}",
            "title": item.title,
            "cases": [parts.case(citer, cases(card), contents.guides) for card in library.by_dispute.get(key, [])],
        }
        for key, item in contents.guides.items()
    ]
    general = general_words(reference)
    words = [word for guide in guides for word in (*guide["says"], *(w for row in guide["words"] for w in row["say"]))]
    words += [word for row in general for word in row["say"]]
    for guide, group in zip(guides, digests, strict=True):
        guide["cases"] = {"to": group["to"], "title": group["title"]} if group["cases"] else None
    digests = [group for group in digests if group["cases"]]
    listed = [guides, pathways, procedures, digests]
    return {
        **frame(library),
        "title": TITLE,
        # One line for each part, index and item in the contents; "找谁" has an item of its own.
        "contents_lines": sum(map(len, listed)) + sum(map(bool, [*listed, papers, formulas, told])) + 4,
        "guides": guides,
        "pathways": pathways,
        "procedures": procedures,
        "papers": papers,
        "formulas": formulas,
        "digests": digests,
        "gists": told,
        "desks": parts.desks(reference),
        "general_words": general,
        "article_index": article_index(reference, citer),
        "word_index": word_index(words),
        "imported": any(row["official"] for law in told for row in law["articles"]),
    }
