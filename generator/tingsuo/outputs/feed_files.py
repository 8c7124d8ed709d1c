"""The cases to push as a feed (Atom, RFC 4287) for programs that follow news.

Links are relative to the file, and ids are tag URIs (RFC 4151): the site holds no address of itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from ..library import Library
from ..pages.lists import digest
from ..pages.push import FEED, Cases, Month, Push, cases_key, months
from .docx_files import PaperFile

_ATOM = "http://www.w3.org/2005/Atom"
_MINTED = "2026"
"""The year from which the ids are minted; it never changes, or every reader would see everything anew."""


def feed_files(library: Library, cases: Cases, reference_key: bytes) -> Iterator[PaperFile]:
    """The feed of the cases to push; none without cases."""
    if library.cards:
        yield PaperFile(FEED, digest(reference_key, FEED, cases_key(library, cases)), lambda: feed(library, cases))


def feed(library: Library, cases: Cases) -> bytes:
    """The feed: an entry for each case, in the order of the months."""
    office = library.reference.office
    updated = f"{office.edition.date.isoformat()}T00:00:00+08:00"
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    _add(root, "title", f"{office.county}每月推送案例")
    _add(root, "id", f"tag:{office.site_id},{_MINTED}:push")
    _add(root, "updated", updated)
    _add(_add(root, "author"), "name", office.name)
    _add(root, "link", rel="self", href=FEED, type="application/atom+xml")
    _add(root, "link", rel="alternate", href="push.html", type="text/html")
    for month in months(library, cases):
        for push in month.pushes:
            _entry(root, library, month, push, updated)
    ElementTree.indent(root, "")
    data: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(root: ElementTree.Element, library: Library, month: Month, push: Push, updated: str) -> None:
    office, guide = library.reference.office, library.reference.guides.get(push.card.dispute)
    entry = _add(root, "entry")
    _add(entry, "title", f"{month.first.year}年{month.first.month}月：{push.card.subtitle}")
    _add(entry, "id", f"tag:{office.site_id},{_MINTED}:push/{month.key}/{push.card.id}")
    _add(entry, "published", f"{month.first.isoformat()}T00:00:00+08:00")
    _add(entry, "updated", updated)
    _add(entry, "link", rel="alternate", href=push.card.url, type="text/html")
    _add(entry, "category", term=push.card.dispute, label=guide.title if guide else push.card.dispute)
    _add(entry, "summary", push.case.takeaway.rule)
    _add(entry, "content", push.text, type="text")


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child
