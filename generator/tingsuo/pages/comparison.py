"""The comparison of ways (打官司还是调解): cost, time and worth of each, from statutes, the procedures' periods and the fee calculator."""

from __future__ import annotations

from typing import Any

from ..library import Library, Reference
from ..model.comparison import Comparison, Period, Said, Way
from ..model.procedure import Procedure
from ..model.reference import Calculator
from .calculator import form
from .html import Linker, linker, render
from .page import Page

_PROPERTY = "property"
_FEES = ("order", "half", "full")


def _said(said: Said, links: Linker) -> dict[str, Any]:
    return {"text": said.text, "laws": links.cites(said.laws)}


def _period(period: Period, procedure: Procedure | None, links: Linker) -> dict[str, Any]:
    deadline = next((d for d in procedure.deadlines if d.id == period.deadline), None) if procedure else None
    return {
        "say": period.say,
        "length": deadline.period if deadline else "",
        "more": period.more or "",
        "laws": links.cites([*(deadline.laws[:1] if deadline else []), *period.laws]),
    }


def _way(way: Way, reference: Reference, links: Linker) -> dict[str, Any]:
    procedure = reference.procedures.get(way.procedure)
    return {
        "title": way.title,
        "fit": way.fit,
        "url": f"procedures/{way.procedure}.html" if procedure and procedure.published else "",
        "fee": _said(way.fee, links),
        "takes": [_period(p, procedure, links) for p in way.takes],
        "strength": _said(way.strength, links),
        "next": _said(way.next, links),
    }


def fee_examples(calculator: Calculator) -> list[tuple[int, dict[str, str]]]:
    """Round amounts and what the courts charge for them: the calculator's own test vectors, which are checked in the browser."""
    out = {}
    for vector in calculator.vectors:
        amount = vector.given.get("amount", "")
        if vector.given.get("kind") == _PROPERTY and amount.isdigit() and all(key in vector.expect for key in _FEES):
            out[int(amount)] = dict(vector.expect)
    return sorted(out.items())


def comparison_page(library: Library, comparison: Comparison) -> Page:
    """The table, examples of fees, and the fee calculator in place."""
    reference = library.reference
    links = linker(reference, 0)
    calculator = reference.calculators.get(comparison.calculator or "")
    return Page(
        url="compare.html",
        section="procedures",
        title="打官司还是调解",
        body=render(
            "comparison.html",
            lead=comparison.lead,
            review_due=comparison.review_due,
            ways=[_way(way, reference, links) for way in comparison.ways],
            calculator=calculator,
            form=form(reference, calculator) if calculator else None,
            examples=fee_examples(calculator) if calculator else [],
            fee_laws=links.law_list(calculator.laws) if calculator else "",
        ),
        description=comparison.lead,
        crumbs=(("首页", "index.html"), ("该走哪条路", "pathways/index.html")),
        layout="comparison",
    )
