"""宣传模式, the tablet at an event: cases in five sentences, 你来当法官, prize quizzes. One page, its data inside it.

Only what the screens show goes into the page. Cases are whole cases, not cards, so that the page asks for them one by one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from markupsafe import Markup

from ..library import CaseCard, Library
from ..model.base import Citation
from ..model.case import CaseBase
from ..model.publicity import PublicityKit
from ..model.training import Quiz
from ..shuffled import HIGHEST, LOWEST, stays
from .html import Linker, linker, render
from .lists import digest
from .page import Page, Recipe

URL = "event.html"
TITLE = "宣传模式"
MOST, LOOKED_AT = 16, 40
"""Cases of one dispute type that are shown, of so many newest ones; those that a kit names come on top. An old tablet opens the page."""
WHO_DECIDES = ("法院", "法官", "调解", "仲裁", "判", "裁", "一审", "二审", "再审")
"""A sentence of a story with one of these tells how it went on."""

CaseOf = Callable[[str], CaseBase]
"""Reads the whole case of a file."""


def event_recipe(library: Library, reference_key: bytes, case_of: CaseOf, digests: Mapping[str, bytes]) -> Recipe:
    """The page's recipe. `digests` are the content hashes by file: a case that changes makes the page anew."""
    cards = candidates(library)
    key = digest(reference_key, URL, [(card.id, digests[card.file]) for card in cards])
    return Recipe(URL, "publicity", TITLE, key, lambda: event_page(library, chosen(library, [case_of(card.file) for card in cards])))


def candidates(library: Library) -> list[CaseCard]:
    """The published cases that may be shown: the newest of each dispute type, and those that a kit names."""
    named = {key for kit in _kits(library) for key in kit.cases}
    return [card for cards in library.by_dispute.values() for n, card in enumerate(cards) if n < LOOKED_AT or card.id in named]


def chosen(library: Library, cases: Iterable[CaseBase]) -> list[CaseBase]:
    """Of these cases those that are shown: for publicity, of each dispute type up to MOST, those with a question for the audience first,
    and those that a kit names. Types take turns, so that a row of cases is a mixed one.
    """  # fmt: skip
    named = {key for kit in _kits(library) for key in kit.cases}
    rows: dict[str, list[CaseBase]] = {}
    for case in cases:
        if case.poster:
            rows.setdefault(case.dispute, []).append(case)
    for dispute, row in rows.items():
        row.sort(key=lambda case: case.judge is None)
        rows[dispute] = [case for n, case in enumerate(row) if n < MOST or case.id in named]
    return [case for turn in zip_longest(*rows.values()) for case in turn if case]


def event_page(library: Library, cases: list[CaseBase]) -> Page:
    """The page. Without scripts it is the list of these cases."""
    guides = library.reference.guides
    by_dispute: dict[str, list[CaseBase]] = {}
    for case in cases:
        by_dispute.setdefault(case.dispute, []).append(case)
    return Page(
        url=URL,
        section="publicity",
        title=TITLE,
        body=render(
            "event.html",
            quizzes=any(quiz.published for quiz in library.reference.quizzes.values()),
            data=embedded(definition(library, cases)),
            office=library.reference.office,
            groups=[(guides[key].title if key in guides else key, rows) for key, rows in by_dispute.items()],
        ),
        description="平板和投影用：看案例、你来当法官、有奖问答。没有网络也能用。",
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html")),
        layout="event",
    )


