"""The home page: what do you have to do now?"""

from __future__ import annotations

import json

from markupsafe import Markup

from ..library import Library
from .calendar import upcoming
from .guide import tiles
from .html import render
from .page import Page


def finder_data(library: Library) -> Markup:
    """Villagers' words and where they lead, as JSON for the home page's finder: [[words, title, url], …]."""
    reference = library.reference
    rows: list[list[object]] = []
    for guide in reference.guides.values():
        if guide.published:
            words = list(
                dict.fromkeys([guide.title, *guide.says, *(w for t in reference.terms if guide.id in t.disputes for w in (*t.say, t.means))])
            )
            rows.append([words, f"{guide.title}调解指引", f"disputes/{guide.id}.html"])
    rows += [[[p.title, p.lead], f"流程：{p.title}", f"procedures/{p.id}.html"] for p in reference.procedures.values() if p.published]
    rows += [[[law.short, law.name, *law.aliases], f"法条：{law.short}", f"laws/{law.id}.html"] for law in library.cited_laws.values()]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def home_page(library: Library) -> Page:
    """Finder, red strip, four doors, dispute tiles, what comes next."""
    reference = library.reference
    return Page(
        url="index.html",
        section="home",
        title=reference.office.county + "庭所共建知识库",
        body=render(
            "home.html",
            office=reference.office,
            tiles=tiles(library, "disputes/"),
            days=upcoming(library, reference.day, 4),
            cases=len(library.cards),
            newest=sorted(library.cards.values(), key=lambda c: (c.month, c.id), reverse=True)[:3],
            confirmation="judicial-confirmation" in reference.procedures,
            finder=finder_data(library),
        ),
        description="村里的纠纷怎么调、找谁、看哪条法。没有网络也能用。",
        layout="home",
    )
