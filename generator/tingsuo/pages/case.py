"""The case page: its own part, made when the case is read, and its relations, made when all are known."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from ..library import CaseCard, Library, Reference
from ..model.case import CaseBase, GuidingCase, sections_of
from .html import Linker, render
from .page import Page

_ANCHORS = {
    "裁判要点": "gist", "裁判要旨": "gist", "基本案情": "facts", "案情简介": "facts", "裁判结果": "result", "处理结果": "result",
    "调解结果": "result", "裁判理由": "reasons", "典型意义": "meaning", "申请人请求": "claim", "案例分析": "analysis",
    "调解过程": "process", "案例点评": "comment", "相关法条": "laws", "关键词": "keywords", "关联索引": "laws",
}  # fmt: skip


class OwnPart(NamedTuple):
    """What only the case's own page says: HTML and the contents."""

    body: str
    toc: tuple[tuple[str, str], ...]


def own_part(case: CaseBase, reference: Reference) -> OwnPart:
    """A case's own part. Depends on the case and the reference only, never on other cases."""
    linker = Linker(reference, depth=2)
    day = case.law_day or reference.day
    laws = linker.cites(case.laws, case.law_day)
    sections = [(name, Markup(linker.text(text, day)), _ANCHORS[name]) for name, text in sections_of(case)]
    if isinstance(case, GuidingCase):
        keywords = Markup("<p>{}</p>").format(" / ".join(case.keywords))
        listed = Markup(render("laws_section.html", laws=laws))
        sections = [("关键词", keywords, "keywords"), sections[0], ("相关法条", listed, "laws"), *sections[1:]]
    elif case.kind == "参考案例":
        sections.append(("关联索引", Markup(render("laws_section.html", laws=laws)), "laws"))
    have_laws = any(anchor == "laws" for _, _, anchor in sections)
    guide = reference.guides.get(case.dispute)
    body = render(
        "case.html",
        case=case,
        dispute=guide.title if guide else case.dispute,
        invented=case.kind == "教学示例",
        sections=sections,
        sections_have_laws=have_laws,
        laws=laws,
    )
    toc = [("story", "发生了什么"), *((anchor, name) for name, _, anchor in sections), ("lessons", "调解要点")]
    if not have_laws:
        toc.append(("laws", "相关法条"))
    return OwnPart(body, (*toc, ("source", "来源和说明"), ("next", "接着看")))


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
    related = render(
        "relations.html",
        root="../../",
        card=card,
        dispute=dispute,
        similar=[cards[key] for key in relations.similar],
        previous=cards.get(relations.previous),
        following=cards.get(relations.following),
    )
    return Page(
        url=card.url,
        section="cases",
        title=card.title,
        body=own.body + related,
        description=f"{card.subtitle}。{card.outcome_line}",
        toc=own.toc,
        crumbs=(("首页", "index.html"), ("案例", "cases/index.html"), (dispute, f"cases/{card.dispute}/index.html")),
        layout="case",
    )
