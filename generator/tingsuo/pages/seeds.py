"""两份文件在本站的落实: every item of the two documents, and the pages that carry it out."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import NamedTuple

from ..library import Library
from .html import render
from .page import Page

FOLDERS = {
    "mechanism": ("机制", "mechanisms"), "procedure": ("流程", "procedures"), "pathway": ("导航", "pathways"), "guide": ("指引", "disputes"),
    "document": ("文书", "documents"), "publicity": ("活动包", ""), "training": ("课程", ""), "quiz": ("题库", ""),
}  # fmt: skip
"""What a kind is called, and the folder of its items' pages ('' as long as they have none)."""
_SHOWN = 12
"""Places of one kind; what has more says how many."""


class Place(NamedTuple):
    """Where an item lives: the kind's name, the title, and the page from the root ('' for a kind without pages of its own)."""

    kind: str
    title: str
    url: str


class Row(NamedTuple):
    """An item's number, part, documents, words, places, and why it isn't public ('' when it is)."""

    number: int
    part: str
    sources: list[str]
    label: str
    places: list[Place]
    withheld: str

    @property
    def by_kind(self) -> list[tuple[str, list[Place]]]:
        """The places, kind by kind."""
        return [(kind, list(places)) for kind, places in groupby(self.places, key=lambda place: place.kind)]


def rows(library: Library) -> list[Row]:
    """Every item in the order of its number."""
    reference = library.reference
    found: dict[int, list[Place]] = defaultdict(list)
    withheld: dict[int, str] = {}
    order = list(FOLDERS)
    for kind, _, item in sorted(reference.items(), key=lambda row: order.index(row[0])):
        if not item.published:
            continue
        reason = reference.mechanisms[item.id].not_published if kind == "mechanism" else None
        for number in item.seed:
            if reason:
                withheld[number] = reason
            name, folder = FOLDERS[kind]
            found[number].append(Place(name, item.title, f"{folder}/{item.id}.html" if folder else ""))
    for card in library.cards.values():
        for number in card.seed:
            found[number].append(Place("案例", card.title, card.url))
    return [
        Row(seed.number, seed.part, list(seed.sources), seed.label, found[seed.number], withheld.get(seed.number, ""))
        for seed in sorted(reference.seeds.values(), key=lambda seed: seed.number)
    ]


def seeds_page(library: Library) -> Page:
    """The page of the inventory."""
    every = rows(library)
    parts = [(f"part-{n}", part, list(group)) for n, (part, group) in enumerate(groupby(every, key=lambda row: row.part), 1)]
    return Page(
        url="mechanisms/seeds.html",
        section="mechanisms",
        title="两份文件在本站的落实",
        body=render(
            "seeds.html",
            parts=parts,
            shown=_SHOWN,
            all=len(every),
            done=sum(bool(row.places) and not row.withheld for row in every),
            withheld=[row for row in every if row.withheld],
            missing=[row for row in every if not row.places],
        ),
        description="《庭所共建》和《法官联络点》两份文件的每一项，落实在哪一页。",
        toc=tuple((anchor, part) for anchor, part, _ in parts),
        crumbs=(("首页", "index.html"), ("庭所共建", "mechanisms/index.html")),
        layout="seeds",
    )
