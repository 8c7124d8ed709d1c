"""Papers as Word files (文书): a blank .docx for each, and what the browser needs to make the filled one.

A paper's text is written once, as a template: WordprocessingML in which every blank stands as
`{{key|what an empty one prints}}`, with `!` after the key where a filled value must not end in
punctuation and `^` where it begins a paragraph of its own, and every growing row as `{{#key|spare rows}}…{{/}}`. The blank file is the template with
nothing filled in; paper.js fills the same template by the same rule. All other parts are the same for all papers.

The layout follows what courts and committees print: A4, title 宋体, headings 黑体, text 仿宋, tables 宋体.
Files have no author and no clock in them: the same content gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from ..blanks import LONG_LINES, Gap, empty_text, fields_of, growing, pieces, widths
from ..library import Library
from ..model.document import Blank, Document, Table
from ..pages.lists import digest
from .docx_parts import TEXT_WIDTH, core_part, document_part, static_parts

FOLDER = "documents"
PARTS = f"{FOLDER}/parts.js"
_STORED_AT = (1980, 1, 1, 0, 0, 0)
_PLACES = re.compile(r"\{\{#[a-z0-9-]+\|(\d+)\}\}(.*?)\{\{/\}\}", re.DOTALL)
_BLANK = re.compile(r"\{\{[a-z0-9-]+[!^]*\|(.*?)\}\}", re.DOTALL)
_DENSE = 5
"""Tables with this many columns or more are set smaller."""


@dataclass(frozen=True)
class PaperFile:
    """A file beside the pages: its name from the site's root, the key that says when it must be made again, its bytes."""

    url: str
    key: bytes
    make: Callable[[], bytes]


def paper_files(library: Library, reference_key: bytes) -> Iterator[PaperFile]:
    """The Word file and the template of every published paper, and the parts that all share."""
    papers = [paper for paper in library.reference.documents.values() if paper.published]
    if not papers:
        return

    def file(url: str, make: Callable[[], bytes]) -> PaperFile:
        return PaperFile(url, digest(reference_key, url), make)

    yield file(PARTS, lambda: script("parts", static_parts()))
    for paper in papers:
        yield file(f"{FOLDER}/{paper.id}.docx", lambda p=paper: blank_docx(library, p))  # type: ignore[misc]
        yield file(f"{FOLDER}/{paper.id}.js", lambda p=paper: script("template", own_parts(library, p)))  # type: ignore[misc]


def script(name: str, parts: Mapping[str, str]) -> bytes:
    """Parts as a classic script: it hands them to paper.js, also from file://."""
    data = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"tingsuoPaper.{name}({data});\n".encode()


def own_parts(library: Library, paper: Document) -> dict[str, str]:
    """The parts that are this paper's own, its text as a template."""
    office = library.reference.office
    return {"docProps/core.xml": core_part(paper.title, office.name, office.edition.date), "word/document.xml": template(paper)}


def blank_docx(library: Library, paper: Document) -> bytes:
    """The empty paper as a Word file."""
    parts = {**static_parts(), **own_parts(library, paper)}
    parts["word/document.xml"] = emptied(parts["word/document.xml"])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _STORED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, text)
    return made.getvalue()


def emptied(xml: str) -> str:
    """A template with nothing filled in: every blank as it prints, every growing row with its spare ones."""
    grown = _PLACES.sub(lambda place: place[2] * (1 + int(place[1])), xml)
    return _BLANK.sub(r"\1", grown)


def template(paper: Document) -> str:
    """The paper's text as WordprocessingML with marks for its blanks."""
    fields = fields_of(paper)
    body = [_paragraph("Title", [paper.heading or paper.title])]
    lists = 0
    for n, block in enumerate(paper.body):
        # Nobody signs a page on which nothing else stands.
        signed_next = n + 1 < len(paper.body) and bool(paper.body[n + 1].sign)
        if block.heading:
            body.append(_paragraph("Heading1", pieces(block.heading, fields)))
        if block.text:
            body += [_paragraph("", pieces(part.strip(), fields), keep=signed_next) for part in block.text.split("\n\n")]
        if block.items:
            lists += 1
            body += [_paragraph("Clause", pieces(item, fields), number=lists, keep=signed_next and item is block.items[-1]) for item in block.items]
        if block.table:
            body.append(_table(block.table, fields))
        if block.sign:
            body.append(_signatures(block.sign))
    return document_part("".join(body))


