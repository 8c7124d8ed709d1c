"""Findability: do a guide's own words bring it to the top?"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, warning
from ..library import Library
from .prior import heaps, phrases, rank, votes


def findable(library: Library) -> Iterator[Finding]:
    """A warning for each of a guide's `says`, and each word of `terms.yaml` for its likeliest dispute, that leads elsewhere.

    Asked of the guides and terms alone: a word that only the cases' number brings up is not found yet.
    """
    counts = heaps(library, ())
    disputes, table, known = list(counts), votes(counts), phrases(library)
    reference = library.reference
    for key in disputes:
        for index, words in enumerate(reference.guides[key].says):
            found = rank(table, known, disputes, words)
            if not found or found[0] != key:
                yield _elsewhere(reference.files["guide", key], words, reference.guides[key].title, found, library, ("says", index))
    for index, term in enumerate(reference.terms):
        for place, words in enumerate(term.say):
            found = rank(table, known, disputes, words)
            if term.disputes and not set(term.disputes) & set(found[:3]):
                wanted = reference.guides[term.disputes[0]].title if term.disputes[0] in reference.guides else term.disputes[0]
                yield _elsewhere(reference.files["terms", "terms"], words, wanted, found, library, ("terms", index, "say", place))


def _elsewhere(file: str, words: str, wanted: str, found: list[str], library: Library, loc: tuple[str | int, ...]) -> Finding:
    first = f"，先出来的是“{library.reference.guides[found[0]].title}”" if found else "，什么也找不到"
    return warning(file, "findable", f"查“{words}”，“{wanted}”不在最前面{first}", "在 terms.yaml 里给这类纠纷补几种说法，或换一个更清楚的说法", loc)
