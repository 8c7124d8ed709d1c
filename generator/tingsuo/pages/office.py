"""Office pages (找谁): the front door, service numbers, courts, justice offices, liaison points, and a page per town."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..library import Library
from ..model.reference import Desk, LiaisonPoint, Office, Town
from .html import render
from .page import Page

ACCEPTANCE = "liaison-point-acceptance"
"""The paper with which a liaison point is accepted."""
_FOUR_ONES = (("office_room", "一间办公室"), ("sign", "一块牌子"), ("liaison_officer", "一名联络人员"), ("rules", "一套管理机制"))
_TEAM = (("judges", "法官", 1), ("assistants", "法官助理", 1), ("mediators", "调解人员", 6))
"""Field, word, and how many the plan of 2023 wants at least (建设方案四（一）2)."""
_DESKS = (("courts", "人民法庭"), ("justice_offices", "司法所"))


class Standard(NamedTuple):
    """A part of the acceptance standard. `met` is None where nothing is filled in; `state` says it in words."""

    name: str
    met: bool | None
    state: str


def four_ones(point: LiaisonPoint) -> list[Standard]:
    """The 四个一: room, sign, officer, rules."""
    words = {True: "已具备", False: "还缺", None: "由本地填写"}
    return [Standard(name, has, words[has]) for field, name in _FOUR_ONES for has in (getattr(point, field),)]


def team(point: LiaisonPoint) -> list[Standard]:
    """The team: one judge, assistants, six mediators."""
    out = []
    for field, name, wanted in _TEAM:
        count = getattr(point, field)
        rule = f"{'至少' if field == 'assistants' else ''}{wanted}名{name}"
        if count is None:
            out.append(Standard(rule, None, "由本地填写"))
        else:
            short = wanted - count
            out.append(Standard(rule, short <= 0, f"现有{count}名" + (f"，还缺{short}名" if short > 0 else "，够")))
    return out


def summary(standards: list[Standard]) -> str:
    """How far a list of standards is, in a few words."""
    if all(s.met is None for s in standards):
        return "由本地填写"
    missing = [s.name for s in standards if s.met is False]
    open_ = sum(s.met is None for s in standards)
    if missing:
        return "还缺：" + "、".join(missing) + (f"；{open_}项没填" if open_ else "")
    return f"已具备{len(standards) - open_}项，{open_}项没填" if open_ else "齐了"


def shown(items: dict[str, Any]) -> dict[str, Any]:
    """The published ones."""
    return {key: item for key, item in items.items() if item.published}


def _desks(office: Office, town: Town) -> list[tuple[str, list[Desk]]]:
    return [(label, [desk for desk in getattr(office, field) if town.id in desk.towns]) for field, label in _DESKS]


def office_page(library: Library) -> Page:
    """The directory."""
    reference = library.reference
    office = reference.office
    points = {point.town: point for point in office.points}
    filled = [town for town in office.towns if town.id in points]
    return Page(
        url="office/index.html",
        section="office",
        title="找谁",
        body=render(
            "office.html",
            office=office,
            counts={town: len(cards) for town, cards in library.facet("town").items()},
            built=[(town, points[town.id], summary(four_ones(points[town.id])), summary(team(points[town.id]))) for town in filled],
            waiting=[town for town in office.towns if town.id not in points],
            desks=[(label, getattr(office, field)) for field, label in _DESKS],
            towns=reference.towns,
            mechanisms=shown(reference.mechanisms),
            papers=shown(reference.documents),
            acceptance=ACCEPTANCE,
        ),
        description="一个门口找综治中心；法官联络点、人民法庭、司法所和公开服务电话。",
        crumbs=(("首页", "index.html"),),
    )


def town_page(library: Library, town: Town) -> Page:
    """One town: who is in charge, where, when, and how far its liaison point is."""
    reference = library.reference
    office = reference.office
    points = [point for point in office.points if point.town == town.id]
    return Page(
        url=f"office/{town.id}.html",
        section="office",
        title=town.name,
        body=render(
            "town.html",
            office=office,
            town=town,
            points=[(point, (("四个一", four_ones(point)), ("队伍", team(point)))) for point in points],
            centres=[desk for desk in office.centres if town.id in desk.towns],
            desks=_desks(office, town),
            cases=library.facet("town").get(town.id, [])[:6],
            mechanisms=shown(reference.mechanisms),
            papers=shown(reference.documents),
            acceptance=ACCEPTANCE,
        ),
        description=f"{town.name}找谁：综治中心、法官联络点、人民法庭和司法所。",
        crumbs=(("首页", "index.html"), ("找谁", "office/index.html")),
    )
