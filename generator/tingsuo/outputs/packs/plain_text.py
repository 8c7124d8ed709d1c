"""What a page of the site says, without its frame: for engines that index text (Kiwix)."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_PAGE = re.compile(r"(<body\b[^>]*>)(.*?)(<article\b.*</article>)(.*?)(</body>)", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_UNREAD = re.compile(r"<(script|style|svg|nav|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
# Inline marks stand inside words: 彩<b>礼</b> is one word. Every other tag ends a line.
_INLINE = re.compile(r"</?(?:a|abbr|b|cite|code|dfn|em|i|mark|q|small|span|strong|sub|sup|u)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_BLANK = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


UNQUOTED = ("<!--htdig_noindex-->", "<!--/htdig_noindex-->")
"""Comments around what Xapian's reader of HTML, which Kiwix uses, passes over."""


class PlainText(NamedTuple):
    """A page as words. `site` is the site's name, which stands at the end of every page's title."""

    title: str
    site: str
    description: str
    text: str


def plain_text(html: str) -> PlainText:
    """A generated or handwritten page's title, description and text; blocks are lines. Navigation and scripts are left out."""
    whole = _first(_TITLE, html)
    title, between, site = whole.rpartition(" - ")
    article = _ARTICLE.search(html)
    return PlainText(title if between else whole, site, _first(_DESCRIPTION, html), _words(article[1]) if article else "")


def quoted_from_article(html: str) -> str:
    """The page with its frame between comments by which Kiwix quotes none of it beside a hit; it reads pages anew for that."""
    return _PAGE.sub(rf"\1{UNQUOTED[0]}\2{UNQUOTED[1]}\3{UNQUOTED[0]}\4{UNQUOTED[1]}\5", html, count=1)


def _first(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return unescape(found[1]).strip() if found else ""


def _words(html: str) -> str:
    text = _TAG.sub("\n", _INLINE.sub("", _UNREAD.sub("\n", html)))
    return _LINES.sub("\n", _BLANK.sub(" ", unescape(text))).strip()
