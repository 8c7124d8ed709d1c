"""Publicity (普法): a script that can be read in its time, days and kits that name each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, warning
from ..library import Library, Reference
from ..model.publicity import PublicityKit
from .subject import Subject

FASTEST = 5.5
"""Characters a second that a loudspeaker can be followed at; 〔判断〕 announcers read four to five."""


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """One kit by itself."""
    item, file = subject.item, subject.file
    if isinstance(item, PublicityKit):
        for n, script in enumerate(item.scripts):
            length = len(re.sub(r"[\s_]", "", script.text))
            if length > FASTEST * script.seconds:
                most = int(FASTEST * script.seconds)
                message = f"稿子有{length}字，{script.seconds}秒念不完"
                yield warning(file, "script-long", message, f"减到{most}字以内，或改秒数", ("scripts", n, "seconds"))


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """A day's kit is made for that day, and a kit's day names it."""
    reference = library.reference
    days = {day.id: day for day in (reference.calendar.days if reference.calendar else ())}
    for n, day in enumerate(days.values()):
        kit = reference.publicity.get(day.kit or "")
        if kit and day.id not in kit.days:
            hint = f"在 {reference.files['publicity', kit.id]} 的 days 里加上 {day.id}，或改这里"
            yield warning(reference.files["calendar", "calendar"], "kit-day", f"活动包“{kit.id}”没有写这个节点“{day.id}”", hint, ("days", n, "kit"))
    for kit in reference.publicity.values():
        for n, key in enumerate(kit.days):
            if key in days and not days[key].kit:
                hint = f"在 guides/reference/calendar.yaml 的这个节点写上 kit: {kit.id}，或从这里删去"
                yield warning(reference.files["publicity", kit.id], "kit-day", f"普法日历的节点“{key}”没有写这个活动包“{kit.id}”", hint, ("days", n))
