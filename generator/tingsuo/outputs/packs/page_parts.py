"""The parts of a built page: what it says, without the frame that all pages share, and what it needs."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>\s*", re.DOTALL)
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?: media="([^"]+)")?[^>]*>\s*')
_SOURCE = re.compile(r' src="([^"]+)"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_TAB = re.compile(r'<nav class="ts-tabs".*?</nav>', re.DOTALL)
_CURRENT = re.compile(r'<a href="([^"]+)" aria-current="true">')
_PRINTED = re.compile(r'<section class="ts-prints".*?</section>', re.DOTALL)
"""Links to printed files, which stand in no pack of pages alone."""
_LAYOUT, _MAIN_ENDS = '<div class="ts-layout', "</main>"
_LISTS = ("print.html",)


@dataclass(frozen=True, slots=True)
class PagePart:
    """A built page without its frame. Addresses in `body` are still relative to the page."""

    name: str
    """From the site's root: disputes/loans.html."""
    title: str
    tab: str
    """The page that the frame marks as the section this page is in; empty when none."""
    body: str
    """The layout: crumbs, contents beside the page, the article; no script but data, no stylesheet."""
    scripts: tuple[str, ...]
    """Files from the site's root, in the order in which they run."""
    styles: tuple[tuple[str, str], ...]
    """(file from the site's root, media) in their order."""

    @property
    def key(self) -> str:
        """What stands for the page in an address inside a file: disputes/loans."""
        return self.name.removesuffix(".html")

    def beside(self, href: str) -> str:
        """A relative address as a file from the site's root."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.name), href))


def page_part(name: str, html: str) -> PagePart | None:
    """A built page taken apart; None when it has no frame, as the page for what isn't found."""
    start = html.find(_LAYOUT)
    end = html.find(_MAIN_ENDS, start)
    if start < 0 or end < 0:
        return None
    folder = posixpath.dirname(name)

    def from_root(href: str) -> str:
        return posixpath.normpath(posixpath.join(folder, href))

    scripts = [from_root(source[1]) for attributes, _ in _SCRIPT.findall(html) if (source := _SOURCE.search(attributes))]
    styles = [(from_root(href), media) for href, media in _STYLE.findall(html)]
    # The main element holds one box around the layout; its end isn't the layout's.
    body = html[start:end].rstrip().removesuffix("</div>").rstrip()
    body = _SCRIPT.sub(lambda found: "" if _SOURCE.search(found[1]) else found[0], body)
    title, tabs = _TITLE.search(html), _TAB.search(html)
    current = _CURRENT.search(tabs[0]) if tabs else None
    return PagePart(
        name,
        unescape(title[1].rpartition(" - ")[0] or title[1]) if title else name,
        from_root(current[1]) if current else "",
        _PRINTED.sub("", _STYLE.sub("", body)),
        tuple(dict.fromkeys(scripts)),
        tuple(dict.fromkeys(styles)),
    )


def page_parts(site: Path, names: list[str]) -> dict[str, PagePart]:
    """Every framed page among the named files, by name; the list of printed files isn't one of them."""
    found = {name: page_part(name, (site / name).read_text("utf-8")) for name in names if name.endswith(".html") and name not in _LISTS}
    return {name: part for name, part in found.items() if part}
