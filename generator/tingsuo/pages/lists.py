"""Case lists: by dispute, kind, year and town, in pages, without JavaScript."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from ..library import CaseCard, Library
from .html import escape, month_text, render
from .page import Page, Recipe

PER_PAGE = 60
KIND_SLUGS = {
    "指导性案例": "guiding", "参考案例": "reference", "典型案例": "typical",
    "劳动争议典型案例": "labour", "人民调解案例": "mediation", "教学示例": "teaching",
}  # fmt: skip
_NO = frozenset({"调解不成", "判决驳回", "裁决驳回"})


def outcome_tone(outcome: str) -> str:
    """`no` for an outcome without agreement or award, else `yes`; a style name."""
    return "no" if outcome in _NO else "yes"


def digest(*parts: Any) -> bytes:
    """A short key for values that marshal knows (strings, numbers, tuples, lists)."""
    return hashlib.blake2b(marshal.dumps(parts, 2), digest_size=16).digest()


def card_html(card: CaseCard, root: str) -> str:
    """A case in a list, links starting with `root`.

    Written out rather than templated, and its text kept: in a library of 10,000 each case stands in
    eight lists.
    """
    return f'<li class="ts-card"><a href="{root}{_card_rest(card)}'


@lru_cache(maxsize=40_000)
def _card_rest(card: CaseCard) -> str:
    invented = "（情节虚构）" if card.kind == "教学示例" else ""
    place = f" · {escape(card.place)}" if card.place else ""
    tone = outcome_tone(card.outcome)
    return (
        f'{card.url}">{escape(card.title)}</a><p>{escape(card.subtitle)}</p>'
        f'<p class="ts-meta"><span class="ts-outcome ts-outcome--{tone}">{card.outcome}</span> {escape(card.outcome_line)}</p>'
        f'<p class="ts-meta">{card.kind}{invented} · {month_text(card.month)}{place}</p></li>'
    )


def list_pages(
    library: Library,
    cards: Sequence[CaseCard],
    *,
    base: str,
    section: str,
    title: str,
    crumbs: tuple[tuple[str, str], ...],
    key: bytes,
    lead: str = "",
    facets: str = "",
) -> list[Recipe]:
    """Recipes for a list in pages of PER_PAGE: base.html, base-2.html, …

    `facets` is finished HTML shown above the first page's list; links in it start at the page.
    """
    total = max(1, -(-len(cards) // PER_PAGE))
    out = []
    for n in range(total):
        part = cards[n * PER_PAGE : (n + 1) * PER_PAGE]
        url = f"{base}.html" if n == 0 else f"{base}-{n + 1}.html"
        own = digest(key, title, lead, facets if n == 0 else "", n, total, len(cards), library.mark(part))
        make = partial(_list_page, url, section, title, crumbs, lead, facets if n == 0 else "", part, base, n, total, len(cards))
        out.append(Recipe(url, section, title, own, make))
    return out


def _list_page(
    url: str, section: str, title: str, crumbs: tuple[tuple[str, str], ...], lead: str, facets: str,
    part: Sequence[CaseCard], base: str, n: int, total: int, count: int,
) -> Page:  # fmt: skip
    root = "../" * url.count("/")
    name = base.rsplit("/", 1)[-1]
    shown = f"{title}（第{n + 1}页）" if n else title
    body = [f"<h1>{escape(shown)}</h1>"]
    if lead:
        body.append(f'<p class="ts-lead">{escape(lead)}</p>')
    body.append(facets)
    if part:
        body.append(f'<p class="ts-quiet">共 {count} 件，新的在前。</p><ul class="ts-cards">')
        body += [card_html(card, root) for card in part]
        body.append("</ul>")
    else:
        body.append("<p>还没有案例。可以用 <code>tingsuo new case</code> 写第一个。</p>")
    if total > 1:
        body.append(pager(name, n, total))
    return Page(
        url=url, section=section, title=shown, body="".join(body), description=lead or f"{title}，共{count}件。", crumbs=crumbs, layout="list"
    )


def pager(name: str, current: int, total: int) -> str:
    """Links to the other pages of a list: first, last and the nearest."""
    wanted = sorted({0, total - 1, *range(max(0, current - 2), min(total, current + 3))})
    parts, last = [], -1
    for n in wanted:
        if n - last > 1:
            parts.append("<li>…</li>")
        file = f"{name}.html" if n == 0 else f"{name}-{n + 1}.html"
        here = ' aria-current="page"' if n == current else ""
        parts.append(f'<li><a href="{file}"{here}><span class="ts-sr">第</span>{n + 1}<span class="ts-sr">页</span></a></li>')
        last = n
    return f'<nav class="ts-pager" aria-label="分页"><ol>{"".join(parts)}</ol></nav>'


def case_list_recipes(library: Library, key: bytes) -> list[Recipe]:
    """Every case list: the overview, by dispute, by kind, by year, by town."""
    reference = library.reference
    home = (("首页", "index.html"),)
    cases = (*home, ("案例", "cases/index.html"))
    out = [_overview(library, key)]
    for dispute, cards in library.by_dispute.items():
        guide = reference.guides.get(dispute)
        title = f"{guide.title if guide else dispute}案例"
        facets = render("list_facets.html", dispute=dispute, guide=guide) if guide else ""
        out += list_pages(library, cards, base=f"cases/{dispute}/index", section="cases", title=title, crumbs=cases, key=key, facets=facets)
    for kind, cards in library.facet("kind").items():
        out += list_pages(library, cards, base=f"cases-by/kind-{KIND_SLUGS[kind]}", section="cases", title=f"{kind}（按种类）", crumbs=cases, key=key)
    for year, cards in library.facet("year").items():
        out += list_pages(library, cards, base=f"cases-by/year-{year}", section="cases", title=f"{year}年的案例", crumbs=cases, key=key)
    for town, cards in library.facet("town").items():
        name = reference.towns.get(town, town)
        out += list_pages(library, cards, base=f"cases-by/town-{town}", section="cases", title=f"{name}的案例", crumbs=cases, key=key)
    return out


def _overview(library: Library, key: bytes) -> Recipe:
    newest = sorted(library.cards.values(), key=lambda c: (c.month, c.id), reverse=True)[:24]
    counts = {name: [(value, len(cards)) for value, cards in library.facet(name).items()] for name in ("kind", "year", "town")}
    disputes = [(d, len(cards)) for d, cards in library.by_dispute.items()]

    def make() -> Page:
        reference = library.reference
        groups = [
            ("按纠纷", [(reference.guides[d].title, f"{d}/index.html", n) for d, n in disputes if d in reference.guides]),
            ("按种类", [(kind, f"../cases-by/kind-{KIND_SLUGS[kind]}.html", n) for kind, n in counts["kind"]]),
            ("按年份", [(f"{year}年", f"../cases-by/year-{year}.html", n) for year, n in counts["year"]]),
            ("按镇街", [(reference.towns.get(t, t), f"../cases-by/town-{t}.html", n) for t, n in counts["town"]]),
        ]
        body = render("cases.html", groups=[g for g in groups if g[1]], newest=newest, total=len(library.cards), root="../")
        return Page(
            url="cases/index.html", section="cases", title="典型案例", body=body,
            description="按纠纷、种类、年份、镇街查找典型案例。", crumbs=(("首页", "index.html"),),
        )  # fmt: skip

    return Recipe("cases/index.html", "cases", "典型案例", digest(key, library.mark(newest), counts, disputes), make)
