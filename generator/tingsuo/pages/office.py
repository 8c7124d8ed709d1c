"""Office pages (找谁): service numbers, courts, justice offices, liaison points, and a page per town."""

from __future__ import annotations

from ..library import Library
from ..model.reference import LiaisonPoint, Town
from .html import render
from .page import Page

_STANDARDS = (("office_room", "一间办公室"), ("sign", "一块牌子"), ("liaison_officer", "一名联络人员"), ("rules", "一套管理机制"))


def standards(point: LiaisonPoint) -> list[tuple[str, bool]]:
    """The 四个一 of a point and its team: 1 judge, at least one assistant, 6 mediators."""
    team = point.judges >= 1 and point.assistants >= 1 and point.mediators >= 6
    return [*((label, bool(getattr(point, name))) for name, label in _STANDARDS), ("队伍：1名法官、法官助理、6名调解人员", team)]


def office_page(library: Library) -> Page:
    """The directory."""
    office = library.reference.office
    counts = {town: len(cards) for town, cards in library.facet("town").items()}
    return Page(
        url="office/index.html",
        section="office",
        title="找谁",
        body=render("office.html", office=office, counts=counts, points={p.town: p for p in office.points}),
        description="法官联络点、人民法庭、司法所和公开服务电话。",
        crumbs=(("首页", "index.html"),),
    )


def town_page(library: Library, town: Town) -> Page:
    """One town: who is in charge, where, when."""
    office = library.reference.office
    point = next((p for p in office.points if p.town == town.id), None)
    return Page(
        url=f"office/{town.id}.html",
        section="office",
        title=town.name,
        body=render(
            "town.html",
            office=office,
            town=town,
            point=point,
            standards=standards(point) if point else [],
            courts=[d for d in office.courts if town.id in d.towns],
            justice=[d for d in office.justice_offices if town.id in d.towns],
            cases=library.facet("town").get(town.id, [])[:6],
        ),
        description=f"{town.name}的法官联络点、人民法庭和司法所。",
        crumbs=(("首页", "index.html"), ("找谁", "office/index.html")),
    )
