"""What the tests of the handbook share: a book read back from its PDF, and the cases that it is made of."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import pypdfium2

from tingsuo import case_store
from tingsuo.library import CaseCard, Library

MM = 72 / 25.4
WIDTH, HEIGHT = 148 * MM, 210 * MM


def close(text: str) -> str:
    """A text without any white space."""
    return re.sub(r"[\s\u2060]+", "", text)


class Book:
    """A PDF as its reader has it. Pages count from 1."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self.pdf)

    @cached_property
    def texts(self) -> list[str]:
        """Each page's text without white space; the first entry is no page."""
        return ["", *(close(page.get_textpage().get_text_range()) for page in self.pdf)]

    @cached_property
    def lines(self) -> list[list[str]]:
        """Each page's lines; the first entry is no page."""
        return [[], *(page.get_textpage().get_text_range().splitlines() for page in self.pdf)]

    @cached_property
    def bodies(self) -> list[str]:
        """Each page's text without head and foot; the first entry is no page."""
        inside = [page.get_textpage().get_text_bounded(bottom=18 * MM, top=HEIGHT - 17 * MM) for page in self.pdf]
        return ["", *map(close, inside)]

    def boxes(self, number: int) -> list[tuple[float, float, float, float]]:
        """Where text is on a page: left, bottom, right, top in points."""
        page = self.pdf[number - 1].get_textpage()
        return [page.get_rect(n) for n in range(page.count_rects())]

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int, float]]:
        """(level, title, page, points from the page's foot)."""
        out = []
        for mark in self.pdf.get_toc():
            dest = mark.get_dest()
            out.append((mark.level, close(mark.get_title()), dest.get_index() + 1, dest.get_view()[1][1]))
        return out

    def chapter(self, title: str) -> range:
        """The pages from a top bookmark to the next one."""
        tops = [(name, page) for level, name, page, _ in self.bookmarks if level == 0]
        at = next(n for n, (name, _) in enumerate(tops) if name.endswith(title))
        return range(tops[at][1], tops[at + 1][1] if at + 1 < len(tops) else len(self) - 1)


def cases_of(library: Library) -> Any:
    """The cases as the print run gets them."""
    store = case_store.CaseStore(library.reference)

    def case(card: CaseCard) -> Any:
        return store.case(card.file)

    return case
