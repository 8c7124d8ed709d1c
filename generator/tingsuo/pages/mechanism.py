"""Mechanism pages (机制): the two official documents as things to do, and the texts of the systems to adopt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from ..library import Library, Reference
from ..model.mechanism import Mechanism, Related
from .flow import chain
from .html import linker, render
from .ledger import analysed, ledgers
from .page import Page
from .poster import poster_url
from .stations import stations

GROUPS: tuple[str, ...] = get_args(Mechanism.model_fields["group"].annotation)
"""In the order in which they are shown."""
DOORS = (
    ("gongjian", "庭所共建", "法庭和司法所一起干的七件事：研判、化解、交流、沟通、应急、安全、宣传", "handshake", "2022年，罗法【2022】1号"),
    ("lianluodian", "法官联络点", "每个镇街建点：一个门、四个一、六项制度、线上解纷、五件帮手的事", "account-tie", "2023年，罗政发〔2023〕3号"),
)
"""Anchor, document, what it is about, icon, where it is from."""
_GROUP_LEADS = {
    "共建机制": "七项机制，每项有分工、步骤、清单、表格和台账。",
    "联络点制度": "六项制度的范本：改成本地的，打印上墙。",
    "建设标准": "照着建，照着验。",
    "联动事项": "谁接、谁帮、谁回音。",
    "平台": "线上调解怎样上手。",
    "督促检查": "检查那天看什么，数怎么算。",
}
_AS_CARDS = frozenset({"共建机制", "联络点制度"})
"""Groups that people come for; the others are lists."""
_IN_ORDER = frozenset({"共建机制", "联动事项", "平台", "督促检查"})
"""Groups whose `steps` are steps; elsewhere they are points."""
_NUMBERED = re.compile(r"\d{1,2}\. ?")
_LONGEST_NAME = 10
_FLOW = "dispute-flow"


def split(line: str) -> tuple[str, str]:
    """A step as (its short name, the rest): “查：照表看” → (查, 照表看). The name is empty when there is none."""
    name, colon, rest = _NUMBERED.sub("", line, count=1).partition("：") if _NUMBERED.match(line) else line.partition("：")
    if colon and rest and len(name) <= _LONGEST_NAME and not re.search("[，。；、“”]", name):
        return name, rest
    return "", f"{name}{colon}{rest}"


def flow_of(mechanism: Mechanism) -> list[tuple[str, str]]:
    """The numbered steps, when there are any: (name, what happens)."""
    return [pair for line in mechanism.steps if _NUMBERED.match(line) and (pair := split(line))[0]]


def published(reference: Reference) -> list[Mechanism]:
    """In their order."""
    return [m for m in reference.mechanisms.values() if m.published]


def mechanism_page(library: Library, mechanism: Mechanism) -> Page:
    """One mechanism; one that isn't made public shows its reason and nothing else."""
    reference = library.reference
    links = linker(reference, 1)
    open_ = not mechanism.not_published
    way = flow_of(mechanism)
    notes = [line for line in mechanism.steps if line.startswith("以上") or (way and not _NUMBERED.match(line))]
    shown = related_to(mechanism.related, reference)
    measures = measures_of(mechanism, shown["mechanisms"])
    body = render(
        "mechanism.html",
        m=mechanism,
        duties_timed=any(duty.when for duty in mechanism.duties),
        ledger_page=bool(ledgers(library)) and (mechanism.ledger is not None or mechanism.group == "督促检查"),
        analysis_page=bool(analysed(library)),
        steps=[split(line) for line in mechanism.steps if line not in notes],
        notes=notes,
        in_order=mechanism.group in _IN_ORDER,
        flow=chain(way) if way else "",
        measures=measures,
        poster=poster_url(mechanism).rpartition("/")[2],
        documents=[d for key in mechanism.documents if (d := reference.documents.get(key)) and d.published],
        related=shown,
        laws=links.law_list(mechanism.laws) if mechanism.laws else "",
        seeds=[reference.seeds[n] for n in mechanism.seed if n in reference.seeds],
    )
    toc = [
        ("duties", "谁做什么", mechanism.duties), ("steps", _steps_title(mechanism), mechanism.steps), ("measures", "数怎样算", measures),
        ("checklist", "核对清单", mechanism.checklist), ("text", "制度范本", mechanism.model_text), ("documents", "用到的表格", mechanism.documents),
        ("ledger", "台账", mechanism.ledger), ("related", "接着看", mechanism.related), ("laws", "依据", mechanism.laws),
    ]  # fmt: skip
    return Page(
        url=f"mechanisms/{mechanism.id}.html",
        section="mechanisms",
        title=mechanism.title,
        body=body,
        description=mechanism.lead,
        toc=tuple((anchor, text) for anchor, text, there in toc if there) if open_ else (),
        crumbs=(("首页", "index.html"), ("庭所共建", "mechanisms/index.html")),
        layout="mechanism",
    )


def _steps_title(mechanism: Mechanism) -> str:
    return "怎样做" if mechanism.group in _IN_ORDER else "要点"


def measures_of(mechanism: Mechanism, others: list[Mechanism]) -> list[tuple[Any, Mechanism | None]]:
    """The numbers to report: its own, and those of a related mechanism with a way there."""
    own: list[tuple[Any, Mechanism | None]] = [(measure, None) for measure in mechanism.measures]
    return own or [(measure, other) for other in others for measure in other.measures if mechanism.group == other.group]


def related_to(related: Related | None, reference: Reference) -> dict[str, list[Any]]:
    """What else belongs to it, published only, by the Reference's collection."""

    def found(name: str) -> Iterator[Any]:
        items = getattr(reference, name)
        for key in getattr(related, name) if related else ():
            if key in items and items[key].published:
                yield items[key]

    return {name: list(found(name)) for name in Related.model_fields}


def mechanisms_page(library: Library) -> Page:
    """The way in: two doors, the way of a dispute, and everything by document and group."""
    reference = library.reference
    items = published(reference)
    doors = []
    for anchor, document, about, icon_name, source in DOORS:
        groups = [
            (f"{anchor}-{n}", name, _GROUP_LEADS.get(name, ""), name in _AS_CARDS, [m for m in items if m.document == document and m.group == name])
            for n, name in enumerate(GROUPS, 1)
        ]
        doors.append(
            {"anchor": anchor, "title": document, "about": about, "icon": icon_name, "source": source, "groups": [g for g in groups if g[4]]}
        )
    way = reference.mechanisms.get(_FLOW)
    names = [name for name, _ in flow_of(way)] if way and way.published else []
    body = render(
        "mechanisms.html",
        doors=[door for door in doors if door["groups"]],
        way=stations(way.title, names) if way and names else "",
        names=names,
        flow=_FLOW,
        seeds=len(reference.seeds),
        ledger=bool(ledgers(library)),
        analysis=bool(analysed(library)),
        monthly=any(d.id == "liaison-monthly-checklist" and d.published for d in reference.documents.values()),
        front_door=any(m.id == "front-door" for m in items),
    )
    return Page(
        url="mechanisms/index.html",
        section="mechanisms",
        title="庭所共建",
        body=body,
        description="庭所共建和法官联络点：谁做什么、照什么清单、用什么表。",
        crumbs=(("首页", "index.html"),),
        layout="mechanisms",
    )
