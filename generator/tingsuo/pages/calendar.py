"""The publicity calendar (普法日历): which day comes next, from a given day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from ..library import Library
from ..model.publicity import PublicityDay, When
from .html import linker, render
from .page import Page


def next_dates(when: When, day: date) -> tuple[date, date] | None:
    """The next (or running) occurrence as (first day, last day), None when it can't be computed."""
    for year in (day.year, day.year + 1):
        span = _in_year(when, year)
        if span and span[1] >= day:
            return span
    upcoming = [d for d in sorted(when.dates) if d >= day]
    return (upcoming[0], upcoming[0]) if upcoming else None


def _in_year(when: When, year: int) -> tuple[date, date] | None:
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
        return f"农历{when.lunar}"
    return when.text or "由本地确定"


def upcoming(library: Library, day: date, most: int) -> list[dict[str, Any]]:
    """The next publicity days: title, when, days to go, what to bring, guides."""
    calendar = library.reference.calendar
    rows = []
    for item in calendar.days if calendar else ():
        span = next_dates(item.when, day)
        if span and span[0] - day < timedelta(days=400):
            rows.append((span, item))
    rows.sort(key=lambda row: (max(row[0][0], day), row[0][1], row[1].id))
    return [_row(library, item, span, day) for span, item in rows[:most]]


def _row(library: Library, item: PublicityDay, span: tuple[date, date] | None, day: date) -> dict[str, Any]:
    guides = library.reference.guides
    return {
        "item": item,
        "when": when_text(item.when),
        "first": span[0].isoformat() if span else "",
        "last": span[1].isoformat() if span else "",
        "togo": (span[0] - day).days if span else None,
        "guides": [guides[d] for d in item.disputes if d in guides and guides[d].published],
    }


def calendar_page(library: Library) -> Page:
    """All publicity days in the order in which they come next."""
    day = library.reference.day
    calendar = library.reference.calendar
    dated = upcoming(library, day, 999)
    known = {row["item"].id for row in dated}
    undated = [_row(library, item, None, day) for item in (calendar.days if calendar else ()) if item.id not in known]
    links = linker(library.reference, 0)
    for row in (*dated, *undated):
        row["laws"] = links.cites([row["item"].basis]) if row["item"].basis else []
    return Page(
        url="calendar.html",
        section="publicity",
        title="普法日历",
        body=render("calendar.html", rows=dated, undated=undated),
        description="接下来有哪些宣传日，带什么去。",
        crumbs=(("首页", "index.html"),),
    )
