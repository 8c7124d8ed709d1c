"""What is printed of a guide, read back from the PDF: leaflet, checklist, pocket card, large print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import pytest

from project import OFFICE, Project
from sheet_reading import POINTS_PER_MM, Printed, contrast
from tingsuo.library import Library
from tingsuo.prepare import prepare
from tingsuo.printing import Cases
from tingsuo.printing.checklist import checklists
from tingsuo.printing.guide_facts import hotlines
from tingsuo.printing.guide_large import large_guides
from tingsuo.printing.leaflet import leaflets
from tingsuo.printing.pocket_card import pocket_cards
from tingsuo.printing.sheet import Sheet
from tingsuo.printing.typeset import TEMPLATES, NotPrintable, Typesetter

READ = ("marriage", "labour")
"""Guides that are read letter by letter, the ones with the most text; all are set."""
WIDE, FLAP = 299 / 3, 297 - 2 * 299 / 3
"""Panels of the leaflet in mm: two wide ones and the one that folds in, 2 mm narrower."""

Made = dict[str, dict[str, tuple[Sheet, Printed]]]


def words(text: str) -> str:
    """A text as `Printed.text` gives it."""
    return "".join(text.split())


def opened(project: Project) -> tuple[Library, Cases]:
    """A project's library and the way to its cases."""
    prepared = prepare(project.root, bodies=False, search=False)
    assert prepared.library
    assert prepared.store
    store = prepared.store
    return prepared.library, lambda card: store.case(card.file)


@pytest.fixture(scope="module")
def library(shipped: Project) -> tuple[Library, Cases]:
    """The shipped content."""
    return opened(shipped)


@pytest.fixture(scope="module")
def made(library: tuple[Library, Cases], typesetter: Typesetter) -> Made:
    """Every sheet of every shipped guide, by kind and guide."""
    content, cases = library
    out: Made = defaultdict(dict)
    for sheets in (leaflets(content, cases), checklists(content), pocket_cards(content), large_guides(content)):
        for sheet in sheets:
            out[sheet.kind][sheet.about[1]] = sheet, Printed(sheet.make(typesetter))
    return out


@pytest.mark.parametrize(
    ("kind", "pages", "size"), [("leaflet", 2, (297, 210)), ("checklist", 2, (210, 297)), ("card", 2, (210, 297)), ("large", 6, (210, 297))]
)
def test_every_guide_has_its_sheets(kind: str, pages: int, size: tuple[int, int], made: Made, library: tuple[Library, Cases]) -> None:
    """Each published guide has one of each kind, in its size, with exactly the pages that it is designed for."""
    assert set(made[kind]) == set(library[0].reference.guides)
    for sheet, printed in made[kind].values():
        assert len(printed) == pages, sheet.path
        assert [printed.size_mm(n) for n in range(pages)] == [size] * pages


def test_sheets_lie_where_people_look(made: Made) -> None:
    """Folders and files have the names that people say."""
    assert [made[kind]["marriage"][0].path for kind in ("leaflet", "checklist", "card", "large")] == [
        "三折页/婚姻家庭.pdf",
        "打勾清单/婚姻家庭.pdf",
        "口袋卡/婚姻家庭.pdf",
        "大字版/婚姻家庭.pdf",
    ]


@pytest.mark.parametrize("kind", ["leaflet", "checklist", "card", "large"])
def test_sheets_are_tagged_and_the_same_twice(kind: str, made: Made, another: Typesetter) -> None:
    """A screen reader finds structure, title and language; the font's used part is inside; made twice the bytes are the same."""
    sheet, printed = made[kind]["marriage"]
    assert printed.data == sheet.make(another)
    assert printed.is_tagged()
    assert printed.fonts_are_inside()


