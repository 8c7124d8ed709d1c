"""Statistics (统计): published cases by type, kind, year, town and outcome, as charts drawn at build."""

from __future__ import annotations

from collections import Counter
from html import escape

from markupsafe import Markup

from ..library import Library
from .html import render
from .page import Page

_ROW, _LEFT, _WIDTH = 30, 190, 720


def bars(title: str, rows: list[tuple[str, int]]) -> Markup:
    """A horizontal bar chart as SVG. The figures stand in a table beside it, so it is hidden from readers."""
    most = max((n for _, n in rows), default=0) or 1
    height = _ROW * len(rows) + 6
    parts = []
    for index, (name, n) in enumerate(rows):
        y = index * _ROW + 4
        width = (_WIDTH - _LEFT - 70) * n / most
        parts.append(
            f'<text x="{_LEFT - 10}" y="{y + 17}" text-anchor="end">{escape(name[:11])}</text>'
            f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_ROW - 8}" rx="3"/>'
            f'<text x="{_LEFT + width + 8:.1f}" y="{y + 17}" class="n">{n}</text>'
        )
    return Markup(f'<svg class="ts-bars" viewBox="0 0 {_WIDTH} {height}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>')


def statistics_page(library: Library) -> Page:
    """Counts of the published cases. They describe this library, not the county's caseload."""
    guides, towns = library.reference.guides, library.reference.towns
    outcomes = Counter(card.outcome for card in library.cards.values())
    tables = [
        ("按纠纷", [(guides[d].title if d in guides else d, len(cards)) for d, cards in library.by_dispute.items()]),
        ("按种类", [(kind, len(cards)) for kind, cards in library.facet("kind").items()]),
        ("按结果", list(outcomes.most_common())),
        ("按年份", [(f"{year}年", len(cards)) for year, cards in library.facet("year").items()]),
        ("按镇街", [(towns.get(t, t), len(cards)) for t, cards in library.facet("town").items()]),
    ]
    charts = [(name, bars(name, rows), rows) for name, rows in tables if rows]
    return Page(
        url="statistics.html",
        section="cases",
        title="案例统计",
        body=render("statistics.html", charts=charts, total=len(library.cards)),
        description="本站公开案例的统计。",
        crumbs=(("首页", "index.html"), ("案例", "cases/index.html")),
    )
