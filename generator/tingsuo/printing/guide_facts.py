"""What the printed sheets of a dispute guide share: its words, articles, numbers to call, and a code that says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..library import Library, Reference
from ..model.base import Model
from ..model.guide import DisputeGuide
from ..walking import walk
from .sheet import articles, frame, qr

EVERYWHERE = ("110", "12348", "12368", "12345")
"""Public numbers that help with every dispute; printed when the office lists them."""
_OWN = 2
"""Papers, quizzes and kits for more dispute types than this say nothing special of one."""
_NUMBER = re.compile(r"(?<!\d)\d{3,5}(?!\d)")


def guide_facts(library: Library, guide: DisputeGuide) -> dict[str, Any]:
    """A guide as plain data for templates, the villager's part first; see the keys."""
    reference = library.reference
    lines = hotlines(reference, guide)
    return {
        **frame(library),
        "title": guide.title,
        "says": list(guide.says),
        "lead": guide.lead,
        "red": [
            {"sign": stop.sign, "do": stop.do, "call": "" if stop.call and stop.call in stop.do else stop.call or ""} for stop in guide.red_stops
        ],
        "first": list(guide.villager.first),
        "myths": [{"myth": m.myth, "truth": m.truth, "laws": names(reference, m.laws)} for m in guide.villager.myths],
        "numbers": [{"value": n.value, "label": n.label, "laws": names(reference, n.laws)} for n in guide.villager.numbers],
        "lines": lines,
        "qr": qr(qr_text(library, guide, lines)),
    }


def names(reference: Reference, citations: Iterable[Any]) -> list[str]:
    """The names of articles as they are printed: 民法典第1084条."""
    return [law["text"] for law in articles(reference, citations)]


def hotlines(reference: Reference, guide: DisputeGuide) -> list[dict[str, str]]:
    """The public numbers for a dispute, {"number", "use"}, in the office's order.

    They are those that the guide, its procedures, and the papers, quizzes and kits made for it alone (or for it and one more) name.
    """
    named = set(EVERYWHERE)
    for item in _about(reference, guide):
        for _, value in walk(item):
            if isinstance(value, str):
                named.update(_NUMBER.findall(value))
    return [{"number": line.number, "use": line.use} for line in reference.office.hotlines if line.number in named]


def _about(reference: Reference, guide: DisputeGuide) -> Iterator[Model]:
    yield guide
    for step in guide.next:
        if step.go in reference.procedures:
            yield reference.procedures[step.go]
    for kind, _, item in reference.items():
        if kind != "pathway" and item.published and guide.id in getattr(item, "disputes", ()) and len(getattr(item, "disputes", ())) <= _OWN:
            yield item


def qr_text(library: Library, guide: DisputeGuide, lines: list[dict[str, str]]) -> str:
    """What a guide's code says: the page's address when the office has one, else what to do first, so that no network is needed."""
    address = library.reference.office.public_url
    if address:
        return f"{address.rstrip('/')}/disputes/{guide.id}.html"
    calls = "；".join(f"{line['use'].split('、')[0]}打{line['number']}" for line in lines if line["number"] in EVERYWHERE[:3])
    return f"{guide.title}，先做：{guide.villager.first[0].rstrip('。')}。{calls + '。' if calls else ''}"
