"""Procedure pages: steps, deadlines, papers, and the flow drawn at build."""

from __future__ import annotations

from typing import Any

from ..library import Library
from ..model.procedure import Procedure
from .calculator import deadline_form
from .flow import flow
from .guide import linked, with_targets
from .html import linker, render
from .page import Page
from .pathway import published_pathways


def procedure_page(library: Library, procedure: Procedure) -> Page:
    """One procedure."""
    links = linker(library.reference, 1)
    deadlines = {d.id: d for d in procedure.deadlines}
    titles = {key: p.title for key, p in library.reference.procedures.items() if p.published}
    steps: list[dict[str, Any]] = linked(links, procedure.steps)
    for step in steps:
        step["deadline"] = deadlines.get(step["deadline"] or "")
    used_by = [g for g in library.reference.guides.values() if g.published and any(n.go == procedure.id for n in g.next)]
    body = render(
        "procedure.html",
        proc=procedure,
        flow=flow(procedure, titles),
        steps=steps,
        not_for=linked(links, procedure.not_for),
        deadlines=linked(links, procedure.deadlines),
        last_day=deadline_form(library.reference, procedure),
        after=with_targets(linked(links, procedure.after), titles),
        laws=links.law_list(procedure.laws),
        guides=used_by,
        documents=[d for key in procedure.documents if (d := library.reference.documents.get(key)) and d.published],
    )
    toc = [("when", "什么时候用"), ("steps", "一步一步办")]
    if procedure.not_for:
        toc.insert(1, ("notfor", "什么时候不能用"))
    if procedure.deadlines:
        toc.append(("deadlines", "期限"))
    if procedure.materials:
        toc.append(("materials", "材料清单"))
    if procedure.documents:
        toc.append(("documents", "文书"))
    if procedure.after:
        toc.append(("after", "之后"))
    toc.append(("flow", "流程图"))
    return Page(
        url=f"procedures/{procedure.id}.html",
        section="procedures",
        title=procedure.title,
        body=body,
        description=procedure.lead,
        toc=(*toc, ("laws", "主要法条")),
        crumbs=(("首页", "index.html"), ("办事流程", "procedures/index.html")),
        layout="procedure",
    )


def procedures_page(library: Library) -> Page:
    """All procedures."""
    items = [p for p in library.reference.procedures.values() if p.published]
    return Page(
        url="procedures/index.html",
        section="procedures",
        title="办事流程",
        body=render(
            "procedures.html",
            items=items,
            calculators=len(library.reference.calculators),
            paths=published_pathways(library.reference),
            comparison=library.reference.comparison is not None,
        ),
        description="调解前后各条路怎么走：谁来办、带什么、什么时候办完。",
        crumbs=(("首页", "index.html"),),
    )
