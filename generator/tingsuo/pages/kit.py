"""Event kits (活动包): everything for a publicity event on one page, printed sheet by sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from ..library import Library, Reference
from ..model.publicity import PublicityDay, PublicityKit
from .calendar import date_text, next_dates, when_data, when_text
from .event import URL as EVENT
from .html import linker, prose, render
from .page import Page
from .prints import LABELS

_POSTERS = frozenset({"poster-a3", "case-sheet"})
_BLANK = re.compile("_{3,}")
_CLAUSE = re.compile(r"[，。；、：！？\s]")
_PLACE = "\x1b"
"""Stands for a blank while prose is made: a character that content can't hold."""
_HANT = "yue-Hant"


def published_kits(reference: Reference) -> list[PublicityKit]:
    """The kits that are shown, in file order."""
    return [kit for kit in reference.publicity.values() if kit.published]


def days_of(reference: Reference, kit: PublicityKit) -> list[PublicityDay]:
    """The publicity days for which a kit is made, in the kit's order."""
    days = {day.id: day for day in (reference.calendar.days if reference.calendar else ())}
    return [days[key] for key in kit.days if key in days]


def by_next_day(reference: Reference, kits: Sequence[PublicityKit]) -> list[PublicityKit]:
    """Kits in the order in which their day comes next; those for any day at the end."""

    def key(kit: PublicityKit) -> tuple[bool, Any, Any, str]:
        spans = [span for day in days_of(reference, kit) if (span := next_dates(day.when, reference.day))]
        if not spans:
            return True, reference.day, reference.day, kit.id
        first, last = min(spans)
        return False, max(first, reference.day), last, kit.id

    return sorted(kits, key=key)


def when_of(reference: Reference, kit: PublicityKit) -> dict[str, Any]:
    """When a kit is used: words, what dates.js needs, and the date where it moves from year to year."""
    days = days_of(reference, kit)
    spans = [span for day in days if (span := next_dates(day.when, reference.day))]
    first = min(spans)[0] if spans else None
    dated = [day for day in days if when_data(day.when)] or days
    return {
        "words": "；".join(when_text(day.when) for day in dated) or "随时用",
        "data": "|".join(filter(None, (when_data(day.when) for day in days))),
        "moves": any(day.when.dates for day in days),
        "on": date_text(first, "起" if any(day.when.lasts for day in days) else "") if first else "",
        "from": "起" if any(day.when.lasts for day in days) else "",
    }


def kits_page(library: Library) -> Page:
    """All kits, the next one first."""
    reference = library.reference
    kits = by_next_day(reference, published_kits(reference))
    return Page(
        url="publicity/index.html",
        section="publicity",
        title="活动包",
        body=render(
            "kits.html",
            kits=[(kit, when_of(reference, kit)) for kit in kits],
            quizzes=any(quiz.published for quiz in reference.quizzes.values()),
            pushed=bool(library.cards),
            event=EVENT,
        ),
        description="一个宣传日一个活动包：策划、流程、物资、海报、广播稿、答题、简报。",
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html")),
    )


def printed_for(reference: Reference, kit: PublicityKit) -> list[tuple[str, str, str]]:
    """What was printed that an event needs: (title, address from the root, what it is). Its own papers, then its quiz, leaflets and posters."""
    files = [*reference.printed_of("publicity", kit.id), *reference.printed_of("quiz", kit.quiz or "")]
    files += [file for key in kit.disputes for file in reference.printed_of("guide", key) if file.kind == "leaflet"]
    files += [file for key in kit.cases for file in reference.printed_of("case", key) if file.kind in _POSTERS]
    return [(file.title.removeprefix(f"{kit.title}："), quote(file.url), LABELS[file.kind]) for file in files]


def kit_page(library: Library, kit: PublicityKit) -> Page:
    """One kit."""
    reference = library.reference
    links = linker(reference, 1)
    days = days_of(reference, kit)
    own = reference.quizzes.get(kit.quiz or "")
    quiz = own if own and own.published else None
    documents = [paper for key in kit.documents if (paper := reference.documents.get(key)) and paper.published]
    cases = [library.cards[key] for key in kit.cases if key in library.cards]
    guides = [guide for key in kit.disputes if (guide := reference.guides.get(key)) and guide.published]
    printed = printed_for(reference, kit)
    body = render(
        "kit.html",
        kit=kit,
        when=when_of(reference, kit),
        days=[(day, bool(when_data(day.when))) for day in days],
        theme=kit.theme or next((day.theme for day in days if day.theme), None),
        plan=[split(line) for line in kit.plan],
        posters=[{"poster": poster, "number": split(poster.number or ""), "laws": links.cites(poster.laws)} for poster in kit.posters],
        scripts=[_script(kit, n, script) for n, script in enumerate(kit.scripts, 1)],
        quiz=quiz,
        cases=cases,
        documents=documents,
        guides=guides,
        printed=printed,
        laws=links.law_list(kit.laws),
        event=EVENT,
    )
    parts = (
        ("plan", "一页策划", kit.plan), ("run", "流程表", kit.run_sheet), ("supplies", "物资清单", kit.supplies),
        ("posters", "海报和折页", kit.posters or guides or printed), ("cases", "案例和答题", cases or quiz), ("scripts", "广播稿", kit.scripts),
        ("papers", "表格", documents), ("rain", "雨天备用", kit.rain), ("photo", "照片须知", kit.photo), ("brief", "事后简报", kit.brief),
        ("laws", "依据", kit.laws),
    )  # fmt: skip
    return Page(
        url=f"publicity/{kit.id}.html",
        section="publicity",
        title=kit.title,
        body=body,
        description=kit.lead,
        toc=tuple((anchor, title) for anchor, title, there in parts if there),
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html"), ("活动包", "publicity/index.html")),
        layout="kit",
    )


def split(line: str) -> tuple[str, str]:
    """目的：来的人记住三样 → (目的, 来的人记住三样); no name when there is no short one before a colon."""
    name, colon, rest = line.partition("：")
    return (name, rest) if colon and len(name) <= 8 else ("", line)


def _script(kit: PublicityKit, n: int, script: Any) -> dict[str, Any]:
    return {
        "key": f"{kit.id}-{n}",
        "script": script,
        "lang": _HANT if script.language == "粤语" else "",
        "length": len(script.text.replace("\n", "")),
        "text": with_blanks(script.text, f"{kit.id}-{n}"),
    }


def with_blanks(text: str, key: str) -> Markup:
    """A script's paragraphs; where it has a line to fill in (____), a place to write on the device or by pen."""
    words = _BLANK.split(text)
    pieces = prose(_PLACE.join(words)).split(_PLACE)
    out = Markup(pieces[0])
    for n, piece in enumerate(pieces[1:], 1):
        hint = f"{_CLAUSE.split(words[n - 1])[-1][-8:]}…{_CLAUSE.split(words[n])[0][:4]}"
        out += Markup('<span class="ts-line" data-line="{}-{}" data-hint="{}"></span>').format(key, n, hint) + Markup(piece)
    return out
