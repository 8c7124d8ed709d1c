"""The publicity days as calendar files (.ics, RFC 5545): one for each day that can be computed, and one with all.

A day that falls on the same date every year is one event that repeats; a lunar day is one event for each date that
was checked. So a file is right for as long as its content is, on whatever day it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ..library import Library, Reference
from ..model.publicity import PublicityDay
from ..pages.calendar import next_dates, when_text
from ..pages.lists import digest
from .docx_files import PaperFile

FOLDER = "publicity"
ALL = f"{FOLDER}/all.ics"
_LINE = 75
"""Bytes a line may have (RFC 5545, 3.1)."""


def calendar_files(library: Library, reference_key: bytes) -> Iterator[PaperFile]:
    """A calendar file for every publicity day with a date, and one for all of them."""
    reference = library.reference
    items = [item for item in (reference.calendar.days if reference.calendar else ()) if next_dates(item.when, reference.day)]

    def file(url: str, make: Callable[[], bytes]) -> PaperFile:
        return PaperFile(url, digest(reference_key, url, reference.day.isoformat()), make)

    for item in items:
        yield file(f"{FOLDER}/{item.id}.ics", lambda i=item: calendar(reference, [i]))  # type: ignore[misc]
    if items:
        yield file(ALL, lambda: calendar(reference, items))


def calendar(reference: Reference, items: list[PublicityDay]) -> bytes:
    """A calendar of publicity days, each with a reminder a week before at nine in the morning."""
    site = reference.office.site_id
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//tingsuo//{site}//ZH-CN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for item in items:
        yearly = bool(item.when.day or item.when.month or item.when.from_)
        span = next_dates(item.when, reference.day)
        assert span
        checked = [(day, day + timedelta(days=(item.when.lasts or 1) - 1)) for day in sorted(item.when.dates)]
        for first, last in [span] if yearly else [one for one in checked if one[1] >= reference.day]:
            uid = f"publicity-{item.id}" if yearly else f"publicity-{item.id}-{_basic(first)}"
            lines += _event(item, f"{uid}@{site}.tingsuo", first, last, reference.day, yearly=yearly)
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(item: PublicityDay, uid: str, first: date, last: date, stamp: date, *, yearly: bool) -> list[str]:
    about = "。".join(filter(None, (f"{when_text(item.when)}", f"带什么去：{item.pack}" if item.pack else "", item.basis_note)))
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_basic(stamp)}T000000Z",
        f"DTSTART;VALUE=DATE:{_basic(first)}",
        f"DTEND;VALUE=DATE:{_basic(last + timedelta(days=1))}",
        *(["RRULE:FREQ=YEARLY"] if yearly else []),
        f"SUMMARY:{_escaped(item.title)}",
        f"DESCRIPTION:{_escaped(about)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P6DT15H",
        f"DESCRIPTION:{_escaped(f'还有7天：{item.title}')}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _basic(day: date) -> str:
    return day.strftime("%Y%m%d")


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text)


def _folded(line: str) -> str:
    """A line of at most 75 bytes; the rest follows behind a space, and no character is cut in two."""
    out, size = [], 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += width
    return "".join(out)
