"""A page before it meets the frame, and the mould that it is poured into."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

SECTIONS = ("home", "disputes", "procedures", "documents", "mechanisms", "cases", "laws", "office", "publicity", "about")
"""The site's parts; a mould belongs to one of them at one depth."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a generated page says.

    `url` is relative to the site's root; `body` and `toc` are finished HTML whose links are relative
    to the page itself; `crumbs` are (title, url from the root).
    """

    url: str
    section: str
    title: str
    body: str
    description: str = ""
    toc: tuple[tuple[str, str], ...] | str = ()
    """(anchor, text) pairs, or the finished HTML."""
    crumbs: tuple[tuple[str, str], ...] = ()
    layout: str = "plain"

    @property
    def depth(self) -> int:
        """Folders between the page and the root."""
        return self.url.count("/")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make a page, and the key that says when it must be made again."""

    url: str
    section: str
    title: str
    key: bytes
    make: Callable[[], Page] = field(compare=False, repr=False)

    @property
    def depth(self) -> int:
        """Folders between the page and the root."""
        return self.url.count("/")


MARKS = ("title", "description", "crumbs", "toc", "body", "layout")
_MARK = re.compile("\x01(" + "|".join(MARKS) + ")\x01")


def mark(name: str) -> str:
    """The placeholder that a theme template prints for a part of the page: a character that content can't hold."""
    return f"\x01{name}\x01"


class Mould:
    """One page that the theme rendered with placeholders; pages of its section and depth are poured into it."""

    def __init__(self, html: str) -> None:
        self.pieces = _MARK.split(html)
        if "body" not in self.pieces[1::2]:
            raise ValueError("the mould has no place for the body")

    def pour(self, page: Page) -> str:
        """The finished page."""
        root = "../" * page.depth
        values = {
            "title": escape(page.title),
            "description": escape(page.description, quote=True),
            "crumbs": crumbs_html(page.crumbs, root),
            "toc": page.toc if isinstance(page.toc, str) else toc_html(page.toc),
            "body": page.body,
            "layout": page.layout,
        }
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces)


def crumbs_html(crumbs: tuple[tuple[str, str], ...], root: str) -> str:
    """The breadcrumb trail, links relative to the page."""
    if not crumbs:
        return ""
    items = "".join(f'<li><a href="{root}{escape(url)}">{escape(title)}</a></li>' for title, url in crumbs)
    return f'<nav class="ts-crumbs" aria-label="当前位置"><ol>{items}</ol></nav>'


def toc_html(toc: tuple[tuple[str, str], ...]) -> str:
    """The page's own contents."""
    if len(toc) < 2:
        return ""
    items = "".join(f'<li><a href="#{escape(anchor)}">{escape(text)}</a></li>' for anchor, text in toc)
    return f'<nav class="ts-toc" aria-label="本页内容"><p class="ts-toc__title">本页内容</p><ol>{items}</ol></nav>'
