"""Citations as people write them: 《民法典》第一千零八十四条第三款, 民法典1084条, 第677条至第679条, 该法第三条.

Pure text work: which law a name means is the register's business (`register.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_N = "[零〇一二两三四五六七八九十百千0-9０-９]{1,9}"
_ARTICLE = re.compile(
    rf"(?P<no>第\s*)?(?P<num>{_N})\s*条(?:之(?P<suffix>[一二三四五六七八九十]|[1-9]))?"
    rf"(?:第?\s*(?P<paragraph>{_N})\s*款)?(?:第?\s*[（(]?(?P<item>{_N})[)）]?\s*项)?"
)
# 第10、11条 and 第10—12条: numbers before the one that bears 条.
_LEADING = re.compile(rf"第\s*((?:{_N}\s*[、，,和及至到—－–~-]\s*)+)$")
_JOIN = re.compile(r"[\s、，,；;和及与以至到—－–~-]*")
_RANGE = re.compile(r"[至到—－–~-]")
_BOOK = re.compile(r"《([^《》\n]{2,80})》")
_SAME = ("该法", "本法", "同法", "该条例", "本条例", "该解释", "本解释", "该规定", "本规定", "该办法")
_BRACKETS = str.maketrans({"（": "(", "）": ")", "〈": "《", "〉": "》", "<": "《", ">": "》", "\u3000": "", " ": "", "\u200b": "", "\ufeff": ""})
MAX_RANGE = 60


def number(text: str) -> int | None:
    """A Chinese or Arabic numeral up to 9999 as int, None when it isn't one: 一千零八十四 → 1084."""
    text = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    if all(c in _DIGITS for c in text):
        # 一〇八四: digit by digit.
        return int("".join(str(_DIGITS[c]) for c in text))
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            return None
    return total + digit


_SUFFIXES = "一二三四五六七八九十"


def label(num: int, suffix: int = 0) -> str:
    """The article's label: 第276条之一."""
    return f"第{num}条" + (f"之{_SUFFIXES[suffix - 1]}" if suffix else "")


def normal_name(name: str) -> str:
    """A law's name for comparison: no brackets 《》, half-width parentheses, no spaces, no 中华人民共和国."""
    name = name.translate(_BRACKETS).strip("《》")
    return name.replace("中华人民共和国", "")


class Ref(NamedTuple):
    """A reference to one article, or to a law as a whole (`num` 0). `start`/`end` are offsets in the text."""

    law: str
    num: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    start: int = 0
    end: int = 0

    @property
    def label(self) -> str:
        """第276条之一, or an empty string for the law as a whole."""
        return label(self.num, self.suffix) if self.num else ""


