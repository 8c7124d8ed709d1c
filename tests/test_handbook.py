"""The handbook as a book: what is in it, whether its contents and indexes tell the truth."""

from __future__ import annotations

import ctypes
import dataclasses
import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

import tingsuo
from book_reading import HEIGHT, MM, WIDTH, Book, cases_of, close
from project import SMALL, Project
from sheet_reading import contrast_of
from tingsuo import case_store
from tingsuo.choice import choose, parse
from tingsuo.library import Library, load_reference
from tingsuo.printing.handbook import handbook_data, handbook_sheets
from tingsuo.printing.typeset import TEMPLATES, Typesetter, characters

STAMP = 1_795_392_000

INSIDE, OUTSIDE = 18 * MM, 15.1 * MM
SMALLEST = 9
"""Points: 小五."""
RED = (0xA6, 0x1B, 0x1B)
RED_WORDS = re.compile(r"红灯：先停下，先转走|红灯：先停下，先打电话|红：先停下，先打电话|先看红灯|红灯|拨\d{3,5}")


@pytest.fixture(scope="module")
def library(shipped: Project) -> Library:
    """The shipped content."""
    reference, _ = load_reference(shipped.root)
    assert reference
    return Library.of(reference, case_store.take(reference, bodies=False).cards)


@pytest.fixture(scope="module")
def data(library: Library) -> dict[str, Any]:
    """What the book says."""
    return handbook_data(library, cases_of(library))


@pytest.fixture(scope="module")
def made(library: Library) -> dict[str, bytes]:
    """Both files of the handbook by kind."""
    setter = Typesetter(STAMP)
    return {sheet.kind: sheet.make(setter) for sheet in handbook_sheets(library, cases_of(library))}


@pytest.fixture(scope="module")
def book(made: dict[str, bytes]) -> Book:
    """The shipped content's handbook."""
    return Book(made["handbook"])


# ---- the file ----


