"""Law pages: versions, gists, the official text where the office has it, and who uses each article."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..library import CaseCard, Library
from ..model.law import Law
from ..register import article_order
from .changes import changes_of
from .html import anchor, render
from .lists import list_pages
from .page import Page, Recipe

CASES_SHOWN = 6


def articles_of(library: Library, law: Law) -> list[str]:
    """Labels shown on a law's page: those with a gist in the newest version, and those cited. In order."""
    register = library.reference.register
    newest = law.versions[-1].passed
    labels = {article for law_id, passed, gists in register.gist_files() if law_id == law.id and passed == newest for article in gists}
    labels |= {article for law_id, article in (*library.cases_citing, *library.guides_citing) if law_id == law.id and article}
    return sorted(labels, key=article_order)


def law_page(library: Library, law: Law) -> Page:
    """One law: status, versions, articles."""
    reference = library.reference
    register = reference.register
    version = law.versions[-1]
    rows = []
    for label in articles_of(library, law):
        gist = register.gist(law.id, label, version)
        cases = library.cases_citing.get((law.id, label), [])
        users = library.guides_citing.get((law.id, label), [])
        rows.append(
            {
                "label": label,
                "anchor": anchor(label),
                "title": gist.title if gist else "",
                "gist": gist.gist if gist else "",
                "official": register.official_text(law.id, label, version),
                "successor": law.successors.get(label, ""),
                "guides": [{"title": item.title, "url": place_of(kind, item.id)} for kind, item in users if place_of(kind, item.id)],
                "cases": [{"title": c.title, "url": c.url} for c in cases[:CASES_SHOWN]],
                "case_count": len(cases),
                "more": f"laws/{law.id}/{anchor(label)}.html" if len(cases) > CASES_SHOWN else "",
            }
        )
    body = render(
        "law.html",
        law=law,
        version=version,
        in_force=register.in_force(law, reference.day),
        status=status_text(law, reference.day, library),
        repealer=reference.register.laws.get(law.repealed.by or "") if law.repealed else None,
        rows=rows,
        changes=changes_of(reference, law),
    )
    return Page(
        url=f"laws/{law.id}.html",
        section="laws",
        title=law.short,
        body=body,
        description=f"{law.name}：要旨，以及用到它的指引和案例。",
        crumbs=(("首页", "index.html"), ("法条", "laws/index.html")),
        layout="law",
    )


def status_text(law: Law, day: date, library: Library) -> str:
    """In force, not yet, or repealed, as of the build day."""
    if law.repealed and day >= law.repealed.on:
        by = library.reference.register.laws.get(law.repealed.by or "")
        return f"{law.repealed.on.isoformat()}起废止" + (f"，现在看《{by.short}》" if by else "")
    version = library.reference.register.version_on(law, day)
    if version is None:
        return f"{law.versions[0].from_.isoformat()}起施行，现在还没有施行"
    return f"现行有效，{version.from_.isoformat()}起施行"


def place_of(kind: str, item_id: str) -> str:
    """Where an item's page is from the root, '' when its kind has no page."""
    folder = {"guide": "disputes", "procedure": "procedures", "pathway": "pathways", "mechanism": "mechanisms"}.get(kind)
    return f"{folder}/{item_id}.html" if folder else ""


def laws_page(library: Library) -> Page:
    """All laws: those that the content cites first."""
    reference = library.reference
    groups: dict[str, list[dict[str, Any]]] = {}
    for law in reference.register.laws.values():
        count = sum(1 for key in (*library.cases_citing, *library.guides_citing) if key[0] == law.id)
        entry = {
            "law": law,
            "status": status_text(law, reference.day, library),
            "cited": count,
            "dead": not reference.register.in_force(law, reference.day),
        }
        groups.setdefault("已废止，只用于旧事" if entry["dead"] else law.kind, []).append(entry)
    order = ["宪法", "法律", "司法解释", "行政法规", "部门规章", "地方性法规", "党内法规", "其他", "已废止，只用于旧事"]
    body = render(
        "laws.html",
        groups=[(name, sorted(groups[name], key=lambda e: -e["cited"])) for name in order if name in groups],
        day=reference.day,
        changes=len(reference.changes),
    )
    return Page(
        url="laws/index.html",
        section="laws",
        title="法条",
        body=body,
        description="本站用到的法律、司法解释和行政法规，各有版本、施行日期和要旨。",
        crumbs=(("首页", "index.html"),),
    )


def article_recipes(library: Library, key: bytes) -> list[Recipe]:
    """List pages for articles that many cases cite."""
    out: list[Recipe] = []
    register = library.reference.register
    for (law_id, label), cards in sorted(library.cases_citing.items()):
        if len(cards) <= CASES_SHOWN or law_id not in register.laws:
            continue
        law = register.laws[law_id]
        out += _article_list(library, law, label, cards, key)
    return out


def _article_list(library: Library, law: Law, label: str, cards: list[CaseCard], key: bytes) -> list[Recipe]:
    return list_pages(
        library,
        cards,
        base=f"laws/{law.id}/{anchor(label) or 'all'}",
        section="laws",
        title=f"用到{law.short}{label}的案例",
        crumbs=(("首页", "index.html"), ("法条", "laws/index.html"), (law.short, f"laws/{law.id}.html")),
        key=key,
    )