def _text(text: str) -> str:
    return '</w:t><w:br/><w:t xml:space="preserve">'.join(escape(line) for line in text.split("\n"))


def _run(piece: str | Gap) -> str:
    if isinstance(piece, str):
        return f'<w:r><w:t xml:space="preserve">{_text(piece)}</w:t></w:r>'
    empty = escape(empty_text(piece))
    if piece.field.type == "长文" and not (piece.cell and piece.alone):
        # The tab runs to the right edge with a line below it, whatever the font.
        lines = "<w:br/>".join(["<w:tab/>"] * LONG_LINES)
        empty = f'</w:t>{lines}<w:t xml:space="preserve">'
    if piece.field.paper_only:
        return f'<w:r><w:t xml:space="preserve">{empty}</w:t></w:r>'
    mark = piece.field.key + ("!" if piece.stop else "") + ("^" if _own_paragraph(piece) else "")
    return f'<w:r><w:t xml:space="preserve">{{{{{mark}|{empty}}}}}</w:t></w:r>'


def _own_paragraph(piece: str | Gap) -> bool:
    """Whether a 长文 is all that its paragraph holds: empty, its lines begin at the margin; filled, it is indented."""
    return isinstance(piece, Gap) and piece.field.type == "长文" and piece.alone and not piece.cell


def _paragraph(style: str, content: list[str | Gap], *, number: int = 0, keep: bool = False, align: str = "") -> str:
    """A paragraph; `number` says which numbered list it belongs to."""
    long = any(isinstance(piece, Gap) and piece.field.type == "长文" for piece in content)
    if len(content) == 1 and _own_paragraph(content[0]) and not number:
        style = "Open"
    properties = [
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep else "",
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else "",
        f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{TEXT_WIDTH}"/></w:tabs>' if long and style != "Cell" else "",
        f'<w:jc w:val="{align}"/>' if align else "",
    ]
    inner = "".join(properties)
    return f"<w:p>{f'<w:pPr>{inner}</w:pPr>' if inner else ''}{''.join(_run(piece) for piece in content)}</w:p>"


def _table(table: Table, fields: Mapping[str, Blank]) -> str:
    """A ruled table: headings on every page, rows in one piece, room for the pen."""
    wide = [TEXT_WIDTH * share // 100 for share in widths(table, fields)]
    wide[-1] += TEXT_WIDTH - sum(wide)
    dense = len(table.columns) >= _DENSE
    style = "CellSmall" if dense else "Cell"

    def row(cells: list[str], *, head: bool = False) -> str:
        keys = [] if head else growing(cells, fields)
        made = ['<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="567" w:hRule="atLeast"/>', "<w:tblHeader/>" if head else "", "</w:trPr>"]
        for n, width in enumerate(wide):
            text = cells[n] if n < len(cells) else ""
            content: list[str | Gap] = [text] if head else pieces(text, fields, cell=True)
            inner = _paragraph("CellHead" if head else style, content, keep=head)
            made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>')
        made.append("</w:tr>")
        whole = "".join(made)
        return f"{{{{#{keys[0]}|{table.blank_rows}}}}}{whole}{{{{/}}}}" if keys else whole

    rows = [row(table.columns, head=True), *(row(cells) for cells in table.rows)]
    if not any(growing(cells, fields) for cells in table.rows):
        rows += [row([])] * table.blank_rows
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in wide)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Ruled"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('Between', [])}"
    )


def _signatures(lines: list[str]) -> str:
    """Places to sign, two side by side, each with its date, never torn apart."""
    half = TEXT_WIDTH // 2
    rows = []
    for n in range(0, len(lines), 2):
        cells = []
        pair = lines[n : n + 2] if len(lines) > 1 else ["", *lines]
        keep = n + 2 < len(lines)
        for line in [*pair, ""][:2]:
            inner = _paragraph("Sign", [f"{line}："] if line else [], keep=keep)
            inner += _paragraph("SignDate", ["　　年　　月　　日"], keep=keep) if line else ""
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{half}" w:type="dxa"/></w:tcPr>{inner}</w:tc>')
        rows.append(f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="1361" w:hRule="atLeast"/></w:trPr>{"".join(cells)}</w:tr>')
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{half * 2}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>{"".join(rows)}</w:tbl>{_paragraph("Between", [])}'
    )
