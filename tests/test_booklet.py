"""The handbook imposed for folding: read in order whatever its length, each half with its page."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader

from book_reading import HEIGHT, MM, Book, cases_of, close
from project import Project
from tingsuo import case_store
from tingsuo.choice import choose, parse
from tingsuo.library import load_reference
from tingsuo.printing.handbook import handbook_sheets
from tingsuo.printing.imposition import ALONE, SHEETS, sides
from tingsuo.printing.typeset import Typesetter

STAMP = 1_795_392_000


@pytest.fixture(scope="module")
def made(shipped: Project) -> dict[str, bytes]:
    """Book and booklet of two disputes: shorter than the whole, and more than one signature."""
    reference, _ = load_reference(shipped.root)
    assert reference
    library = choose(reference, case_store.take(reference, bodies=False).cards, parse(reference, "loans,labour"))
    setter = Typesetter(STAMP)
    return {sheet.kind: sheet.make(setter) for sheet in handbook_sheets(library, cases_of(library))}


@pytest.fixture(scope="module")
def book(made: dict[str, bytes]) -> Book:
    """The book that is folded."""
    return Book(made["handbook"])


def folded(plan: list[Any], pages: int) -> list[int | None]:
    """The pages in the order in which a reader turns them, when each signature's sheets are laid into each other and folded."""
    out: list[int | None] = []
    for signature in range(1, plan[-1].signature + 1):
        own = [side for side in plan if side.signature == signature]
        sheets = list(zip(own[::2], own[1::2], strict=True))
        for front, back in sheets:
            assert (front.front, back.front) == (True, False)
            out += [front.right, back.left]
        for front, back in reversed(sheets):
            out += [back.right, front.left]
    return out


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 16, 47, 48, 49, 64, 97, 130, 519, 520])
def test_folded_sheets_read_in_order(pages: int) -> None:
    """Whatever its length, a folded book reads from 1 to the end, blanks before the back cover; signatures differ by one sheet at most."""
    plan = sides(pages)
    order = folded(plan, pages)
    blanks = -pages % 4
    assert order == [*range(1, pages), *[None] * blanks, pages]
    sizes = [sum(side.signature == n for side in plan) // 2 for n in range(1, plan[-1].signature + 1)]
    assert max(sizes) - min(sizes) <= 1
    assert len(sizes) == 1 if sum(sizes) <= ALONE else max(sizes) <= SHEETS


def test_every_half_has_its_page(book: Book, made: dict[str, bytes]) -> None:
    """On each half of each side of each signature stands the page that belongs there, whole; the sheet says its number and side."""
    booklet = pypdfium2.PdfDocument(made["booklet"])
    plan = sides(len(book))
    assert len(booklet) == len(plan)
    assert plan[-1].signature > 1
    fold = 148.5 * MM
    for page, side in zip(booklet, plan, strict=True):
        assert page.get_size() == pytest.approx((297 * MM, 210 * MM), abs=0.1)
        text = page.get_textpage()
        for number, left, right in ((side.left, 0.0, fold), (side.right, fold, 297 * MM)):
            # Without the line of the sheet's own marks, which goes across the fold.
            got = close(text.get_text_bounded(left=left, right=right, top=HEIGHT - 10.5 * MM))
            assert got == ("" if number is None else book.texts[number])
        label = close(text.get_text_bounded(bottom=HEIGHT - 10.5 * MM))
        assert label == f"第{side.signature}帖第{side.sheet}张{'正面' if side.front else '反面'}"


def test_sheets_say_their_pages_to_a_screen_reader(made: dict[str, bytes], book: Book) -> None:
    """Each half is a picture whose text is its page's number."""
    reader = PdfReader(io.BytesIO(made["booklet"]))
    for side, page in zip(sides(len(book))[::40], reader.pages[::40], strict=True):
        said = [bytes.fromhex(found.decode())[2:].decode("utf-16-be") for found in re.findall(rb"/Alt<([0-9A-F]*)>", page.get_contents().get_data())]
        assert said == [f"第{side.left}页", f"第{side.right}页"]
