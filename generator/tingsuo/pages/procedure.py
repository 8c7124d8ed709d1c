"""Procedure pages: steps, deadlines, papers, and the flow drawn at build."""

from __future__ import annotations

from html import escape
from typing import Any

from markupsafe import Markup

from ..library import Library
from ..model.procedure import Procedure
from .guide import linked, with_targets
from .html import linker, render
from .page import Page

_BOX, _GAP, _HIGH = 148, 34, 74


def flow_svg(procedure: Procedure) -> Markup:
    """The steps as a chain of boxes, wrapped every four, as accessible SVG."""
    per_row = 4
    rows = [procedure.steps[n : n + per_row] for n in range(0, len(procedure.steps), per_row)]
    width = per_row * _BOX + (per_row - 1) * _GAP + 4
    height = len(rows) * (_HIGH + 40) - 24
    parts = []
    number = 0
    for r, row in enumerate(rows):
        top = 2 + r * (_HIGH + 40)
        for c, step in enumerate(row):
            number += 1
            left = 2 + c * (_BOX + _GAP)
            lines = _wrap(f"{number} {step.title}", 10)[:2]
            text = "".join(
                f'<text x="{left + _BOX / 2}" y="{top + 26 + 20 * n}" text-anchor="middle" class="t">{escape(line)}</text>'
                for n, line in enumerate(lines)
            )
            actor = escape(_wrap(step.actor, 11)[0])
            parts.append(
                f'<rect x="{left}" y="{top}" width="{_BOX}" height="{_HIGH}" rx="8"/>{text}'
                f'<text x="{left + _BOX / 2}" y="{top + _HIGH - 9}" text-anchor="middle" class="a">{actor}</text>'
            )
            if c + 1 < len(row):
                x, y = left + _BOX, top + _HIGH // 2
                parts.append(f'<path d="M{x + 4} {y}h{_GAP - 12}m-6 -5l6 5l-6 5"/>')
            elif r + 1 < len(rows):
                x, y = left + _BOX // 2, top + _HIGH
                parts.append(f'<path d="M{x} {y + 3}v14H{2 + _BOX // 2}v16m-5 -6l5 6l5 -6"/>')
    label = "流程：" + "，".join(f"{n}{s.title}" for n, s in enumerate(procedure.steps, 1))
    return Markup(f'<svg class="ts-flow__svg" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>')


def _wrap(text: str, size: int) -> list[str]:
    return [text[n : n + size] for n in range(0, len(text), size)] or [""]


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
        flow=flow_svg(procedure),
        steps=steps,
        not_for=linked(links, procedure.not_for),
        deadlines=linked(links, procedure.deadlines),
        after=with_targets(linked(links, procedure.after), titles),
        laws=links.law_list(procedure.laws),
        guides=used_by,
    )
    toc = [("when", "什么时候用"), ("steps", "一步一步办")]
    if procedure.not_for:
        toc.insert(1, ("notfor", "什么时候不能用"))
    if procedure.deadlines:
        toc.append(("deadlines", "期限"))
    if procedure.materials:
        toc.append(("materials", "材料清单"))
    if procedure.after:
        toc.append(("after", "之后"))
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
        body=render("procedures.html", items=items),
        description="调解前后各条路怎么走：谁来办、带什么、什么时候办完。",
        crumbs=(("首页", "index.html"),),
    )
