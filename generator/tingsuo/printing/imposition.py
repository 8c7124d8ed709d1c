"""Imposing a book for folding (拼版): A5 pages side by side on A4 sheets, in signatures that are stitched through the fold."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from .sheet import Sheet

if TYPE_CHECKING:
    from .typeset import Typesetter

SHEETS = 8
"""Sheets in a signature of a long book: 32 pages fold well."""
ALONE = 12
"""A book of so many sheets is one signature: a long stapler goes through it."""
_SPINE_MARKS = 22
_MM = 72 / 25.4
_LEFT, _RIGHT = 0.5 * _MM, 148.5 * _MM
"""Where the halves begin: A4 is a millimetre wider than two A5 pages, which meet in the fold."""
_PICTURE = re.compile(rb"/Span<<[^>]*/Alt<[0-9A-F]*>>>BDC.*?(?=EMC)", re.DOTALL)


class Side(NamedTuple):
    """One side of a sheet: which pages it has (None is blank), and where it belongs. Numbers count from 1."""

    left: int | None
    right: int | None
    signature: int
    sheet: int
    front: bool


def sides(pages: int) -> list[Side]:
    """The sides of all sheets of a book in printing order: each sheet's front, then its back, turned over the short edge.

    Signatures are as equal as can be. Blank pages go before the last page, so that the back cover stays outside.
    """
    sheets = -(-pages // 4)
    count = 1 if sheets <= ALONE else -(-sheets // SHEETS)
    out: list[Side] = []
    first = 1
    for signature in range(1, count + 1):
        own = sheets // count + (signature <= sheets % count)
        last = first + 4 * own - 1
        for n in range(own):
            low, high = first + 2 * n, last - 2 * n
            out.append(Side(_page(high, pages, sheets), _page(low, pages, sheets), signature, n + 1, True))
            out.append(Side(_page(low + 1, pages, sheets), _page(high - 1, pages, sheets), signature, n + 1, False))
        first = last + 1
    return out


def _page(place: int, pages: int, sheets: int) -> int | None:
    if place == 4 * sheets:
        return pages
    return place if place < pages else None


@dataclass(frozen=True)
class BookletSheet(Sheet):
    """A book on folded sheets. The template and data are the book's."""

    def make(self, typesetter: Typesetter) -> bytes:
        """The imposed sheets. Raises NotPrintable."""
        book = typesetter.plain_pdf(self.template, self.data)
        plan = sides(_count(book))
        marks = typesetter.pdf("booklet.typ", {"title": self.title, "office": self.data.get("office", ""), "sides": list(_marks(plan))})
        return impose(book, marks, plan)


def _marks(plan: list[Side]) -> Iterator[dict[str, Any]]:
    many = plan[-1].signature > 1
    for side in plan:
        spine = (side.signature - 1) % _SPINE_MARKS if many and side.sheet == 1 and side.front else None
        face = "正面" if side.front else "反面"
        yield {"left": side.left, "right": side.right, "signature": side.signature, "sheet": side.sheet, "face": face, "spine": spine}


def _count(book: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(book)).pages)


def impose(book: bytes, marks: bytes, plan: list[Side]) -> bytes:
    """Draw a book's pages into the pictures of its sheets: the left half's first, then the right half's."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    source = PdfReader(io.BytesIO(book)).pages
    writer = PdfWriter(clone_from=io.BytesIO(marks))
    forms: list[Any] = []
    for page in source:
        contents = page["/Contents"].get_object()
        assert isinstance(contents, StreamObject)
        # The stream stays as it was compressed.
        form = contents.clone(writer, force_duplicate=True)
        form[NameObject("/Type")] = NameObject("/XObject")
        form[NameObject("/Subtype")] = NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject([FloatObject(n) for n in page.mediabox])
        form[NameObject("/Resources")] = page["/Resources"].clone(writer)
        forms.append(form.indirect_reference)
    for sheet, side in zip(writer.pages, plan, strict=True):
        stream = sheet["/Contents"].get_object()
        assert isinstance(stream, StreamObject)
        halves = [(f"Half{n}", x, number) for n, (x, number) in enumerate(((_LEFT, side.left), (_RIGHT, side.right)))]
        drawn = iter(halves)

        def draw(found: re.Match[bytes], drawn: Iterator[tuple[str, float, int | None]] = drawn) -> bytes:
            name, x, number = next(drawn)
            return found[0] + (f" q 1 0 0 1 {x:.4f} 0 cm /{name} Do Q ".encode() if number else b"")

        data = _PICTURE.sub(draw, stream.get_data())
        assert next(drawn, None) is None, "a half has no picture"
        stream.set_data(data)
        names = DictionaryObject({NameObject(f"/{name}"): forms[number - 1] for name, _, number in halves if number})
        resources = sheet["/Resources"].get_object()
        # The sheets' own pictures are drawn shapes: they have no objects to keep.
        assert isinstance(resources, DictionaryObject) and "/XObject" not in resources
        resources[NameObject("/XObject")] = names
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
