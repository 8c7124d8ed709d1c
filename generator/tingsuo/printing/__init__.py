"""Library to paper: every sheet that can be printed, as a template and its data. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..library import CaseCard, Library
from ..model.case import CaseBase
from .sheet import KINDS, Sheet

Cases = Callable[[CaseCard], CaseBase]
"""A published case by its card."""


def sheets(library: Library, cases: Cases, paper: int = 0) -> Iterator[Sheet]:
    """Everything that can be printed from a library, in the order of KINDS. `paper`: the number (卷号) that quiz papers are drawn from, 0 for their own order."""
    from .case_sheets import case_sheets
    from .checklist import checklists
    from .guide_large import large_guides
    from .handbook import handbook_sheets
    from .kit_papers import kit_papers
    from .leaflet import leaflets
    from .pocket_card import pocket_cards
    from .quiz_paper import quiz_papers

    yield from handbook_sheets(library, cases)
    yield from leaflets(library, cases)
    yield from checklists(library)
    yield from pocket_cards(library)
    yield from case_sheets(library, cases)
    yield from large_guides(library)
    yield from quiz_papers(library, paper)
    yield from kit_papers(library)


__all__ = ["KINDS", "Cases", "Sheet", "sheets"]
