"""Cases to push (推送指导性案例): which ones in which month, and the texts to hand on, ready to copy.

The rule is fixed and stands on the page: three cases a month. A month's topics are the dispute types of its publicity
days, each day in turn; then those that were pushed longest ago. Within a topic guiding cases come first, then the
newer ones; none comes twice in the twelve months that begin with the edition's month.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any, NamedTuple, Protocol

from ..library import CaseCard, Library, Reference
from ..model.base import Citation
from ..model.case import CaseBase
from ..model.publicity import PublicityDay
from .calendar import next_dates, when_text
from .html import render
from .lists import digest
from .page import Page, Recipe

MONTHS, EACH, LONGEST = 12, 3, 300
"""Months that are planned, cases a month, characters a text may have."""
RANK = ("指导性案例", "参考案例", "典型案例", "劳动争议典型案例", "人民调解案例", "教学示例")
FEED = "push.xml"
_LAWS = 3


class Cases(Protocol):
    """Reads whole cases."""

    @property
    def digests(self) -> Mapping[str, bytes]:
        """The content hash of each case's file."""

    def case(self, file: str) -> CaseBase:
        """A case by its file."""


def cases_key(library: Library, cases: Cases) -> bytes:
    """What stands for the content of all published cases."""
    whole = hashlib.blake2b(digest_size=16)
    for card in library.cards.values():
        whole.update(cases.digests[card.file])
    return whole.digest()


class Push(NamedTuple):
    """A case to push and the text to hand on."""

    card: CaseCard
    case: CaseBase
    text: str


class Month(NamedTuple):
    """A month's publicity days, its cases, and a text for a loudspeaker or a chat group."""

    first: date
    days: list[PublicityDay]
    pushes: list[Push]
    text: str

    @property
    def key(self) -> str:
        """2026-11."""
        return f"{self.first:%Y-%m}"


def months(library: Library, cases: Cases) -> list[Month]:
    """The twelve months from the edition's."""
    reference = library.reference
    left = {dispute: sorted(cards, key=_rank) for dispute, cards in library.by_dispute.items()}
    pushed = dict.fromkeys(left, -1)
    out = []
    first = reference.office.edition.date.replace(day=1)
    for number in range(MONTHS):
        days = days_in(reference, first)
        pushes: list[Push] = []
        for topic in [*topics(reference, days), *sorted(left, key=lambda dispute: pushed[dispute])]:
            push = _take(reference, cases, left.get(topic, [])) if len(pushes) < EACH and pushed.get(topic) != number else None
            if push:
                pushes.append(push)
                pushed[topic] = number
        out.append(Month(first, days, pushes, month_text(reference, first, days, pushes)))
        first = _next(first)
    return out


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def days_in(reference: Reference, first: date) -> list[PublicityDay]:
    """The publicity days that fall into a month or begin in it, in their order."""
    rows = []
    for item in reference.calendar.days if reference.calendar else ():
        span = next_dates(item.when, first)
        if span and span[0] < _next(first):
            rows.append((span, item))
    return [item for _, item in sorted(rows, key=lambda row: (row[0], row[1].id))]


def topics(reference: Reference, days: list[PublicityDay]) -> list[str]:
    """The days' dispute types: the first of each day, then the second of each. A day without any has those of its kit."""
    own = [day.disputes or (reference.publicity[key].disputes if (key := _kit(reference, day)) else []) for day in days if day.disputes or day.kit]
    return list(dict.fromkeys(topic for turn in zip_longest(*own) for topic in turn if topic))


def _rank(card: CaseCard) -> tuple[int, int, str]:
    return RANK.index(card.kind), -int(card.month.replace("-", "")), card.id


def _take(reference: Reference, cases: Cases, left: list[CaseCard]) -> Push | None:
    """The next case of a topic that may be used for publicity and fits the length. It is taken out of `left`."""
    while left:
        card = left.pop(0)
        case = cases.case(card.file)
        text = push_text(reference, case)
        if case.poster and len(text) <= LONGEST:
            return Push(card, case, text)
    return None


