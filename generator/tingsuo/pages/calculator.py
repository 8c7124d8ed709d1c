"""Calculators (计算器): the forms that the scripts bring to life, with formula, example, figures and articles to read without them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..library import Library, Reference
from ..model.procedure import Deadline, Procedure
from ..model.reference import Calculator, CalculatorInput, Figure, Vector
from .guide import linked
from .html import linker, render
from .page import Page

LAST_DAYS = "limitation"
"""The calculator of last days; procedures use its form with their own deadlines."""
TODAY = "今天"


def form(reference: Reference, calculator: Calculator, deadlines: Iterable[Deadline] = (), key: str = "") -> dict[str, Any]:
    """A form for a template: its inputs, and `definition`, what the scripts need to know.

    `deadlines` stand in for the calculator's own; `key` says whose they are.
    """
    periods = list(deadlines) or calculator.deadlines
    figures = {key: reference.figures[key] for key in calculator.figures}
    return {
        "inputs": [_input(i, figures, periods) for i in calculator.inputs],
        "definition": {
            "id": calculator.id,
            "key": key or calculator.id,
            "title": calculator.title,
            "inputs": [
                i.model_dump(mode="json", by_alias=True, include={"key", "type", "unit", "min", "max", "optional", "only_if", "figure"})
                for i in calculator.inputs
            ],
            "outputs": [o.model_dump(mode="json") for o in calculator.outputs],
            "remarks": dict(calculator.remarks),
            "deadlines": [
                d.model_dump(mode="json", include={"id", "title", "event", "length", "unit", "extend", "late", "restarts"}) for d in periods
            ],
            "figures": {key: _figure(figure) for key, figure in figures.items()},
            "holidays": [y.model_dump(mode="json", include={"year", "off", "work"}) for y in reference.holidays.values()]
            if periods or calculator.id == "deadline"
            else [],
        },
    }


def _input(item: CalculatorInput, figures: dict[str, Figure], periods: list[Deadline]) -> dict[str, Any]:
    options = [(o.value, o.label) for o in item.options]
    if item.type == "期限":
        options = [(d.id, f"{d.title}（{d.span}）") for d in periods]
    values: dict[str, Any] = {name: getattr(item, name) for name in ("key", "label", "type", "unit", "help", "optional", "default")}
    values["options"] = options
    values["chosen"] = item.default or (options[0][0] if len(options) == 1 else "")
    # What the table knows is asked for only where it doesn't.
    values["waits"] = bool(item.figure and figures[item.figure].rows)
    values["asks"] = bool(item.figure and not figures[item.figure].rows)
    return values


def _figure(figure: Figure) -> dict[str, Any]:
    """A figure for the scripts; `limit` is the last day for which its newest row may be used."""
    limit = figure.known_to or figure.review_due
    return {
        "title": figure.title,
        "unit": "%" if figure.unit == "百分比" else figure.unit,
        "kind": figure.kind,
        "publisher": figure.publisher,
        "limit": limit.isoformat() if limit else None,
        "rows": [
            {"from": r.from_.isoformat(), "to": r.to.isoformat() if r.to else None, "value": f"{r.value:f}", "source": r.source} for r in figure.rows
        ],
    }


def example(calculator: Calculator, vector: Vector) -> dict[str, Any]:
    """A vector as people read it: what is filled in, what comes out."""
    given = []
    for item in calculator.inputs:
        value = vector.given.get(item.key)
        if value is None:
            continue
        labels = {o.value: o.label for o in item.options} | {d.id: d.title for d in calculator.deadlines}
        given.append((item.label, labels.get(value, value + (item.unit or ""))))
    outputs = [(o.label, vector.expect[o.key] + (o.unit or "")) for o in calculator.outputs if o.key in vector.expect]
    return {"note": vector.note or "", "given": given, "expect": outputs, "remarks": [calculator.remarks[r] for r in vector.remarks]}


def calculator_page(library: Library, calculator: Calculator) -> Page:
    """One calculator."""
    reference = library.reference
    links = linker(reference, 1)
    worked = next((v for v in calculator.vectors if not v.refused), None)
    guides = [reference.guides[d] for d in calculator.disputes if d in reference.guides and reference.guides[d].published]
    body = render(
        "calculator.html",
        calc=calculator,
        form=form(reference, calculator),
        example=example(calculator, worked) if worked else None,
        figures=[reference.figures[key] for key in calculator.figures],
        deadlines=linked(links, calculator.deadlines),
        laws=links.law_list(calculator.laws),
        guides=guides,
    )
    toc = [("form", "算一算"), ("formula", "怎样算出来的")]
    if calculator.deadlines:
        toc.append(("periods", "期限表"))
    if calculator.figures:
        toc.append(("figures", "用到的数"))
    return Page(
        url=f"calculators/{calculator.id}.html",
        section="procedures",
        title=f"{calculator.title}计算器",
        body=body,
        description=calculator.lead,
        toc=(*toc, ("laws", "依据")),
        crumbs=(("首页", "index.html"), ("办事流程", "procedures/index.html"), ("计算器", "calculators/index.html")),
        layout="calculator",
    )


def grouped(calculators: Iterable[Calculator]) -> dict[str, list[Calculator]]:
    """Calculators by group, in the order of the file."""
    groups: dict[str, list[Calculator]] = {}
    for calculator in calculators:
        groups.setdefault(calculator.group, []).append(calculator)
    return groups


def calculators_page(library: Library) -> Page:
    """All calculators, and the figures that the office fills in."""
    reference = library.reference
    used = [f for f in reference.figures.values() if any(f.id in c.figures for c in reference.calculators.values())]
    return Page(
        url="calculators/index.html",
        section="procedures",
        title="计算器",
        body=render("calculators.html", groups=grouped(reference.calculators.values()), figures=used, holidays=list(reference.holidays.values())),
        description="利息、补偿、赔偿、诉讼费、最后一天：填几个数，当场算出来。",
        crumbs=(("首页", "index.html"), ("办事流程", "procedures/index.html")),
    )


def deadline_form(reference: Reference, procedure: Procedure) -> dict[str, Any] | None:
    """The form for a procedure's own deadlines; None where there is nothing to reckon."""
    calculator = reference.calculators.get(LAST_DAYS)
    if calculator is None or not procedure.deadlines:
        return None
    return form(reference, calculator, procedure.deadlines, procedure.id)