def embedded(data: object) -> Markup:
    """Data as JSON that may stand in a script element, Chinese as it is (half the size of escapes)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def definition(library: Library, cases: list[CaseBase]) -> dict[str, Any]:
    """All that the scripts know: office, topics (kits and dispute types), cases, quizzes, range of paper numbers."""
    reference = library.reference
    links = linker(reference, 0)
    quizzes = [quiz for quiz in reference.quizzes.values() if quiz.published]
    return {
        "office": {"name": reference.office.name, "county": reference.office.county, "edition": reference.office.edition.name},
        "numbers": [LOWEST, HIGHEST],
        "topics": topics(library, cases, quizzes),
        "cases": [told(case, links, reference.guides[case.dispute].title if case.dispute in reference.guides else "") for case in cases],
        "quizzes": [asked(quiz, links) for quiz in quizzes],
    }


def topics(library: Library, cases: list[CaseBase], quizzes: list[Quiz]) -> list[dict[str, Any]]:
    """What an event can be about: the kits, then the dispute types, each with its cases and quizzes by id."""
    here = {case.id: case for case in cases}
    out = []
    for kit in _kits(library):
        own = [key for key in kit.cases if key in here] or [case.id for case in cases if case.dispute in kit.disputes]
        quiz = [quiz.id for quiz in quizzes if quiz.id == kit.quiz] or [quiz.id for quiz in quizzes if set(quiz.disputes) & set(kit.disputes)]
        name, _, motto = kit.title.partition("：")
        out.append({"kind": "kit", "id": kit.id, "title": name.removesuffix("活动包"), "motto": motto, "cases": own, "quizzes": quiz})
    for guide in library.reference.guides.values():
        own = [case.id for case in cases if case.dispute == guide.id]
        quiz = [quiz.id for quiz in quizzes if guide.id in quiz.disputes]
        if guide.published and (own or quiz):
            out.append({"kind": "dispute", "id": guide.id, "title": guide.title, "motto": "", "cases": own, "quizzes": quiz})
    return out


def _kits(library: Library) -> Iterable[PublicityKit]:
    return (kit for kit in library.reference.publicity.values() if kit.published)


def told(case: CaseBase, links: Linker, dispute: str) -> dict[str, Any]:
    """A case as it is told to a crowd."""
    out: dict[str, Any] = {
        "id": case.id,
        "title": case.title,
        "line": case.subtitle,
        "dispute": dispute,
        "invented": case.kind == "教学示例",
        "source": source_line(case),
        "story": list(case.story),
        "end": [case.outcome.type, case.outcome.line],
        "rule": case.takeaway.rule,
        "number": case.takeaway.number or "",
        "means": case.takeaway.number_means or "",
    }
    if case.judge:
        out["judge"] = {
            "facts": facts(case.story),
            "ask": case.judge.ask,
            "choices": list(case.judge.choices),
            "answer": case.judge.answer,
            "why": case.judge.why,
            "laws": cited(links, case.judge.laws or case.laws, case.law_day),
        }
    return out


def facts(story: list[str]) -> list[str]:
    """The beginning of a story that doesn't give away how it ended.

    Without its last two sentences (the last one of a short story), and without all from the first on in which
    somebody decides or mediates. Two sentences stay in any case: the question itself says what matters.
    """
    most = len(story) - 2 if len(story) > 3 else len(story) - 1
    told_at = next((n for n, sentence in enumerate(story) if any(word in sentence for word in WHO_DECIDES)), len(story))
    return list(story[: max(min(most, told_at), min(2, len(story) - 1))])


def source_line(case: CaseBase) -> str:
    """Where a case comes from, in one line."""
    if case.kind == "教学示例":
        return "教学示例（情节虚构）"
    if case.source:
        return f"来源：{case.source.name}，用自己的话转述"
    return f"{case.kind}，已隐去可辨认的信息"


def asked(quiz: Quiz, links: Linker) -> dict[str, Any]:
    """A quiz; `answer` is the right option's index, `stays` says that the options keep their order."""
    return {
        "id": quiz.id,
        "title": quiz.title,
        "lead": quiz.lead,
        "questions": [
            {
                "id": question.id,
                "ask": question.ask,
                "options": list(question.options),
                "stays": stays(question.options),
                "answer": question.answer - 1,
                "why": question.explain,
                "laws": cited(links, question.laws, None),
            }
            for question in quiz.questions
        ],
    }


def cited(links: Linker, citations: Iterable[Citation], day: date | None) -> list[list[str]]:
    """Articles as [name, what it is about]; an old text says which year's."""
    return [
        [entry["text"] + (f"（{entry['day'][:4]}年文本）" if entry["old"] else ""), entry["title"]]
        for entry in links.cites(list(citations), day)
    ]  # fmt: skip
