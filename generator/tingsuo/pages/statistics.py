"""Statistics (统计): published cases by type, kind, year, town and outcome, as tables whose bars are drawn at build."""

from __future__ import annotations

from collections import Counter

from ..library import Library
from .html import render
from .page import Page


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
    return Page(
        url="statistics.html",
        section="cases",
        title="案例统计",
        body=render("statistics.html", tables=[(name, rows) for name, rows in tables if rows], total=len(library.cards)),
        description="本站公开案例的统计。",
        crumbs=(("首页", "index.html"), ("案例", "cases/index.html")),
    )
