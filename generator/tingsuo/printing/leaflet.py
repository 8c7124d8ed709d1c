"""The three-fold leaflet (三折页) of each guide: a case, the articles, what to do, whom to ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..library import CaseCard, Library
from ..model.case import CaseBase
from ..model.guide import DisputeGuide
from .case_sheets import source_line
from .guide_facts import guide_facts
from .sheet import KINDS, Sheet, articles, file_name

if TYPE_CHECKING:
    from . import Cases

_ARTICLES = 5
"""Articles on a leaflet at most."""


def leaflets(library: Library, cases: Cases) -> Iterator[Sheet]:
    """One leaflet for each published guide: A4, two sides, six panels."""
    files = library.reference.files
    for guide in library.reference.guides.values():
        if not guide.published:
            continue
        told = case_to_tell(library, guide, cases)
        data = {
            **guide_facts(library, guide),
            "case": _case(*told) if told else None,
            "bring": [e.item for e in guide.evidence if e.must],
            "laws": [law for law in articles(library.reference, guide.laws) if law["gist"] or law["official"]][:_ARTICLES],
        }
        sources = (files["guide", guide.id], *((told[0].file,) if told else ()))
        yield Sheet(
            f"{KINDS['leaflet']}/{file_name(guide.title)}.pdf", "leaflet", ("guide", guide.id), f"{guide.title}折页", "leaflet.typ", data, sources
        )


def case_to_tell(library: Library, guide: DisputeGuide, cases: Cases) -> tuple[CaseCard, CaseBase] | None:
    """The case that a leaflet tells: the first one meant for publicity, teaching examples before retold judgments."""
    cards = library.by_dispute.get(guide.id, [])
    for card in sorted(cards, key=lambda card: card.kind != "教学示例"):
        case = cases(card)
        if case.poster:
            return card, case
    return None


def _case(card: CaseCard, case: CaseBase) -> dict[str, Any]:
    return {
        "headline": card.subtitle,
        "story": list(case.story),
        "outcome": case.outcome.line,
        "rule": case.takeaway.rule,
        "source": source_line(case),
    }
