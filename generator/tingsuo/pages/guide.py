"""Dispute pages: the mediator's version and the villager's version of one guide."""

from __future__ import annotations

from typing import Any

from ..library import CaseCard, Library, Reference
from ..model.guide import DisputeGuide, Risk
from ..model.reference import Calculator
from .html import Linker, linker, render
from .page import Page
from .pathway import pathways_of
from .prints import prints

_CASES_SHOWN = 6


def linked(links: Linker, rows: list[Any]) -> list[dict[str, Any]]:
    """Rows as dictionaries whose `laws` are ready for a template."""
    out = []
    for row in rows:
        values: dict[str, Any] = {name: getattr(row, name) for name in type(row).model_fields}
        values["laws"] = links.cites(row.laws)
        out.append(values)
    return out


def with_targets(rows: list[dict[str, Any]], titles: dict[str, str]) -> list[dict[str, Any]]:
    """Rows that lead to a procedure, with its title."""
    for row in rows:
        row["go_title"] = titles.get(row["go"] or "", "")
    return rows


def calculators_of(reference: Reference, guide: DisputeGuide) -> list[Calculator]:
    """A guide's calculators: those that it names, then those that name its dispute type."""
    named = [reference.calculators[key] for key in guide.calculators]
    return named + [c for c in reference.calculators.values() if guide.id in c.disputes and c not in named]


def confirmation(reference: Reference) -> list[tuple[str, str]]:
    """Where people go who have an agreement (司法确认): address within procedures/ → what it says there."""
    from .calculator import LAST_DAYS

    procedure = reference.procedures.get("judicial-confirmation")
    if procedure is None or not procedure.published:
        return []
    page = f"{procedure.id}.html"
    form = f"{page}#last-day" if procedure.deadlines and LAST_DAYS in reference.calculators else page
    return [(page, f"要不要{procedure.title}"), (form, f"{procedure.title}最后一天")]


def guide_page(library: Library, guide: DisputeGuide) -> Page:
    """The mediator's page: seven steps on one page."""
    links = linker(library.reference, 1)
    cases = library.touching.get(guide.id, [])
    titles = {key: p.title for key, p in library.reference.procedures.items() if p.published}
    documents = [library.reference.documents[d] for d in guide.documents if library.reference.documents[d].published]
    own_paths, general_paths = pathways_of(library.reference, guide)
    body = render(
        "guide.html",
        own_paths=own_paths,
        general_paths=general_paths,
        guide=guide,
        red=linked(links, guide.red_stops),
        elements=linked(links, guide.elements),
        steps=linked(links, guide.steps),
        sticking=linked(links, guide.sticking_points),
        outlook=linked(links, guide.outlook),
        next=with_targets(linked(links, guide.next), titles),
        laws=links.law_list(guide.laws),
        cases=show_first(cases),
        case_count=len(library.by_dispute.get(guide.id, [])),
        documents=documents,
        drafts=[document for document in documents if document.stage == "协议"],
        confirmation=confirmation(library.reference),
        calculators=calculators_of(library.reference, guide),
        prints=prints(library.reference, "guide", guide.id, "../"),
    )
    toc = (
        ("red", "一 先看能不能调"), ("elements", "二 问清要素"), ("evidence", "三 收证据"), ("outlook", "四 对照法条和类案"),
        ("talk", "五 谈方案"), ("agreement", "六 写协议"), ("after", "七 后续"),
    )  # fmt: skip
    return Page(
        url=f"disputes/{guide.id}.html",
        section="disputes",
        title=f"{guide.title}调解指引",
        body=body,
        description=guide.lead,
        toc=toc,
        crumbs=(("首页", "index.html"), ("纠纷指引", "disputes/index.html")),
        layout="guide",
    )


def show_first(cases: list[CaseCard]) -> list[CaseCard]:
    """The cases shown on a guide: real ones before teaching examples, both endings where there are both."""
    ordered = sorted(cases, key=lambda c: c.kind == "教学示例")
    shown = ordered[:_CASES_SHOWN]
    failed = [c for c in ordered if c.outcome == "调解不成"]
    if failed and failed[0] not in shown:
        shown[-1] = failed[0]
    return shown


def villagers_only(reference: Reference) -> bool:
    """Whether the mediator's version is left out: then the villager's stands in its place."""
    return reference.audience == "群众"


def villagers_part(guide: DisputeGuide) -> DisputeGuide:
    """A guide with nothing but what the villager's page shows."""
    empty: tuple[str, ...] = ("elements", "steps", "sticking_points", "outlook", "clauses", "next")
    return guide.model_copy(update={**dict.fromkeys(empty, ()), "risk": Risk()})


def villager_page(library: Library, guide: DisputeGuide) -> Page:
    """The villager's page: what to do first, numbers, wrong beliefs, what to bring, whom to ask."""
    links = linker(library.reference, 1)
    alone = villagers_only(library.reference)
    body = render(
        "villager.html",
        alone=alone,
        own_paths=pathways_of(library.reference, guide)[0],
        guide=guide,
        red=linked(links, guide.red_stops),
        numbers=linked(links, guide.villager.numbers),
        myths=linked(links, guide.villager.myths),
        calculators=calculators_of(library.reference, guide),
        prints=prints(library.reference, "guide", guide.id, "../"),
    )
    return Page(
        url=f"disputes/{guide.id}.html" if alone else f"disputes/{guide.id}-villager.html",
        section="disputes",
        title=f"{guide.title}：群众版",
        body=body,
        description=guide.lead,
        toc=(
            ("red", "先停下"),
            ("first", "先做这几件"),
            *([("numbers", "记住的数")] if guide.villager.numbers else []),
            *([("myths", "常听错的话")] if guide.villager.myths else []),
            ("bring", "带什么"),
            ("where", "找谁"),
        ),
        crumbs=(("首页", "index.html"), ("纠纷指引", "disputes/index.html"), *(() if alone else ((guide.title, f"disputes/{guide.id}.html"),))),
        layout="villager",
    )


def disputes_page(library: Library) -> Page:
    """All dispute types as tiles."""
    body = render("disputes.html", tiles=tiles(library, ""), root="")
    return Page(
        url="disputes/index.html",
        section="disputes",
        title="纠纷指引",
        body=body,
        description="各类纠纷的调解指引，先看红灯，再问要素。",
        crumbs=(("首页", "index.html"),),
    )


def tiles(library: Library, prefix: str) -> list[dict[str, Any]]:
    """A tile for each published guide; `prefix` leads from the page to disputes/."""
    from .html import icon

    return [
        {
            "title": guide.title,
            "url": f"{prefix}{guide.id}.html",
            "icon": icon(guide.icon),
            "says": guide.says[:4],
            "cases": len(library.by_dispute.get(guide.id, [])),
        }
        for guide in library.reference.guides.values()
        if guide.published
    ]
