"""The case page: its own part, made when the case is read, and its relations, made when all are known."""

from __future__ import annotations

from typing import NamedTuple

from ..library import CaseCard, Library, Reference
from ..model.case import CaseBase, GuidingCase, sections_of
from .html import day_text, escape, linker, month_text
from .lists import card_html, outcome_tone
from .page import Page, toc_html
from .prints import prints

_ANCHORS = {
    "裁判要点": "gist", "裁判要旨": "gist", "基本案情": "facts", "案情简介": "facts", "裁判结果": "result", "处理结果": "result",
    "调解结果": "result", "裁判理由": "reasons", "典型意义": "meaning", "申请人请求": "claim", "案例分析": "analysis",
    "调解过程": "process", "案例点评": "comment", "相关法条": "laws", "关键词": "keywords", "关联索引": "laws",
}  # fmt: skip


class OwnPart(NamedTuple):
    """What only the case's own page says: the body and the contents, as HTML."""

    body: str
    toc: str


def own_part(case: CaseBase, reference: Reference) -> OwnPart:
    """A case's own part. Depends on the case and the reference only, never on other cases.

    Written out rather than templated: it is made 10,000 times where the other pages are made once,
    and this way costs a third.
    """
    links = linker(reference, 2)
    day = case.law_day or reference.day
    parts = [_section(_ANCHORS[name], name, links.text(text, day)) for name, text in sections_of(case)]
    toc = [(_ANCHORS[name], name) for name, text in sections_of(case)]
    laws = links.law_list(case.laws, case.law_day)
    lessons = _section("lessons", "调解要点", _list("ul", case.lessons))
    if isinstance(case, GuidingCase):
        keywords = f"<p>{escape(' / '.join(case.keywords))}</p>"
        parts = [_section("keywords", "关键词", keywords), parts[0], _section("laws", "相关法条", laws), *parts[1:], lessons]
        toc = [("keywords", "关键词"), toc[0], ("laws", "相关法条"), *toc[1:], ("lessons", "调解要点")]
    elif case.kind == "参考案例":
        parts += [_section("laws", "关联索引", laws), lessons]
        toc += [("laws", "关联索引"), ("lessons", "调解要点")]
    else:
        parts += [lessons, _section("laws", "相关法条", laws)]
        toc += [("lessons", "调解要点"), ("laws", "相关法条")]
    if case.elements:
        rows = "".join(f"<dt>{escape(key)}</dt><dd>{escape(value)}</dd>" for key, value in case.elements.items())
        parts.append(_section("elements", "要素", f'<dl class="ts-facts">{rows}</dl>'))
    body = [
        _head(case, reference),
        _section("story", "发生了什么", _list('ol class="ts-story"', case.story)),
        *parts,
        f'<section class="ts-source" aria-labelledby="source"><h2 id="source">来源和说明</h2>{_source(case)}</section>',
    ]
    return OwnPart("\n".join(body), toc_html((("story", "发生了什么"), *toc, ("source", "来源和说明"), ("next", "接着看"))))


def _section(anchor: str, title: str, html: str) -> str:
    return f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{title}</h2>\n{html}</section>'


