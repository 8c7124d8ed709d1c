"""The publicity calendar (普法日历): which day comes next, from a given day.

The same reckoning stands in theme/assets/tingsuo/dates.js: a page is read on other days than the one it was built on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from ..library import Library
from ..model.publicity import PublicityDay, When
from .html import linker, render
from .page import Page

Span = tuple[date, date]
"""First and last day."""

_SOON = timedelta(days=400)
_DIGITS = "〇一二三四五六七八九十"
_MONTHS = "正二三四五六七八九十冬腊"
_LUNAR = re.compile(r"(\d{1,2})-(\d{1,2})")


def next_dates(when: When, day: date) -> Span | None:
    """The next (or running) occurrence, None when it can't be computed."""
    # The year before: a span that runs over New Year may still be running.
    yearly = (span for year in (day.year - 1, day.year, day.year + 1) if (span := _in_year(when, year)))
    checked = ((first, first + timedelta(days=(when.lasts or 1) - 1)) for first in sorted(when.dates))
    return next((span for span in (*yearly, *checked) if span[1] >= day), None)


def _in_year(when: When, year: int) -> Span | None:
    if when.day:
        first = _month_day(year, when.day)
        return first, first
    if when.from_ and when.to:
        first, last = _month_day(year, when.from_), _month_day(year, when.to)
        return first, last if last >= first else _month_day(year + 1, when.to)
    if when.month:
        return date(year, when.month, 1), date(year, when.month, monthrange(year, when.month)[1])
    return None


def _month_day(year: int, text: str) -> date:
    month, day = int(text[:2]), int(text[3:5])
    return date(year, month, min(day, monthrange(year, month)[1]))


def when_text(when: When) -> str:
    """When a day falls, for people: 12月4日."""
    if when.day:
        return f"{int(when.day[:2])}月{int(when.day[3:])}日"
    if when.from_ and when.to:
        return f"{int(when.from_[:2])}月{int(when.from_[3:])}日至{int(when.to[:2])}月{int(when.to[3:])}日"
    if when.month:
        return f"{when.month}月"
    if when.lunar:
        return f"农历{lunar_text(when.lunar)}"
    return when.text or "由本地确定"


def lunar_text(text: str) -> str:
    """9-9 → 九月初九; other words as they are."""
    m = _LUNAR.fullmatch(text)
    if not m or not 1 <= int(m[1]) <= 12 or not 1 <= int(m[2]) <= 30:
        return text
    month, day = int(m[1]), int(m[2])
    tens = "初" if day <= 10 else "十" if day < 20 else "二十" if day == 20 else "廿" if day < 30 else "三十"
    return f"{_MONTHS[month - 1]}月{tens}{'' if day in (20, 30) else _DIGITS[day % 10 or 10]}"


def when_data(when: When) -> str:
    """What dates.js needs to find the next occurrence: `day 12-04`, `month 5`, `span 03-01 03-08`, `dates 29 2027-01-08 …`."""
    if when.day:
        return f"day {when.day}"
    if when.month:
        return f"month {when.month}"
    if when.from_ and when.to:
        return f"span {when.from_} {when.to}"
    if when.dates:
        return " ".join(["dates", str(when.lasts or 1), *(day.isoformat() for day in sorted(when.dates))])
    return ""


def date_text(day: date, more: str = "") -> str:
    """2027年1月8日起."""
    return f"{day.year}年{day.month}月{day.day}日{more}"


def upcoming(library: Library, day: date, most: int = 999) -> list[dict[str, Any]]:
    """The next publicity days: title, when, dates, what to bring, guides, kit."""
    calendar = library.reference.calendar
    rows = []
    for item in calendar.days if calendar else ():
        span = next_dates(item.when, day)
        if span and span[0] - day < _SOON:
            rows.append((span, item))
    rows.sort(key=lambda row: (max(row[0][0], day), row[0][1], row[1].id))
    return [_row(library, item, span) for span, item in rows[:most]]


def _row(library: Library, item: PublicityDay, span: Span | None) -> dict[str, Any]:
    reference = library.reference
    kit = reference.publicity.get(item.kit or "")
    return {
        "item": item,
        "when": when_text(item.when),
        "data": when_data(item.when),
        "first": span[0].isoformat() if span else "",
        "last": span[1].isoformat() if span else "",
        # A day that moves from year to year is also said in the calendar that phones have.
        "on": date_text(span[0], "起" if item.when.lasts else "") if span and item.when.dates else "",
        "from": "起" if item.when.lasts else "",
        "guides": [reference.guides[d] for d in item.disputes if d in reference.guides and reference.guides[d].published],
        "kit": kit if kit and kit.published else None,
    }


def calendar_page(library: Library) -> Page:
    """All publicity days in the order in which they come next."""
    reference = library.reference
    calendar = reference.calendar
    dated = upcoming(library, reference.day)
    known = {row["item"].id for row in dated}
    undated = [_row(library, item, None) for item in (calendar.days if calendar else ()) if item.id not in known]
    links = linker(reference, 0)
    for row in (*dated, *undated):
        row["laws"] = links.cites([row["item"].basis]) if row["item"].basis else []
    return Page(
        url="calendar.html",
        section="publicity",
        title="普法日历",
        body=render(
            "calendar.html",
            rows=dated,
            undated=undated,
            kits=any(kit.published for kit in reference.publicity.values()),
            quizzes=any(quiz.published for quiz in reference.quizzes.values()),
            pushed=bool(library.cards),
        ),
        description="接下来有哪些宣传日，还有几天，带什么去。",
        crumbs=(("首页", "index.html"),),
    )
