"""What is printed of a case, read back from the PDF: words, places, codes, contrast."""

from __future__ import annotations

import io
import re
from collections import defaultdict

import pytest
import zxingcpp
from PIL import Image

from project import Project
from sheet_reading import Printed
from tingsuo.prepare import prepare
from tingsuo.printing.case_sheets import case_sheets
from tingsuo.printing.sheet import Sheet
from tingsuo.printing.typeset import NotPrintable, Typesetter, unprintable

SIZES = {"case-sheet": (210, 297), "poster-a3": (297, 420), "poster-a2": (420, 594), "board": (800, 1200), "large": (210, 297)}


@pytest.fixture(scope="module")
def all_sheets(shipped: Project) -> dict[str, list[Sheet]]:
    """Every sheet of every shipped case by kind."""
    prepared = prepare(shipped.root, bodies=False)
    assert prepared.library
    assert prepared.store
    store = prepared.store
    out = defaultdict(list)
    for sheet in case_sheets(prepared.library, lambda card: store.case(card.file)):
        out[sheet.kind].append(sheet)
    return out


def words(text: str) -> str:
    """A text as `Printed.text` gives it."""
    return "".join(text.split())


@pytest.mark.parametrize("kind", sorted(SIZES))
def test_every_case_fits_its_sheet(kind: str, all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """Each published case has this sheet, in its size, with every sentence on it and no letter beyond the margin."""
    sheets = all_sheets[kind]
    assert len(sheets) >= 100
    # Every case is set; every twentieth is read letter by letter, which takes longer than setting it.
    for n, sheet in enumerate(sheets):
        printed = Printed(sheet.make(typesetter))
        assert len(printed) == 1 or (kind == "large" and len(printed) <= 3), sheet.path
        assert printed.size_mm() == SIZES[kind], sheet.path
        if n % 20 == 0:
            assert printed.outside(margin_mm=5) == [], sheet.path
            told = printed.text()
            whole = [sheet.data["headline"], sheet.data["rule"]]
            if kind not in ("poster-a3", "poster-a2"):
                whole += sheet.data["story"]
            assert [text for text in whole if words(text) not in told] == [], sheet.path
            assert "教学示例（情节虚构）" in told or "来源：" in told


@pytest.mark.parametrize("kind", sorted(SIZES))
def test_sheets_are_tagged_and_carry_their_font(kind: str, all_sheets: dict[str, list[Sheet]], typesetter: Typesetter, another: Typesetter) -> None:
    """A screen reader finds structure, title and language; the font's used part is inside; made twice the bytes are the same."""
    sheet = all_sheets[kind][0]
    made = sheet.make(typesetter)
    assert made == sheet.make(another)
    assert Printed(made).is_tagged()
    assert Printed(made).fonts_are_inside()


@pytest.mark.parametrize("kind", ["case-sheet", "poster-a3", "board"])
def test_codes_say_what_stands_beside_them(kind: str, all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """The QR code is read from the rendered page and says the rule, the law and the office, with no network needed."""
    for sheet in all_sheets[kind][::40]:
        (said,) = Printed(sheet.make(typesetter)).codes()
        assert said == sheet.data["qr"]["says"]
        assert sheet.data["rule"] in said
        assert sheet.data["office"] in said


def test_an_office_with_a_web_address_has_it_in_the_code(project: Project, typesetter: Typesetter) -> None:
    """With public_url the code leads to the case's page; the contact line is printed as the office wrote it."""
    project.append("guides/reference/office.yaml", "public_url: https://example.org/fa/\ncontact: 某某司法所，某某镇政府旁\n")
    prepared = prepare(project.root, bodies=False)
    assert prepared.library
    assert prepared.store
    store = prepared.store
    sheet = next(s for s in case_sheets(prepared.library, lambda card: store.case(card.file)) if s.kind == "poster-a3")
    printed = Printed(sheet.make(typesetter))
    assert printed.codes() == [f"https://example.org/fa/cases/neighbours/{sheet.about[1]}.html"]
    assert "某某司法所，某某镇政府旁" in printed.text()
    assert "由本地填写" not in printed.text()


def test_boards_are_readable_at_two_metres(all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """What is told on a board has characters at least 16 mm high, the headline at least 30 mm."""
    for sheet in all_sheets["board"][::30]:
        printed = Printed(sheet.make(typesetter))
        letters = printed.letters()
        text = "".join(letter.char for letter in letters)

        def height(words_: str, letters: list = letters, text: str = text) -> float:
            """The height of a character's box in mm; the tallest of the words, because 一 is flat."""
            at = text.find(re.sub(r"\s", "", words_)[:6])
            assert at >= 0
            return max(letter.box[3] - letter.box[1] for letter in letters[at : at + 6]) * 25.4 / 72

        assert height(sheet.data["headline"]) >= 30
        assert height(sheet.data["story"][0]) >= 16


def test_large_print_is_large(all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """Large print is set in 18 points or more, and its last page isn't nearly empty."""
    for sheet in all_sheets["large"][::12]:
        printed = Printed(sheet.make(typesetter))
        page = printed.document[0]
        sizes = {round(o.get_bounds()[3] - o.get_bounds()[1], 1) for o in page.get_objects() if o.type == 1}
        assert max(sizes) >= 18
        assert printed.half_empty(len(printed) - 1) < 0.62, sheet.path


def test_the_long_image_is_for_telephones(all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """1080 pixels wide, as high as needed, under 400 kB, the same bytes twice, and dark on light."""
    for sheet in all_sheets["long-image"][::50]:
        data = sheet.make(typesetter)
        assert data == sheet.make(typesetter)
        assert len(data) < 400_000
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.format == "PNG"
            assert picture.width == 1080
            assert picture.height > 2000
            assert zxingcpp.read_barcodes(picture.convert("RGB")) == []


@pytest.mark.parametrize("place", [(0, 0, 1, 0.3), (0.05, 0.36, 0.95, 0.54), (0.1, 0.58, 0.6, 0.76), (0.08, 0.84, 0.7, 0.94)])
def test_posters_have_contrast(place: tuple[float, ...], all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """Headline, rule, number and foot stand out from their ground at 4.5:1 or more, measured on the rendered page."""
    from sheet_reading import contrast

    picture = Printed(all_sheets["poster-a3"][0].make(typesetter)).picture(wide=1200)
    left, top, right, bottom = place
    part = picture.crop((int(left * picture.width), int(top * picture.height), int(right * picture.width), int(bottom * picture.height)))
    assert contrast(part) >= 4.5


def test_a_character_that_the_font_lacks_stops_the_sheet(all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """No box is ever printed in a character's place: the sheet is refused, and the sentence names the character."""
    assert unprintable("䓣塘镇🀄") == ["🀄"]
    sheet = all_sheets["poster-a3"][0]
    with pytest.raises(NotPrintable, match="🀄"):
        typesetter.pdf(sheet.template, {**sheet.data, "rule": "打牌🀄"})


def test_a_sheet_that_is_too_full_is_refused(all_sheets: dict[str, list[Sheet]], typesetter: Typesetter) -> None:
    """Text is never clipped: what doesn't fit is refused with a sentence."""
    sheet = all_sheets["board"][0]
    with pytest.raises(NotPrintable, match="太长，放不下，请写短一些"):
        typesetter.pdf(sheet.template, {**sheet.data, "story": ["很长的一句话" * 60] * 5})