def push_text(reference: Reference, case: CaseBase) -> str:
    """Title, three sentences, outcome, one rule, articles of today, source. Sentences give way when it gets too long."""
    laws = "、".join(dict.fromkeys(_laws_now(reference, case)))

    def text(sentences: int) -> str:
        lines = [
            case.title,
            "".join(case.story[:sentences]),
            f"结果：{case.outcome.line}",
            f"一条规矩：{case.takeaway.rule}",
            f"今天看的法条：{laws}" if laws else "",
            f"来源：{source_text(case)}",
        ]
        return "\n".join(line for line in lines if line)

    return next((short for n in (3, 2) if len(short := text(n)) <= LONGEST), text(1))


def source_text(case: CaseBase) -> str:
    """Where a case comes from, in one line."""
    if case.source:
        return f"{case.source.name}，用自己的话转述"
    return "教学示例，情节虚构" if case.kind == "教学示例" else "本地调解案例，已隐去可辨认的信息"


def _laws_now(reference: Reference, case: CaseBase) -> Iterator[str]:
    """The articles as they stand today, those of repealed law left out; at most three."""
    found = 0
    for citation in case.laws:
        for resolved in reference.register.cited(Citation(cite=citation.now or citation.cite), reference.day):
            if found < _LAWS and not resolved.problem and (citation.now or not citation.as_of):
                found += 1
                yield resolved.text


def month_text(reference: Reference, first: date, days: list[PublicityDay], pushes: list[Push]) -> str:
    """A text for a month: its days, a rule of each case, whom to ask. Days give way when it gets too long."""
    ask = "拿不准，先找村里的调解员、法官联络点"
    ask += "，也可以打12348。" if any(line.number == "12348" for line in reference.office.hotlines) else "。"
    rules = [f"{mark}、{push.case.takeaway.rule}" for mark, push in zip("一二三", pushes, strict=False)]
    count = "零一两三"[len(rules)]

    def text(most: int) -> str:
        named = "、".join(map(_named, days[:most]))
        opening = f"各位乡亲，{first.month}月有{named}。" if named else f"各位乡亲，{first.month}月的普法时间到了。"
        return "\n".join([opening + (f"这个月记住{count}句话。" if rules else ""), *rules, ask])

    return next((short for n in (3, 2, 1, 0) if len(short := text(n)) <= LONGEST), text(0))


def _named(day: PublicityDay) -> str:
    """国家宪法日（12月4日）; a day that lasts the month, or that nobody can date, has its name alone."""
    when = day.when
    return f"{day.title}（{when_text(when)}）" if when.day or when.from_ or when.lunar else day.title


def push_recipes(library: Library, cases: Cases, reference_key: bytes) -> Iterator[Recipe]:
    """The recipe of the page; none without cases."""
    if library.cards:
        key = digest(reference_key, "push.html", cases_key(library, cases))
        yield Recipe("push.html", "publicity", "每月推送案例", key, lambda: push_page(library, cases))


def push_page(library: Library, cases: Cases) -> Page:
    """What to push, month by month."""
    reference = library.reference
    rows: list[dict[str, Any]] = [
        {
            "month": month,
            "anchor": f"m{month.key}",
            "name": f"{month.first.year}年{month.first.month}月",
            "days": [(_named(day), _kit(reference, day)) for day in month.days],
        }
        for month in months(library, cases)
    ]
    return Page(
        url="push.html",
        section="publicity",
        title="每月推送案例",
        body=render("push.html", rows=rows, each=EACH, longest=LONGEST, feed=FEED, last=rows[-1]["name"]),
        description="每个月推哪几件案例，稿子写好了，复制就能发。",
        toc=tuple((row["anchor"], row["name"]) for row in rows),
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html")),
        layout="push",
    )


def _kit(reference: Reference, day: PublicityDay) -> str:
    """The id of a day's kit when it is shown, else nothing."""
    kit = reference.publicity.get(day.kit or "")
    return kit.id if kit and kit.published else ""
