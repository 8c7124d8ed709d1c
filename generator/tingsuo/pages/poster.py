"""Wall posters (上墙制度): a system's text on one sheet, headline and articles and nothing else."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from ..library import Library
from ..model.mechanism import Mechanism
from .flow import wrap
from .html import render
from .page import Page

BLANK = "由本地填写"
"""What stands in a model text where the office writes its own figure; on the wall it is a line to write on."""
_MM = 2.835
"""Points in a millimetre."""
_WIDTH, _HEIGHT = 174 * _MM, 254 * _MM
"""Of an A4 sheet within its margins."""
_LEADING, _GAP, _BELOW_TITLE, _LARGEST_TITLE = 1.5, 0.45, 16, 46
_SIZES = tuple(range(30, 9, -1))
_ARTICLE = re.compile(r"(第[一二三四五六七八九十百]+条)[ 　]*")


def poster_url(mechanism: Mechanism) -> str:
    """Where a mechanism's poster is, from the root."""
    return f"mechanisms/{mechanism.id}-poster.html"


def articles(lines: list[str]) -> list[tuple[str, str]]:
    """(第一条, what it says) of each line; the number is empty for lines that have none."""
    out = []
    for line in lines:
        m = _ARTICLE.match(line)
        out.append((m[1], line[m.end() :]) if m else ("", line))
    return out


def title_size(title: str) -> int:
    """The largest type, in points, in which a headline fits a line of A4."""
    return min(_LARGEST_TITLE, int(_WIDTH / (len(title) + 1)))


def number_column(lines: list[str]) -> int:
    """Characters of the column in which the articles' numbers stand."""
    return max((len(no) for no, _ in articles(lines)), default=0)


def text_size(title: str, lines: list[str]) -> int:
    """The largest type, in points, in which headline and articles fit one sheet of A4."""
    texts, column = [text.replace(BLANK, "＿" * 8) for _, text in articles(lines)], number_column(lines)
    for size in _SIZES:
        # A character to spare for other fonts.
        rows = sum(len(wrap(text, size, _WIDTH - size * (column + 1.4))) for text in texts)
        if title_size(title) * 1.3 + _BELOW_TITLE + rows * size * _LEADING + len(lines) * size * _GAP <= _HEIGHT:
            return size
    return _SIZES[-1]


def with_blanks(text: str, key: str) -> Markup:
    """An article's text with places to write where the office fills in its own."""
    pieces = text.split(BLANK)
    out = Markup(escape(pieces[0]))
    for n, piece in enumerate(pieces[1:], 1):
        out += Markup('<span class="ts-poster__blank" data-blank="{}-{}" data-hint="{}"></span>').format(key, n, _hint(pieces[n - 1])) + piece
    return out


def _hint(before: str) -> str:
    """What a blank is for: the words before it."""
    return re.split("[，。；、 ]", before)[-1][-12:] or "本地的做法"


def poster_page(library: Library, mechanism: Mechanism) -> Page:
    """One poster, to look at, fill in and print on A4 or A3."""
    rows = [(no, with_blanks(text, f"{mechanism.id}-{n}")) for n, (no, text) in enumerate(articles(mechanism.model_text), 1)]
    return Page(
        url=poster_url(mechanism),
        section="mechanisms",
        title=f"{mechanism.title}（上墙）",
        body=render(
            "poster.html",
            m=mechanism,
            rows=rows,
            blanks=sum(line.count(BLANK) for line in mechanism.model_text),
            column=number_column(mechanism.model_text),
            title_size=title_size(mechanism.title),
            text_size=text_size(mechanism.title, mechanism.model_text),
        ),
        description=f"{mechanism.title}，打印上墙，A4或A3。",
        crumbs=(("首页", "index.html"), ("庭所共建", "mechanisms/index.html"), (mechanism.title, f"mechanisms/{mechanism.id}.html")),
        layout="poster",
    )