@pytest.mark.parametrize("kind", ["handbook", "booklet"])
def test_is_tagged_and_named(made: dict[str, bytes], kind: str) -> None:
    """Both files are PDF/UA-1: tagged, with title and language; every font is embedded as a subset."""
    reader = PdfReader(io.BytesIO(made[kind]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "zh-CN"
    assert "调解指引手册" in reader.metadata.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    fonts = list(fonts_of(reader))
    assert fonts
    for font in fonts:
        own = font["/DescendantFonts"][0].get_object()
        assert re.match(r"/[A-Z]{6}\+", own["/BaseFont"]), own["/BaseFont"]
        assert {"/FontFile2", "/FontFile3"} & set(own["/FontDescriptor"])


def fonts_of(reader: PdfReader) -> Iterator[Any]:
    """Every font that some page uses, each once."""
    seen = set()
    for page in reader.pages:
        resources = [page["/Resources"]]
        resources += [form.get_object().get("/Resources", {}) for form in page["/Resources"].get("/XObject", {}).values()]
        for own in resources:
            for font in own.get_object().get("/Font", {}).values():
                if font.idnum not in seen:
                    seen.add(font.idnum)
                    yield font.get_object()


def test_is_the_same_twice(library: Library, made: dict[str, bytes]) -> None:
    """The same content gives the same bytes, book and booklet."""
    setter = Typesetter(STAMP)
    assert {sheet.kind: sheet.make(setter) for sheet in handbook_sheets(library, cases_of(library))} == made


SMALL_BOOK = """
import hashlib, sys
from pathlib import Path
from test_handbook import small_books
for kind, made in small_books().items():
    print(kind, hashlib.sha256(made).hexdigest())
"""


def small_books() -> dict[str, bytes]:
    """The small project's book and booklet."""
    reference, _ = load_reference(SMALL)
    assert reference
    small = Library.of(reference, case_store.take(reference, bodies=False).cards)
    return {sheet.kind: sheet.make(Typesetter(STAMP)) for sheet in handbook_sheets(small, cases_of(small))}


def test_is_the_same_in_another_process() -> None:
    """No order of hashes, no clock and nothing kept in memory gets into the files."""
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(tingsuo.__file__).parents[1])])
    run = subprocess.run(
        [sys.executable, "-c", SMALL_BOOK], env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": paths}, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == [f"{kind} {hashlib.sha256(made).hexdigest()}" for kind, made in small_books().items()]


def test_templates_have_no_character_that_the_font_lacks() -> None:
    """What templates say themselves can be printed too (what content says, the typesetter checks)."""
    for path in [*TEMPLATES.glob("handbook*.typ"), TEMPLATES / "booklet.typ"]:
        assert {char for char in path.read_text("utf-8") if ord(char) > 126} <= characters(), path.name


# ---- what is in it ----


def test_everything_is_in_the_book(book: Book, library: Library) -> None:
    """Every guide with its red stops and questions, every pathway, procedure, paper and case is there."""
    whole = "".join(book.texts)
    reference = library.reference
    missing = []
    for guide in reference.guides.values():
        wanted = [guide.title, guide.lead, *(stop.sign for stop in guide.red_stops), *(element.name for element in guide.elements)]
        wanted += [*guide.villager.first, *(move.title for move in guide.steps), *(clause.title for clause in guide.clauses)]
        wanted += [point.problem for point in guide.sticking_points]
        missing += [text for text in wanted if close(text) not in whole]
    for kind in ("procedure", "pathway", "document"):
        missing += [item.title for item in reference.collection(kind).values() if item.published and close(item.title) not in whole]
    missing += [card.title for card in library.cards.values() if close(card.title) not in whole]
    # A text may run over the end of a page, where head and foot come between.
    assert len(missing) <= 8, missing
    joined = "".join(book.bodies)
    assert [text for text in missing if close(text) not in joined] == []


def test_bookmarks_name_everything_once(book: Book, library: Library) -> None:
    """The bookmarks list every guide, pathway, procedure and case, and lead to the page where it is."""
    reference = library.reference
    titles = [close(title) for _, title, _, _ in book.bookmarks]
    wanted = [close(item.title) for kind in ("pathway", "procedure") for item in reference.collection(kind).values() if item.published]
    wanted += [close(card.title) for card in library.cards.values()]
    assert {title: titles.count(title) for title in wanted} == dict.fromkeys(wanted, 1)
    # A dispute has its guide and its cases.
    assert [guide.title for guide in reference.guides.values() if titles.count(guide.title) < 2] == []
    for _, title, page, _ in book.bookmarks:
        assert title in book.texts[page]


def test_contents_name_the_right_pages(book: Book) -> None:
    """Each line of the contents names the page that its bookmark leads to, and nothing of the first two levels is missing."""
    listed = []
    for number in book.chapter("目录"):
        for line in book.lines[number]:
            found = re.fullmatch(r"(.+?)\s*·[·\s]*\s*(\d+)", line.strip())
            if found:
                listed.append((close(found[1]), int(found[2])))
    marks = [(title, page) for level, title, page, _ in book.bookmarks if level <= 1]
    assert [entry for entry in listed if entry not in marks] == []
    assert len(listed) > 50
    inside = [entry for entry in marks if re.match(r"第.编|.*索引", entry[0])]
    assert [entry for entry in inside if entry not in listed] == []


# ---- indexes ----

PAGES = r"[\d、–；]+"


def index_rows(book: Book, title: str) -> str:
    """An index as one text, pages in order, head and foot left out, lines kept."""
    out = []
    for number in book.chapter(title):
        page = book.pdf[number - 1].get_textpage()
        out.append(page.get_text_bounded(bottom=18 * MM, top=HEIGHT - 17 * MM))
    return "\n".join(out)


def numbers(text: str) -> list[int]:
    """12、15–17 as pages."""
    out: list[int] = []
    for part in re.split("[、；]", text):
        if part:
            first, _, last = part.partition("–")
            out += range(int(first), int(last or first) + 1)
    return out


def test_article_index_names_the_right_pages(book: Book, data: dict[str, Any]) -> None:
    """Every page that the index of articles names holds the article, every cited article is listed, and no page of the parts is left out."""
    # A page list may go on in the next line.
    text = re.sub(r"([、；–])\s*\n\s*", r"\1", index_rows(book, "法条索引"))
    rows = iter(re.findall(rf"(第\d+条(?:之.)?)(（旧）)?\s*({PAGES})", text))
    laws = data["article_index"]
    cited = citations(book, {close(law["name"]) for law in laws}, book.chapter("法条索引").start)
    # Where an older text is cited too, the same words stand for both.
    older = {law["name"] for law in laws if law["old"]}
    wrong, left_out, count = [], [], 0
    for law in laws:
        for article in law["articles"]:
            label, old, listed = next(rows)
            assert label + old == article["no"]
            pages = set(numbers(listed))
            assert pages, article
            name = close(law["name"] + label)
            wrong += [(name, page) for page in sorted(pages) if name not in book.bodies[page] + book.bodies[page + 1][:12]]
            if law["name"] not in older:
                left_out += [(name, page) for page in sorted(cited.get(name, set()) - pages)]
            count += len(pages)
    assert next(rows, None) is None
    assert wrong == []
    assert left_out == []
    assert count > 3000


def citations(book: Book, laws: set[str], end: int) -> dict[str, set[int]]:
    """On which pages before `end` each article stands as a citation: between brackets or in a list, not in running text."""
    names = "|".join(sorted(map(re.escape, laws), key=len, reverse=True))
    out: dict[str, set[int]] = {}
    for number in range(3, end):
        for found in re.finditer(rf"(?:〔|、)((?:{names})第\d+条(?:之.)?)(?:第\d+款)?(?:第\d+项)?(?=[〕、])", book.bodies[number]):
            out.setdefault(found[1], set()).add(number)
    return out


def test_word_index_names_the_right_pages(book: Book, data: dict[str, Any]) -> None:
    """Every word that a guide says is listed once by pinyin, and each page that the index names has the word."""
    text = re.sub(r"([、–])\s*\n\s*", r"\1", index_rows(book, "群众怎么说索引"))
    words = [word for group in data["word_index"] for word in group["words"]]
    listed: dict[str, list[int]] = {}
    at = text.index(data["word_index"][0]["letter"])
    for word in words:
        assert word not in listed
        row = re.compile(r"\s*(?:[A-Z]\s+|数字和字母\s+)?" + r"\s*".join(map(re.escape, word)) + rf"\s+({PAGES})(?!\S)").match(text, at)
        assert row, (word, text[at : at + 40])
        listed[word] = numbers(row[1])
        at = row.end()
    assert text[at:].strip() == ""
    assert set(words) >= {word for guide in data["guides"] for word in guide["says"]}
    assert [(word, page) for word, pages in listed.items() for page in pages if close(word) not in book.texts[page]] == []
    letters = [group["letter"] for group in data["word_index"]][1:]
    assert letters == sorted(letters)


@pytest.mark.parametrize(
    ("word", "letter"), [("还钱", "H"), ("大耳窿", "D"), ("圩日", "X"), ("泊车挡路", "B"), ("调解", "T"), ("12315", "数字和字母")]
)
def test_words_stand_under_the_sound_that_people_know(data: dict[str, Any], word: str, letter: str) -> None:
    """Characters with two readings are read as here."""
    assert [group["letter"] for group in data["word_index"] if word in group["words"]] == [letter]


# ---- the page ----


def test_text_stays_within_its_margins(book: Book) -> None:
    """No text leaves its column: left and right within the text's width by side, top and bottom on the page."""
    wrong = []
    for number in range(3, len(book)):
        left, right = (INSIDE, OUTSIDE) if number % 2 else (OUTSIDE, INSIDE)
        for x0, y0, x1, y1 in book.boxes(number):
            # Two points: closing punctuation hangs a little.
            if x0 < left - 2 or x1 > WIDTH - right + 2 or y0 < 8 * MM or y1 > HEIGHT - 8 * MM:
                wrong.append((number, round(x0), round(x1), round(y0), round(y1)))
    assert wrong == []


def test_head_and_foot_are_outside(book: Book, data: dict[str, Any]) -> None:
    """The page number stands outside, left on even pages; the head names the part on the left and the section on the right."""
    for number in range(3, len(book) - 1):
        page = book.pdf[number - 1].get_textpage()
        half = WIDTH / 2
        foot = page.get_text_bounded(top=14 * MM, left=half if number % 2 else 0, right=WIDTH if number % 2 else half)
        assert str(number) == close(foot)
    guides = [close(guide["title"]) for guide in data["guides"]]
    pages = book.chapter("调解指引")
    starts = {page for level, title, page, _ in book.bookmarks if level == 0 or (page in pages and title in guides)}
    opened = ""
    for number in pages:
        head = close(book.pdf[number - 1].get_textpage().get_text_bounded(bottom=HEIGHT - 17 * MM))
        opened = next((title for level, title, page, _ in book.bookmarks if level == 1 and page == number), opened)
        if number in starts:
            # The title itself stands highest.
            assert "编调解指引" not in head
        elif number % 2 == 0:
            assert head == "第一编调解指引"
        else:
            assert head.startswith(opened)


def test_no_heading_at_the_foot_and_no_page_half_empty(book: Book) -> None:
    """Below every heading there is text of its own; only a chapter's last page may end above the middle, and it has five lines at least."""
    boxes = {number: [box for box in book.boxes(number) if 15 * MM < box[1] < HEIGHT - 17 * MM] for number in range(3, len(book) - 1)}
    lonely = [(title, page) for level, title, page, y in book.bookmarks if page in boxes and not [box for box in boxes[page] if box[3] < y - 20]]
    assert lonely == []
    fresh = {page for level, title, page, _ in book.bookmarks if level == 0} | {page for _, _, page, y in book.bookmarks if y > HEIGHT - 25 * MM}
    short = [number for number, own in boxes.items() if number + 1 in boxes and number + 1 not in fresh and min(box[1] for box in own) > HEIGHT / 2]
    assert short == []
    ends = [number for number in boxes if number + 1 in fresh]
    assert [number for number in ends if len({round(box[1] / 4) for box in boxes[number]}) < 5] == []


def test_no_line_begins_with_closing_punctuation(book: Book) -> None:
    """Punctuation stands where it belongs: none that closes at the start of a line, none that opens at its end."""
    begun = [(number, line) for number, lines in enumerate(book.lines) for line in lines if line[:1] in set("，。、；：！？）》”」】〕")]
    ended = [(number, line) for number, lines in enumerate(book.lines) for line in lines if line.strip()[-1:] in set("（《“「【〔")]
    assert (begun, ended) == ([], [])


def characters_on(book: Book, number: int) -> Iterator[tuple[str, float, tuple[int, int, int]]]:
    """(character, size in points, colour) of a page's visible characters."""
    page = book.pdf[number - 1].get_textpage()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    for n in range(page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(page, n))
        if not char.isspace():
            pdfium.FPDFText_GetFillColor(page, n, red, green, blue, alpha)
            yield char, pdfium.FPDFText_GetFontSize(page, n), (red.value, green.value, blue.value)


def test_type_is_large_enough_and_red_means_stop(book: Book) -> None:
    """Nothing is smaller than 小五, most is five 号; cinnabar says only what a red stop says, in words."""
    pages = [*range(1, 10), *list(book.chapter("调解指引"))[2:30], *list(book.chapter("该走哪条路"))[:6], book.chapter("案例").start, len(book)]
    sizes: dict[float, int] = {}
    for number in pages:
        red = ""
        for char, size, colour in characters_on(book, number):
            sizes[round(size, 1)] = sizes.get(round(size, 1), 0) + 1
            red += char if colour == RED else ""
        assert RED_WORDS.sub("", red) == "", (number, red)
    assert min(sizes) >= SMALLEST
    assert sum(count for size, count in sizes.items() if size >= 10.5) > sum(sizes.values()) / 2


def test_every_link_leads_to_a_page(book: Book, data: dict[str, Any]) -> None:
    """Links stay in the book and lead to a page of it; those of the indexes to a page that has the article or the word."""
    count, wrong = 0, []
    for number in range(1, len(book) + 1):
        page = book.pdf[number - 1]
        text = page.get_textpage()
        position, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        while pdfium.FPDFLink_Enumerate(page, position, link):
            target = pdfium.FPDFDest_GetDestPageIndex(book.pdf, pdfium.FPDFLink_GetDest(book.pdf, link)) + 1
            count += 1
            if not 1 <= target <= len(book):
                wrong.append((number, target))
            pdfium.FPDFLink_GetAnnotRect(link, box)
            if number >= book.chapter("法条索引").start and number % 7 == 0:
                says = close(text.get_text_bounded(left=box.left - 1, bottom=box.bottom, right=box.right + 1, top=box.top))
                if says.removesuffix("（旧）") not in book.texts[target]:
                    wrong.append((number, target))
    assert wrong == []
    assert count > 5000


# ---- other books ----


def text_of(library: Library) -> str:
    """The whole text of a library's handbook."""
    sheet = next(iter(handbook_sheets(library, cases_of(library))))
    return "".join(Book(sheet.make(Typesetter(STAMP))).texts)


def test_a_book_of_chosen_disputes(library: Library) -> None:
    """A library of one dispute gives that dispute's book: its guide, its cases, the ways that are for it or for all."""
    chosen = choose(library.reference, library.cards.values(), parse(library.reference, "loans"))
    text = text_of(chosen)
    assert close(library.reference.guides["loans"].lead) in text
    assert close(library.reference.guides["marriage"].lead) not in text
    for card in library.cards.values():
        assert (close(card.title) in text) == (card.dispute == "loans"), card.title
    assert "司法确认" in text
    assert "劳动仲裁委" not in text or "做工的事走哪条路" not in text


def test_a_small_office_has_its_book_too() -> None:
    """Without pathways, papers and formulas the parts that are there are numbered through, and known desks are printed."""
    reference, _ = load_reference(SMALL)
    assert reference
    text = text_of(Library.of(reference, case_store.take(reference, bodies=False).cards))
    assert [f"第{n}编" in text for n in "一二三四五六"] == [True] * 5 + [False]
    assert "东镇人民法庭" in text
    assert "0766-3812345" in text
    assert "由本地填写" in text


def test_without_guides_there_is_no_book(library: Library) -> None:
    """An office that has published no guide gets no empty book."""
    empty = Library(dataclasses.replace(library.reference, guides={}), {})
    assert list(handbook_sheets(empty, cases_of(library))) == []


# ---- colours ----


def test_colours_can_be_read() -> None:
    """Every text colour has a contrast of at least 4.5 on every ground that the book uses."""
    style = (Path(TEMPLATES) / "style.typ").read_text("utf-8")
    colours = {name: tuple(bytes.fromhex(value)) for name, value in re.findall(r'#let (\w+) = rgb\("#(\w{6})"\)', style)}
    assert colours["red"] == RED
    for text in ("ink", "soft", "blue", "red"):
        for ground in ((255, 255, 255), colours["pale"], colours["rose"], colours["sand"]):
            assert contrast_of(ground, colours[text]) >= 4.5, text
