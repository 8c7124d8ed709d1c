"""The checklist to tick by pen (打勾清单) of each guide: one sheet of A4 for the mediator, both sides full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..library import Library, Reference
from ..model.guide import DisputeGuide, NextStep
from .guide_facts import guide_facts, names
from .sheet import KINDS, Sheet, file_name

_DEADLINES = 2
"""Periods of a procedure beside a next step, the first ones: they run from the mediator's own table."""


def checklists(library: Library) -> Iterator[Sheet]:
    """One checklist for each published guide; none where only the villager's version is wanted."""
    reference = library.reference
    if getattr(reference, "audience", "") == "群众":
        return
    for guide in reference.guides.values():
        if guide.published:
            path = f"{KINDS['checklist']}/{file_name(guide.title)}.pdf"
            data = _data(library, guide)
            yield Sheet(
                path, "checklist", ("guide", guide.id), f"{guide.title}调解打勾清单", "checklist.typ", data, (reference.files["guide", guide.id],)
            )


def _data(library: Library, guide: DisputeGuide) -> dict[str, Any]:
    reference = library.reference
    papers = (reference.documents[key] for key in guide.documents if key in reference.documents)
    return {
        **guide_facts(library, guide),
        "elements": [{"name": e.name, "ask": e.ask, "proof": list(e.proof)} for e in guide.elements],
        "evidence": [{"item": e.item, "how": e.how, "must": e.must} for e in guide.evidence],
        "papers": [paper.title for paper in papers if paper.published],
        "next": [{"when": step.when, "do": step.do, "due": _due(reference, guide, step), "laws": names(reference, step.laws)} for step in guide.next],
    }


def _due(reference: Reference, guide: DisputeGuide, step: NextStep) -> list[str]:
    """The periods of the procedure that a step leads to: 申请司法确认：30日（调解协议生效那天起）.

    A limitation (时效) only when the procedure is for this dispute: claims for support, for instance, have none.
    """
    procedure = reference.procedures.get(step.go or "")
    if not procedure or not procedure.published:
        return []
    deadlines = [d for d in procedure.deadlines if not d.restarts or guide.id in procedure.disputes]
    return [f"{d.title}：{d.period}（{d.event.split('；')[0]}起）" for d in deadlines[:_DEADLINES]]
