"""The home page: what do you have to do now?"""

from __future__ import annotations

from ..library import Library
from .calendar import upcoming
from .guide import tiles, villagers_only
from .html import render
from .page import Page
from .pathway import published_pathways


def home_page(library: Library) -> Page:
    """Search, red strip, four doors, dispute tiles, what comes next."""
    reference = library.reference
    return Page(
        url="index.html",
        section="home",
        title=reference.office.county + "庭所共建知识库",
        body=render(
            "home.html",
            office=reference.office,
            tiles=tiles(library, "disputes/"),
            days=upcoming(library, reference.day),
            shown=4,
            kits=any(kit.published for kit in reference.publicity.values()),
            cases=len(library.cards),
            newest=sorted(library.cards.values(), key=lambda c: (c.month, c.id), reverse=True)[:3],
            confirmation=any(p.id == "judicial-confirmation" and p.published for p in reference.procedures.values()),
            calculators=len(reference.calculators),
            papers=sum(paper.published for paper in reference.documents.values()),
            paths=len(published_pathways(reference)),
            live=True,
            holds=reference.holds,
            organising=not villagers_only(reference),
        ),
        description="村里的纠纷怎么调、找谁、看哪条法。没有网络也能用。",
        layout="home",
    )
