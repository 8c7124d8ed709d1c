"""A paper (文书) as HTML: the sheet that is read, printed, and filled in by the browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup

from ..blanks import LINE, LONG_LINES, UNTICKED, Gap, empty_text, fields_of, growing, pieces, widths
from ..model.document import Blank, Document, Table

_LINES = re.compile(f"{LINE}+")
_FITS_A_PHONE = 3
"""Tables with more columns than this scroll sideways on a phone."""


def sheet(paper: Document) -> Markup:
    """The whole paper. A blank is a span that names its field; a growing row names its first field."""
    fields = fields_of(paper)
    out = [f'<h3 class="ts-sheet__title">{escape(paper.heading or paper.title)}</h3>']
    heading = paper.title
    for block in paper.body:
        if block.heading:
            heading = block.heading
            out.append(f"<h4>{_inline(block.heading, fields)}</h4>")
        if block.text:
            for part in block.text.split("\n\n"):
                out.append(f"<p>{_inline(part.strip(), fields)}</p>")
        if block.items:
            out.append(f'<ol class="ts-sheet__clauses">{"".join(f"<li>{_inline(item, fields)}</li>" for item in block.items)}</ol>')
        if block.table:
            out.append(_table(block.table, fields, heading))
        if block.sign:
            places = "".join(f'<li><span>{escape(line)}：</span><span class="ts-sheet__date">　　年　　月　　日</span></li>' for line in block.sign)
            out.append(f'<ul class="ts-sheet__signs">{places}</ul>')
    return Markup("".join(out))


def _inline(text: str, fields: Mapping[str, Blank], *, cell: bool = False) -> str:
    return "".join(_piece(piece) for piece in pieces(text, fields, cell=cell))


def _piece(piece: str | Gap) -> str:
    if isinstance(piece, str):
        return escape(piece).replace("\n", "<br>")
    empty = _empty(piece)
    if piece.field.paper_only:
        return f'<span class="ts-gap">{empty}</span>'
    stop = " data-stop" if piece.stop else ""
    return f'<span class="ts-gap" data-blank="{piece.field.key}"{stop}>{empty}</span>'


def _empty(gap: Gap) -> str:
    """What an empty blank shows: a line as long as on paper, boxes to tick, lines to write on."""
    if gap.field.type == "长文" and not (gap.cell and gap.alone):
        return '<span class="ts-sr">（待填）</span>' + '<span class="ts-gap__row"></span>' * LONG_LINES
    if gap.field.type == "选项" and not (gap.cell and gap.alone and gap.field.repeat):
        options = (f'<span class="ts-gap__option">{UNTICKED}{escape(option)}</span>' for option in gap.field.options)
        return " ".join(options) + ("　" if gap.joined else "")
    text = empty_text(gap)
    shown = _LINES.sub(r'<span class="ts-gap__line" aria-hidden="true">\g<0></span>', escape(text))
    return shown + ('<span class="ts-sr">（待填）</span>' if text.strip(LINE) == "" != text else "")


def _table(table: Table, fields: Mapping[str, Blank], name: str) -> str:
    shares = "".join(f'<col style="width:{share}%">' for share in widths(table, fields))
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows, grows = [], False
    for cells in table.rows:
        keys = growing(cells, fields)
        inner = "".join(f"<td>{_inline(text, fields, cell=True)}</td>" for text in cells)
        if keys:
            grows = True
            rows.append(f'<tr data-row="{keys[0]}">{inner}</tr>' + f'<tr data-spare="{keys[0]}">{inner}</tr>' * table.blank_rows)
        else:
            rows.append(f"<tr>{inner}</tr>")
    if not grows:
        rows += [f"<tr>{'<td></td>' * len(table.columns)}</tr>"] * table.blank_rows
    wide = " ts-sheet__wide" if len(table.columns) > _FITS_A_PHONE else ""
    return (
        f'<div class="ts-sheet__table{wide}" tabindex="0" role="region" aria-label="{escape(name)}"><table class="ts-sheet__grid"><colgroup>{shares}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