def _list(tag: str, lines: list[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<{tag}>{items}</{tag.partition(' ')[0]}>"


def _head(case: CaseBase, reference: Reference) -> str:
    guide = reference.guides.get(case.dispute)
    dispute = escape(guide.title if guide else case.dispute)
    invented = "（情节虚构）" if case.kind == "教学示例" else ""
    place = f" · {escape(case.place)}" if case.place else ""
    take = case.takeaway
    number = f'<p class="ts-take__number"><b>{escape(take.number)}</b> {escape(take.number_means or "")}</p>' if take.number else ""
    return (
        f'<header class="ts-case__head">\n<p class="ts-meta"><span class="ts-tag ts-tag--kind">{case.kind}{invented}</span> '
        f"{dispute} · {escape(case.cause)} · {month_text(case.month)}{place}</p>\n"
        f'<h1>{escape(case.title)}</h1>\n<p class="ts-lead">{escape(case.subtitle)}</p>\n'
        f'<p class="ts-result"><span class="ts-outcome ts-outcome--{outcome_tone(case.outcome.type)}">{case.outcome.type}</span> {escape(case.outcome.line)}</p>\n'
        f'<aside class="ts-take" aria-label="带回家的一句话"><p class="ts-take__rule">{escape(take.rule)}</p>{number}</aside>\n</header>'
    )


def _source(case: CaseBase) -> str:
    out = []
    if case.people:
        people = "；".join(f"{escape(p.role)} {escape(p.name)}" for p in case.people)
        out.append(f"<p>当事人：{people}（均已隐名）</p>")
    source = case.source
    if case.kind == "教学示例":
        out.append("<p>教学示例（情节虚构）。人物、地点、数额都是为教学编写的。</p>")
    elif source:
        facts = [escape(source.name)]
        if source.court:
            facts.append(escape(source.court))
        if source.published:
            facts.append(f"{day_text(source.published)}发布")
        if source.library_no:
            facts.append(f"入库编号 {source.library_no}")
        if source.case_number:
            facts.append(escape(source.case_number))
        out.append(f"<p>{'，'.join(facts)}。本站用自己的话转述，以官方文本为准。</p>")
        if source.url:
            out.append(f'<p>公开链接（需要上网）：<span class="ts-url">{escape(source.url)}</span></p>')
    else:
        out.append("<p>本地调解案例，已隐去可辨认的信息。</p>")
    if case.reviews:
        out.append(_list('ul class="ts-reviews"', [f"{r.role}（{r.who}）{day_text(r.on)}：{r.result}" for r in case.reviews]))
    return "".join(out)


class Relations(NamedTuple):
    """What a case page says of other cases."""

    similar: tuple[str, ...]
    previous: str
    following: str


def relations_of(library: Library, dispute: str) -> dict[str, Relations]:
    """The relations of every case of a dispute."""
    cards = library.by_dispute.get(dispute, [])
    similar = library.similar(dispute)
    out = {}
    for n, card in enumerate(cards):
        out[card.id] = Relations(
            tuple(similar[card.id]),
            cards[n - 1].id if n else "",
            cards[n + 1].id if n + 1 < len(cards) else "",
        )
    return out


def case_page(library: Library, card: CaseCard, own: OwnPart, relations: Relations) -> Page:
    """The whole page of a case."""
    guide = library.reference.guides.get(card.dispute)
    dispute = guide.title if guide else card.dispute
    cards = library.cards
    similar = "".join(card_html(cards[key], "../../") for key in relations.similar)
    agreement = f'<li><a href="../../disputes/{card.dispute}.html#agreement">谈成了，写协议</a></li>'
    related = [
        f'<section aria-labelledby="similar"><h2 id="similar">类似案例</h2><ul class="ts-cards">{similar}</ul></section>' if similar else "",
        '<section aria-labelledby="next"><h2 id="next">接着看</h2><ul class="ts-links">'
        f'<li><a href="../../disputes/{card.dispute}.html">{escape(dispute)}调解指引</a></li>'
        f"{'' if library.reference.audience == '群众' else agreement}"
        f'<li><a href="index.html">全部{escape(dispute)}案例</a></li></ul></section>',
        prints(library.reference, "case", card.id, "../../"),
        '<nav class="ts-turn" aria-label="上一个和下一个案例">',
        _turn(cards.get(relations.previous), "prev", "上一个"),
        _turn(cards.get(relations.following), "next", "下一个"),
        "</nav>",
    ]
    return Page(
        url=card.url,
        section="cases",
        title=card.title,
        body=own.body + "".join(related),
        description=f"{card.subtitle}。{card.outcome_line}",
        toc=own.toc,
        crumbs=(("首页", "index.html"), ("案例", "cases/index.html"), (dispute, f"cases/{card.dispute}/index.html")),
        layout="case",
    )


def _turn(card: CaseCard | None, rel: str, label: str) -> str:
    return f'<a rel="{rel}" href="{card.id}.html"><small>{label}</small>{escape(card.title)}</a>' if card else ""
