"""What is printed of a case: the sheet for after a hearing, posters, the board, large print, the long image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..library import CaseCard, Library
from ..model.case import CaseBase
from ..pages.html import month_text
from .picture import palette
from .sheet import KINDS, Sheet, articles, file_name, frame, qr

if TYPE_CHECKING:
    from . import Cases

_LAWS = {"case-sheet": 4, "poster-a3": 2, "poster-a2": 2, "board": 3, "large": 4, "long-image": 4}
"""How many articles each kind has room for."""
_SIZES = {"poster-a3": ("poster.typ", [297, 420]), "poster-a2": ("poster.typ", [420, 594]), "board": ("board.typ", [800, 1200])}
"""Template, and width and height in mm."""


def case_sheets(library: Library, cases: Cases) -> Iterator[Sheet]:
    """Every sheet of every published case; posters and boards only of those meant for publicity."""
    for card in library.cards.values():
        if not card.published:
            continue
        case = cases(card)
        data = case_data(library, card, case)
        yield _sheet("case-sheet", "case-sheet.typ", card, data)
        if case.poster:
            for kind, (template, size) in _SIZES.items():
                yield _sheet(kind, template, card, {**data, "size": size})
        yield _sheet("large", "case-large.typ", card, data)
        yield _sheet("long-image", "long-image.typ", card, data, ppi=216)


def _sheet(kind: str, template: str, card: CaseCard, data: dict[str, Any], ppi: float = 0) -> Sheet:
    path = f"{KINDS[kind]}/{data['dispute']}/{card.id} {file_name(card.subtitle)}.{'png' if ppi else 'pdf'}"
    own = {**data, "laws": data["laws"][: _LAWS[kind]]}
    return Sheet(path, kind, ("case", card.id), card.title, template, own, (card.file,), ppi, palette if ppi else None)


def case_data(library: Library, card: CaseCard, case: CaseBase) -> dict[str, Any]:
    """What the templates of a case need, as plain data."""
    reference = library.reference
    game = case.judge
    laws = articles(reference, case.laws, case.law_day)
    frame_data = frame(library)
    return {
        **frame_data,
        "title": case.title,
        "headline": case.subtitle,
        "kind": case.kind,
        "dispute": reference.guides[case.dispute].title,
        "when": month_text(case.month),
        "place": case.place or "",
        "story": list(case.story),
        "ask": game.ask if game else "",
        "choices": list(game.choices) if game else [],
        "why": game.why if game else "",
        "outcome": case.outcome.line,
        "outcome_type": case.outcome.type,
        "rule": case.takeaway.rule,
        "number": case.takeaway.number or "",
        "number_means": case.takeaway.number_means or "",
        "lessons": list(case.lessons),
        "laws": laws,
        "source": source_line(case),
        "speaker": "法官说法" if case.kind in ("指导性案例", "参考案例", "典型案例", "劳动争议典型案例") else "调解员说法",
        "qr": qr(qr_text(library, card, case)),
    }


def source_line(case: CaseBase) -> str:
    """Where the case comes from; an invented one says so."""
    if case.source:
        return f"来源：{case.source.name}。文字由本站用白话重写，以公开原文为准。"
    if case.kind == "教学示例":
        return "教学示例（情节虚构），不是真人真事。"
    return "人民调解案例，已隐名。"


def qr_text(library: Library, card: CaseCard, case: CaseBase) -> str:
    """What the code says: the page's address when the office has one, else the rule itself, so that it works with no network."""
    address = library.reference.office.public_url
    if address:
        return f"{address.rstrip('/')}/{card.url}"
    laws = "、".join(law["text"] for law in articles(library.reference, case.laws, case.law_day)[:2] if not law["old"])
    told = [case.subtitle, case.takeaway.rule, f"依据：{laws}。" if laws else "", f"{library.reference.office.name}。问法律打12348。"]
    return "\n".join(part for part in told if part)
