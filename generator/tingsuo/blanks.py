"""Blanks (空格) in a paper's text: where they are, what an empty one prints, which rows grow, how wide columns are. Pure text work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .model.document import Blank, Block, Document, Table

MARK = re.compile(r"\{\{([a-z0-9-]+)\}\}")
LINE = "＿"
"""A full-width low line: blanks made of it join up and break at the end of a line."""
UNTICKED, TICKED = "☐", "☑"
LONG_LINES = 3
"""Lines that an empty 长文 leaves for the pen."""

_STOPS = "。；，、"
_PUNCTUATION = f"{_STOPS}：）】〕” 　\n"
_LENGTHS = {"文字": 8, "金额": 6, "数字": 3, "签名": 8}
_PEN = 14
_DATES = {"日期": f"{LINE * 4}年{LINE * 2}月{LINE * 2}日", "月份": f"{LINE * 4}年{LINE * 2}月"}
_NARROW, _WIDE = 3, 20
_SIGNED = 6.0
"""Characters that an empty cell has room for: it is signed or written in."""


class Gap(NamedTuple):
    """A blank at its place. `stop`: punctuation follows, so that a filled value must not end in some of its own."""

    field: Blank
    stop: bool = False
    alone: bool = False
    """The blank is all that its paragraph or table cell holds."""
    cell: bool = False
    """It stands in a table."""
    joined: bool = False
    """Words follow it without a space."""


def pieces(text: str, fields: Mapping[str, Blank], *, cell: bool = False) -> list[str | Gap]:
    """Text cut at its blanks. A mark of an unknown field stays text."""
    out: list[str | Gap] = []
    at = 0
    for mark in MARK.finditer(text):
        field = fields.get(mark[1])
        if field is None:
            continue
        if mark.start() > at:
            out.append(text[at : mark.start()])
        at = mark.end()
        follows = text[at : at + 1]
        out.append(Gap(field, bool(follows) and follows in _STOPS, mark[0] == text.strip(), cell, bool(follows) and follows not in _PUNCTUATION))
    if at < len(text):
        out.append(text[at:])
    return out


def empty_text(gap: Gap) -> str:
    """What an empty blank prints; "" where the place itself is enough to write in: a cell, the lines of a 长文."""
    field = gap.field
    if field.type == "勾选":
        return UNTICKED
    cell = gap.cell and gap.alone
    if field.type == "长文" or (cell and field.repeat):
        return ""
    if field.type == "选项":
        return "　".join(UNTICKED + option for option in field.options) + ("　" if gap.joined else "")
    if field.type in _DATES:
        return _DATES[field.type].replace(LINE, "　") if cell else _DATES[field.type]
    if cell:
        return ""
    return LINE * (_PEN if field.paper_only else _LENGTHS[field.type])


def fields_of(document: Document) -> dict[str, Blank]:
    """A paper's fields by key."""
    return {field.key: field for field in document.fields}


def keys_in(text: str) -> list[str]:
    """The keys that a text marks, in order."""
    return MARK.findall(text)


def texts_of(block: Block) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(keys that lead to it, text) of all that a block prints."""
    if block.heading is not None:
        yield ("heading",), block.heading
    if block.text is not None:
        yield ("text",), block.text
    for n, item in enumerate(block.items or ()):
        yield ("items", n), item
    for n, line in enumerate(block.sign or ()):
        yield ("sign", n), line
    if block.table:
        for n, column in enumerate(block.table.columns):
            yield ("table", "columns", n), column
        for n, row in enumerate(block.table.rows):
            for m, text in enumerate(row):
                yield ("table", "rows", n, m), text


def words_of(document: Document) -> str:
    """All words of a paper that a reader sees, without marks: what it is searched by."""
    lines = [document.title, document.lead, *document.notes, *document.signed_by, document.copies or ""]
    lines += [word for field in document.fields for word in (field.label, field.help or "", *field.options)]
    lines += [MARK.sub("", text) for block in document.body for _, text in texts_of(block)]
    return "\n".join(line for line in lines if line.strip())


def growing(row: list[str], fields: Mapping[str, Blank]) -> list[str]:
    """The keys of a row that grows by a row per entry; [] for any other row."""
    keys = [key for text in row for key in keys_in(text) if key in fields]
    return keys if keys and all(fields[key].repeat for key in keys) else []


def groups(document: Document) -> list[list[str]]:
    """The keys of every growing row, in the order of the paper."""
    fields = fields_of(document)
    return [keys for block in document.body if block.table for row in block.table.rows if (keys := growing(row, fields))]


def widths(table: Table, fields: Mapping[str, Blank]) -> list[int]:
    """Each column's share of the width in percent, by what it holds or will hold; together 100."""
    wanted = []
    for n, column in enumerate(table.columns):
        lengths = [_length(row[n], fields) for row in table.rows if n < len(row)]
        wanted.append(min(max(len(column) * 0.8, max(lengths, default=0), _NARROW), _WIDE))
    shares = [round(100 * want / sum(wanted)) for want in wanted]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares


def _length(text: str, fields: Mapping[str, Blank]) -> float:
    """How many characters a cell holds or will hold."""
    room = {"长文": 20, "文字": 9, "日期": 8, "月份": 6, "金额": 6, "数字": 4, "勾选": 3, "签名": 8}
    length = 0.0 if text.strip() else _SIGNED
    for piece in pieces(text, fields):
        if isinstance(piece, str):
            length += len(piece)
        elif piece.field.type == "选项":
            length += min(sum(len(option) + 2 for option in piece.field.options), _WIDE)
        else:
            length += room[piece.field.type]
    return length