class Names:
    """Names of laws, for finding the one that ends right before an article.

    Names are compared in their normal form (`normal_name`). Most text before an article ends in no
    name at all, which the last two characters tell.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(normal_name(name) for name in names)
        self._sizes: dict[str, list[int]] = {}
        for name in self._names:
            sizes = self._sizes.setdefault(name[-2:], [])
            if len(name) not in sizes:
                sizes.append(len(name))
        for sizes in self._sizes.values():
            sizes.sort(reverse=True)

    def __contains__(self, name: str) -> bool:
        return normal_name(name) in self._names

    def ending(self, text: str) -> str:
        """The longest name that a text ends in, as it stands in the text; '' for none."""
        plain = normal_name(text)
        for size in self._sizes.get(plain[-2:], ()):
            if plain[-size:] in self._names and size <= len(plain):
                # What normalising dropped inside or before the name belongs to it.
                raw = size
                while raw < len(text) and normal_name(text[-raw:]) != plain[-size:]:
                    raw += 1
                prefix = text[-raw - 7 : -raw] if raw + 7 <= len(text) else ""
                return text[-raw - 7 :] if prefix == "中华人民共和国" else text[-raw:]
        return ""


def find(text: str, known: Names) -> Iterator[Ref]:
    """Every reference in running text, in order.

    `known` are the names that count without 《》; a name in 《》 is reported as written.
    An article without a law (合同第三条) is not a citation and is passed over.
    """
    books = list(_BOOK.finditer(text))
    spans = {m.end(): m[1] for m in books}
    last_law, last_end, previous = "", -1, 0
    article_starts = set()
    for m in _articles(text):
        start = m.start()
        lead = _LEADING.search(text, max(0, start - 40), start) if not m["no"] else None
        head = lead.start() if lead else start
        law = _law_before(text, head, spans, known)
        if law == "=":
            law = _last_book(books, head, text, known) or last_law
        elif not law and last_law and _JOIN.fullmatch(text, last_end, head):
            law = last_law
        elif not law and not m["no"] and not lead:
            continue
        if not law:
            continue
        num = number(m["num"])
        if not num:
            continue
        suffix = number(m["suffix"]) or 0 if m["suffix"] else 0
        begin = head
        for size in _name_size(text, head, law):
            begin = head - size
        article_starts.add(begin)
        tail = (number(m["paragraph"]) or 0 if m["paragraph"] else 0, number(m["item"]) or 0 if m["item"] else 0)
        earlier: list[int] = []
        if lead:
            earlier = [n for part in re.split(r"[、，,和及至到—－–~\-\s]+", lead[1]) if part and (n := number(part))]
            if _RANGE.search(lead[1]) and earlier and earlier[-1] < num <= earlier[-1] + MAX_RANGE:
                earlier += list(range(earlier[-1] + 1, num))
        elif (
            last_law == law
            and 0 < previous < num <= previous + MAX_RANGE
            and _RANGE.search(text[last_end:head])
            and _JOIN.fullmatch(text, last_end, head)
        ):
            earlier = list(range(previous + 1, num))
        for n in earlier:
            yield Ref(law, n, start=begin, end=m.end())
        yield Ref(law, num, suffix, *tail, start=begin, end=m.end())
        last_law, last_end, previous = law, m.end(), num
    for book in books:
        if book.start() not in article_starts and book[1] in known:
            yield Ref(book[1], 0, start=book.start(), end=book.end())


_NUMERALS = frozenset("零〇一二两三四五六七八九十百千0123456789０１２３４５６７８９")


def _articles(text: str) -> Iterator[re.Match[str]]:
    """Every 第X条 and X条. Looks for 条 first: numerals are everywhere, 条 is rare."""
    at = text.find("条")
    while at >= 0:
        start = at
        while start and text[start - 1] in " \u3000":
            start -= 1
        end = start
        while start and text[start - 1] in _NUMERALS and end - start < 9:
            start -= 1
        if start < end:
            head = start
            while head and text[head - 1] in " \u3000":
                head -= 1
            m = _ARTICLE.match(text, head - 1 if head and text[head - 1] == "第" else start)
            if m:
                yield m
        at = text.find("条", at + 1)


def _law_before(text: str, at: int, spans: dict[int, str], known: Names) -> str:
    """The law named right before an offset; '=' for 该法; '' for none."""
    while at > 0 and text[at - 1] in " \u3000":
        at -= 1
    if at in spans:
        return spans[at]
    if at and text[at - 1] in ")）":
        # 《民法典》（2020年）第…条
        opening = max(text.rfind("（", 0, at), text.rfind("(", 0, at))
        if opening > 0 and opening in spans:
            return spans[opening]
    named = known.ending(text[max(0, at - 48) : at])
    if named:
        return named
    # After the names: 合同法 ends in 同法.
    return "=" if text.endswith(_SAME, 0, at) else ""


def _name_size(text: str, head: int, law: str) -> Iterator[int]:
    for shape in (f"《{law}》", law):
        if text.endswith(shape, 0, head):
            yield len(shape)
            return


def _last_book(books: list[re.Match[str]], before: int, text: str, known: Names) -> str:
    named = [b[1] for b in books if b.end() <= before and b[1] in known]
    return named[-1] if named else ""