# What each kind must say of a guide, from its data.
SAYS: dict[str, Callable[[Sheet], list[str]]] = {
    "leaflet": lambda s: [
        *s.data["says"], s.data["lead"], *s.data["case"]["story"], s.data["case"]["outcome"], s.data["case"]["rule"], s.data["case"]["source"],
        *(law["text"] for law in s.data["laws"]), *(law["gist"] for law in s.data["laws"]), *s.data["first"],
        *(n["value"] + n["label"] for n in s.data["numbers"]), *(m["truth"] for m in s.data["myths"]), *(line["number"] for line in s.data["lines"]),
    ],
    "checklist": lambda s: [
        *(stop["sign"] for stop in s.data["red"]), *(stop["do"] for stop in s.data["red"]), *(e["ask"] for e in s.data["elements"]),
        *(e["item"] for e in s.data["evidence"]), *s.data["papers"], *(n["when"] for n in s.data["next"]), *(n["do"] for n in s.data["next"]),
        *(due for n in s.data["next"] for due in n["due"]),
    ],
    "card": lambda s: [*(stop["sign"] for stop in s.data["red"]), *(n["label"] for n in s.data["numbers"]), *(line["use"] for line in s.data["lines"])],
    "large": lambda s: [
        s.data["lead"], *s.data["first"], *(stop["sign"] + stop["do"] for stop in s.data["red"]), *(n["label"] for n in s.data["numbers"]),
        *(m["truth"] for m in s.data["myths"]), *(line["use"] for line in s.data["lines"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", list(SAYS))
def test_nothing_of_a_guide_is_lost(kind: str, made: Made) -> None:
    """Every sentence that a sheet is made for stands on it, whole, for every guide."""
    for sheet, printed in made[kind].values():
        told = printed.text()
        assert [text for text in SAYS[kind](sheet) if words(text) not in told] == [], sheet.path


@pytest.mark.parametrize(("kind", "least"), [("leaflet", 9.5), ("checklist", 9), ("card", 8), ("large", 14)])
def test_type_is_large_enough(kind: str, least: float, made: Made) -> None:
    """Nothing is set smaller than its kind allows (14 points is the foot of the large print)."""
    for sheet, printed in made[kind].values():
        sizes = {size for page in range(len(printed)) for size in printed.type_sizes(page)}
        assert min(sizes) >= least, sheet.path


@pytest.mark.parametrize("guide", READ)
@pytest.mark.parametrize(("kind", "margin"), [("leaflet", 6), ("checklist", 8), ("card", 8), ("large", 8)])
def test_no_letter_is_near_the_edge(kind: str, margin: float, guide: str, made: Made) -> None:
    """Every letter keeps a printer's distance from the paper's edge."""
    assert made[kind][guide][1].outside(margin) == []


# ---- leaflet ----


def columns(page: int) -> list[tuple[float, float]]:
    """The panels of a leaflet's side from left to right, as (left, right) in mm."""
    folds = (0.0, FLAP, FLAP + WIDE, 297.0) if page == 0 else (0.0, WIDE, 2 * WIDE, 297.0)
    return list(pairwise(folds))


def panels(printed: Printed, page: int) -> list[str]:
    """What stands in each panel; a letter across a fold or nearer to it than 6 mm is in none and fails."""
    out = ["", "", ""]
    for letter in printed.letters(page):
        left, right = letter.box[0] / POINTS_PER_MM, letter.box[2] / POINTS_PER_MM
        (n,) = [n for n, (from_, to) in enumerate(columns(page)) if from_ + 6 <= left and right <= to - 6]
        out[n] += letter.char
    return out


@pytest.mark.parametrize("guide", READ)
def test_leaflet_panels_are_in_folding_order(guide: str, made: Made) -> None:
    """Outside: flap, back, cover. Inside: case, articles, what to do. No letter crosses a fold."""
    sheet, printed = made["leaflet"][guide]
    flap, back, cover = panels(printed, 0)
    case, laws, doing = panels(printed, 1)
    assert "误解" in flap
    assert "找谁" in back
    assert words(sheet.data["lead"]) in cover
    assert words(sheet.data["case"]["headline"]) in case
    assert laws.count("要旨：") == len(sheet.data["laws"])
    assert words(sheet.data["first"][0]) in doing


def test_leaflet_folds_are_marked_outside_the_text(made: Made) -> None:
    """Marks at both ends of both folds, the flap 2 mm narrower, on both sides at the same fold of the paper."""
    printed = made["leaflet"]["marriage"][1]
    for page, expected in ((0, (FLAP, FLAP + WIDE)), (1, (WIDE, 2 * WIDE))):
        height = printed.document[page].get_size()[1]
        marks = []
        for thing in printed.document[page].get_objects():
            left, bottom, right, top = thing.get_bounds()
            if right - left < 2 and 5 < top - bottom < 15:
                marks.append(((left + right) / 2 / POINTS_PER_MM, bottom > height - 30 or top < 30))
        assert marks
        assert all(at_the_edge for _, at_the_edge in marks)
        assert len(marks) == 4
        for x, _ in marks:
            assert min(abs(x - fold) for fold in expected) < 0.4
    # Turned over, the folds of one side are those of the other.
    assert [round(297 - fold, 6) for fold in (2 * WIDE, WIDE)] == [round(fold, 6) for fold in (FLAP, FLAP + WIDE)]


def test_no_leaflet_panel_is_half_empty(made: Made) -> None:
    """No panel has a bare stripe of more than a seventh of its height."""
    for sheet, printed in made["leaflet"].values():
        for page in (0, 1):
            for left, right in columns(page):
                assert printed.widest_gap(page, (left + 1) / 297, (right - 1) / 297) < 1 / 7, (sheet.path, page, left)


def test_leaflet_tells_a_case_meant_for_publicity(project: Project, typesetter: Typesetter) -> None:
    """A case with poster: false isn't told; with none left the panel shows when to stop instead."""
    library, cases = opened(project)
    (sheet,) = leaflets(library, cases)
    told = sheet.about, sheet.sources[1]
    project.append(told[1], "poster: false\n")
    (second,) = leaflets(*opened(project))
    assert second.sources[1] != told[1]
    project.append(second.sources[1], "poster: false\n")
    (third,) = leaflets(*opened(project))
    assert len(third.sources) == 1
    inside = Printed(third.make(typesetter)).text(1)
    assert "遇到这些，先停下" in inside
    assert words(third.data["red"][0]["sign"]) in inside


def test_leaflet_too_full_is_refused(made: Made, typesetter: Typesetter) -> None:
    """Text is never clipped or set too small: what doesn't fit is refused with a sentence."""
    sheet = made["leaflet"]["marriage"][0]
    with pytest.raises(NotPrintable, match="婚姻家庭折页放不下"):
        typesetter.pdf(sheet.template, {**sheet.data, "first": ["很长的一句话，" * 40] * 6})


# ---- checklist ----


def test_checklist_has_a_box_for_each_line(made: Made) -> None:
    """As many boxes to tick as red stops, questions, pieces of evidence, papers and next steps; must marks where they belong."""
    for sheet, printed in made["checklist"].values():
        data = sheet.data
        assert printed.ticks(0) == len(data["red"]) + len(data["elements"])
        assert printed.ticks(1) == len(data["evidence"]) + len(data["papers"]) + len(data["next"])
        assert printed.text(1).count("必备") == 1 + sum(e["must"] for e in data["evidence"])


def test_checklist_is_full_on_both_sides(made: Made) -> None:
    """Neither side has a bare stripe of more than a twelfth of its height."""
    for sheet, printed in made["checklist"].values():
        assert max(printed.widest_gap(0), printed.widest_gap(1)) < 1 / 12, sheet.path


def test_checklist_gives_no_limitation_that_does_not_hold(made: Made) -> None:
    """Claims for support have no limitation: the general one of the suit's procedure isn't printed beside them; labour's own is."""
    assert "诉讼时效" not in made["checklist"]["support"][1].text()
    assert "诉讼时效" not in made["checklist"]["marriage"][1].text()
    assert "申请劳动仲裁：1年" in made["checklist"]["labour"][1].text()


# ---- pocket card ----


def test_cards_lie_in_their_places(made: Made) -> None:
    """Eight times the same card of 100 × 70 mm, every letter inside its card, front and back in the same places."""
    for guide in READ:
        sheet, printed = made["card"][guide]
        for page in (0, 1):
            cards: dict[tuple[int, int], str] = defaultdict(str)
            for letter in printed.letters(page):
                left, bottom, right, top = (value / POINTS_PER_MM for value in letter.box)
                column, row = int((left - 5) // 100), int((297 - top - 8.5) // 70)
                assert 5 + column * 100 + 3 <= left < right <= 105 + column * 100 - 3, letter
                assert 8.5 + row * 70 + 1.5 <= 297 - top < 297 - bottom <= 78.5 + row * 70 - 1.5, letter
                cards[column, row] += letter.char
            assert sorted(cards) == [(column, row) for column in (0, 1) for row in range(4)]
            assert len(set(cards.values())) == 1
            assert sheet.data["title"] in cards[0, 0]
        boxes = [printed.picture(page, 840).convert("L").point(lambda v: 255 if v < 200 else 0).getbbox() for page in (0, 1)]
        assert boxes[0] == boxes[1]


# ---- whom to call ----


def test_only_numbers_that_help_are_printed(library: tuple[Library, Cases]) -> None:
    """Those for everyone and those that the content of a dispute names: wages have 12333, violence 12338, fires 119."""
    reference = library[0].reference
    numbers = {key: {line["number"] for line in hotlines(reference, guide)} for key, guide in reference.guides.items()}
    assert all({"110", "12345", "12348", "12368"} <= found for found in numbers.values())
    assert "12333" in numbers["labour"]
    assert "12338" in numbers["marriage"]
    assert "119" in numbers["tenancy"]
    assert "122" in numbers["traffic"]
    assert "12315" in numbers["consumer"]
    assert not {"12333", "122", "119", "12315"} & numbers["marriage"]


@pytest.mark.parametrize("kind", ["leaflet", "large"])
def test_codes_say_what_is_printed_beside_them(kind: str, made: Made) -> None:
    """The QR code is read from the rendered page and says what stands beside it, with no network needed."""
    for guide in READ:
        sheet, printed = made[kind][guide]
        page = 0 if kind == "leaflet" else len(printed) - 1
        (said,) = printed.codes(page)
        assert said == sheet.data["qr"]["says"]
        assert words(said) in printed.text(page)
        assert "12348" in said


def test_an_office_fills_in_its_line_and_address(project: Project, typesetter: Typesetter) -> None:
    """Without them there is a blank to write on; with them the contact is printed and the code leads to the guide's page."""
    library, cases = opened(project)
    before = next(leaflets(library, cases))
    assert "由本地填写" in Printed(before.make(typesetter)).text(0)
    project.append(OFFICE, "public_url: https://example.org/fa/\ncontact: 某某司法所，某某镇政府旁\n")
    library, cases = opened(project)
    for sheet, at in ((next(leaflets(library, cases)), 0), (next(large_guides(library)), None)):
        printed = Printed(sheet.make(typesetter))
        page = len(printed) - 1 if at is None else at
        assert printed.codes(page) == ["https://example.org/fa/disputes/neighbours.html"]
        assert "https://example.org/fa/disputes/neighbours.html" in printed.text(page)
        assert "某某司法所，某某镇政府旁" in printed.text(page)
        assert "由本地填写" not in printed.text(page)
    card = Printed(next(pocket_cards(library)).make(typesetter))
    assert card.text(1).count("某某司法所，某某镇政府旁") == 8


# ---- large print, colours ----


def test_large_print_is_large(made: Made) -> None:
    """All but the foot is set in 18 points or more, lines 1.8 em apart, no page with a bare stripe of more than a fifth."""
    for guide in READ:
        sheet, printed = made["large"][guide]
        for page in range(len(printed)):
            assert {size for size in printed.type_sizes(page) if size < 18} == {14.0}
            assert printed.widest_gap(page) < 0.2, (sheet.path, page)
    # Two lines of one sentence: the second of the red stops' first answer.
    sheet, printed = made["large"]["marriage"]
    letters = printed.letters(1)
    text = "".join(letter.char for letter in letters)
    start = text.find(words(sheet.data["red"][1]["do"]))
    bases = sorted({round(letter.box[1]) for letter in letters[start : start + 40] if letter.char in "不见面安排两人"}, reverse=True)
    size = min(size for size in printed.type_sizes(1) if size >= 18)
    line = next(high - low for high, low in pairwise(bases) if high - low > size)
    assert line / size == pytest.approx(1.8, abs=0.12)


def palette() -> dict[str, tuple[int, ...]]:
    """The colours that all templates share."""
    found = re.findall(r'#let ([a-z-]+) = rgb\("#([0-9a-f]{6})"\)', (TEMPLATES / "style.typ").read_text("utf-8"))
    return {"white": (255, 255, 255), **{name: tuple(bytes.fromhex(colour)) for name, colour in found}}


PAIRS = [
    ("ink", "white"), ("ink", "pale"), ("ink", "rose"), ("ink", "sand"), ("soft", "white"), ("soft", "pale"), ("blue", "white"), ("blue", "pale"),
    ("red", "white"), ("red", "rose"), ("white", "blue"), ("white", "red"),
]  # fmt: skip
"""Letters and their ground as the templates of guides and kits use them."""


@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_colours_have_contrast(letters: str, ground: str) -> None:
    """4.5:1 or more for every pair; 7:1 for those of the large print."""
    from PIL import Image

    colours = palette()
    picture = Image.new("RGB", (4, 4), colours[ground])
    picture.paste(colours[letters], (0, 0, 2, 2))
    assert contrast(picture) >= (7 if (letters, ground) in {("ink", "white"), ("blue", "white"), ("red", "white")} else 4.5)


@pytest.mark.parametrize(
    ("kind", "page", "place"),
    [
        ("leaflet", 0, (0.7, 0.1, 0.97, 0.6)),
        ("checklist", 0, (0.07, 0.1, 0.4, 0.3)),
        ("card", 0, (0.04, 0.04, 0.45, 0.07)),
        ("card", 1, (0.04, 0.04, 0.45, 0.07)),
    ],
)
def test_rendered_letters_stand_out(kind: str, page: int, place: tuple[float, ...], made: Made) -> None:
    """Measured on the rendered page: cover, red rows, heads of cards."""
    picture = made[kind]["marriage"][1].picture(page, 1600)
    left, top, right, bottom = place
    part = picture.crop((int(left * picture.width), int(top * picture.height), int(right * picture.width), int(bottom * picture.height)))
    assert contrast(part) >= 4.5
