"""What is printed for an event, read back from the PDF: the quiz with its key, and the papers of each kit."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import replace

import pypdf
import pytest
from fontTools.ttLib import TTCollection

from project import Project
from sheet_reading import Printed
from tingsuo.library import Library
from tingsuo.model.document import Block, Document
from tingsuo.prepare import prepare
from tingsuo.printing.kit_papers import is_notice, kit_papers, label
from tingsuo.printing.quiz_paper import LETTERS, quiz_papers
from tingsuo.printing.sheet import Sheet
from tingsuo.printing.typeset import NotPrintable, Typesetter, font_folder, texts_in
from tingsuo.shuffled import paper

VIOLENCE, CIRCUIT = "end-violence-against-women-day", "travelling-court"
READ = (VIOLENCE, CIRCUIT)
"""Kits that are read letter by letter; all are set."""
POSTERS = {"A3": (297, 420), "A2": (420, 594)}

Made = dict[str, list[tuple[Sheet, Printed]]]


def words(text: str) -> str:
    """A text as `Printed.text` gives it; blanks to fill in are rules, not characters."""
    return "".join(text.replace("_", "").split())


@pytest.fixture(scope="module")
def library(shipped: Project) -> Library:
    """The shipped content."""
    prepared = prepare(shipped.root, bodies=False, search=False)
    assert prepared.library
    return prepared.library


@pytest.fixture(scope="module")
def quizzes(library: Library, typesetter: Typesetter) -> Made:
    """Paper and key of every shipped quiz, by its id."""
    return _made(quiz_papers(library), typesetter)


@pytest.fixture(scope="module")
def kits(library: Library, typesetter: Typesetter) -> Made:
    """Every paper of every shipped kit, by its id."""
    return _made(kit_papers(library), typesetter)


def _made(sheets: object, typesetter: Typesetter) -> Made:
    out: Made = defaultdict(list)
    for sheet in sheets:  # type: ignore[attr-defined]
        out[sheet.about[1]].append((sheet, Printed(sheet.make(typesetter))))
    return out


def named(kits: Made, kit: str, name: str) -> list[tuple[Sheet, Printed]]:
    """A kit's papers whose file name has this in it."""
    return [(sheet, printed) for sheet, printed in kits[kit] if name in sheet.path.rsplit("/", 1)[1]]


# ---- the quiz ----


def test_every_quiz_has_paper_and_key(quizzes: Made, library: Library) -> None:
    """Each published quiz is on whole sheets of A4 (two or four sides), its key on one side, a long one's on two."""
    assert set(quizzes) == set(library.reference.quizzes)
    for key, ((asking, sides), (answers, key_sides)) in quizzes.items():
        quiz = library.reference.quizzes[key]
        assert (asking.path, answers.path) == (f"答题卷/{quiz.title}.pdf", f"答题卷/{quiz.title}-答案.pdf")
        long = len(quiz.questions) > 12
        assert (len(sides), len(key_sides)) == ((4, 2) if long else (2, 1)), asking.path
        assert {sides.size_mm(n) for n in range(len(sides))} == {(210, 297)}


def test_every_right_answer_in_the_key_is_the_quizs(quizzes: Made, library: Library) -> None:
    """For each question of each quiz: the key's letter stands before the option that the content calls right, with why and the article."""
    for key, ((_, asking), (sheet, answers)) in quizzes.items():
        questions = library.reference.quizzes[key].questions
        told, asked = answers.text(), asking.text()
        rows = sheet.data["questions"]
        assert len(rows) == len(questions)
        for n, (row, question) in enumerate(zip(rows, questions, strict=True), 1):
            right = question.options[question.answer - 1]
            assert row["options"][LETTERS.index(row["letter"])] == right
            assert f"{row['letter']}{words(right)}" in asked
            assert f"{n}.{row['letter']}{words(right)}{words(question.explain)}" in told, (sheet.path, n)
            assert words("、".join(row["laws"])) in told
            assert row["laws"]


def test_the_strip_of_letters_is_the_keys(quizzes: Made) -> None:
    """The strip at the top of the key, by which papers are marked, has every number with its letter, in order."""
    for _, (sheet, answers) in quizzes.values():
        strip = "".join(f"{n}{row['letter']}" for n, row in enumerate(sheet.data["questions"], 1))
        assert strip in answers.text(0)


def test_a_paper_asks_everything_and_tells_nothing(quizzes: Made) -> None:
    """Every question with its options in the file's order, a box for each option, no explanation, no name asked."""
    for (sheet, printed), _ in quizzes.values():
        told = printed.text()
        for n, row in enumerate(sheet.data["questions"], 1):
            whole = f"{n}.{words(row['ask'])}" + "".join(f"{LETTERS[i]}{words(option)}" for i, option in enumerate(row["options"]))
            # On one page from the question to its last option.
            assert any(whole in printed.text(page) for page in range(len(printed))), (sheet.path, n)
            assert words(row["explain"]) not in told
        assert printed.ticks() == sum(len(row["options"]) for row in sheet.data["questions"])
        assert "不写姓名、电话和身份证号" in told
        assert "卷号：无（按题库次序）" in told


def test_a_paper_number_gives_the_tablets_order(library: Library, typesetter: Typesetter) -> None:
    """With a number questions and options stand as the tablet draws them; paper and key bear it, in their names too; the key is still right."""
    seed = 2026
    (sheet, key) = list(quiz_papers(library, seed))[:2]
    quiz = library.reference.quizzes[sheet.about[1]]
    assert (sheet.path, key.path) == (f"答题卷/{quiz.title}-卷号{seed}.pdf", f"答题卷/{quiz.title}-卷号{seed}-答案.pdf")
    drawn = paper([question.options for question in quiz.questions], seed)
    rows = sheet.data["questions"]
    assert [row["ask"] for row in rows] == [quiz.questions[at].ask for at, _ in drawn]
    assert [row["ask"] for row in rows] != [question.ask for question in quiz.questions]
    told = Printed(sheet.make(typesetter)).text()
    for row, (at, options) in zip(rows, drawn, strict=True):
        question = quiz.questions[at]
        assert row["options"] == [question.options[n] for n in options]
        assert row["options"][LETTERS.index(row["letter"])] == question.options[question.answer - 1]
        assert words(row["ask"]) + "".join(f"{LETTERS[i]}{words(option)}" for i, option in enumerate(row["options"])) in told
    assert f"卷号：{seed}" in told
    assert f"卷号：{seed}" in Printed(key.make(typesetter)).text()


def test_papers_are_full_and_large(quizzes: Made) -> None:
    """No side has a bare stripe of more than a tenth; questions are in 10 points or more, most in more."""
    for (sheet, printed), (_, answers) in quizzes.values():
        for page in range(len(printed)):
            assert printed.widest_gap(page) < 0.1, (sheet.path, page)
            assert min(printed.type_sizes(page)) >= 9.5
        for page in range(len(answers)):
            assert answers.widest_gap(page) < 0.1, (sheet.path, page)
            assert min(answers.type_sizes(page)) >= 9.5
        if sheet.about[1] in ("quiz-marriage", "quiz-grid-worker"):
            assert printed.outside(margin_mm=8) == []


def test_a_question_too_long_for_paper_is_refused(quizzes: Made, typesetter: Typesetter) -> None:
    """Text is never clipped: what doesn't fit is refused with a sentence."""
    (sheet, _), _ = quizzes["quiz-marriage"]
    long = [{**row, "options": ["很长的一个选项，" * 50] * 4} for row in sheet.data["questions"]]
    with pytest.raises(NotPrintable, match="婚姻家庭有奖问答放不下"):
        typesetter.pdf(sheet.template, {**sheet.data, "questions": long})


# ---- the kits ----


def test_every_kit_has_its_papers(kits: Made, library: Library) -> None:
    """Plan, run sheet, materials and notes on exactly one page each; a long script on both sides of a sheet; posters in A3 and A2."""
    assert set(kits) == set(library.reference.publicity)
    for key, papers in kits.items():
        kit = library.reference.publicity[key]
        names = [sheet.path.removeprefix(f"活动包/{kit.title}/").removesuffix(".pdf") for sheet, _ in papers]
        assert [name for name in names if name[0] in "1236"] == ["1 策划一页纸", "2 流程表", "3 物资清单", "6 雨天、照片、简报"]
        assert sum(name.startswith("4 ") for name in names) == len(kit.scripts)
        assert sum(name.startswith("5 ") for name in names) == 2 * len(kit.posters)
        assert len(set(names)) == len(names)
        for (sheet, printed), name in zip(papers, names, strict=True):
            assert len(printed) == (2 if "180秒" in name else 1), sheet.path
            assert printed.size_mm() == (POSTERS[name[-2:]] if name.startswith("5 ") else (210, 297)), sheet.path


def test_nothing_of_a_kit_is_lost(kits: Made, library: Library) -> None:
    """Every line of plan, run sheet, materials, scripts, rain plan, photographs and brief stands on its paper, whole."""
    for key, kit in library.reference.publicity.items():
        whole = {
            "1 策划": [kit.lead, *(re.sub("^[^：]{1,8}：", "", line) for line in kit.plan)],
            "2 流程": [text for item in kit.run_sheet for text in (item.at, item.do, item.who)],
            "3 物资": [text for supply in kit.supplies for text in (supply.item, supply.count, supply.note or "")],
            "6 雨天": [*kit.rain, *kit.photo, *kit.brief],
        }
        for name, texts in whole.items():
            ((sheet, printed),) = named(kits, key, name)
            told = printed.text()
            assert [text for text in texts if words(text) not in told] == [], sheet.path
        for script, (sheet, printed) in zip(kit.scripts, named(kits, key, "4 广播稿"), strict=True):
            told = printed.text()
            assert [part for part in script.text.split("\n\n") if words(part) not in told] == [], sheet.path


def test_lists_have_a_box_for_each_line(kits: Made, library: Library) -> None:
    """A box to tick for each item of the run sheet and of the materials, for each line of the rain plan and the photographs."""
    for key, kit in library.reference.publicity.items():
        expected = {"2 流程": len(kit.run_sheet), "3 物资": len(kit.supplies), "6 雨天": len(kit.rain) + len(kit.photo)}
        for name, count in expected.items():
            ((sheet, printed),) = named(kits, key, name)
            assert printed.ticks() == count, sheet.path


def test_the_years_theme_is_to_fill_in_or_as_written(library: Library, typesetter: Typesetter) -> None:
    """No theme is invented: a blank to write on, until the office writes it."""
    plan = next(sheet for sheet in kit_papers(library) if sheet.about[1] == VIOLENCE)
    assert "当年官方主题（由本地填写）：" in Printed(plan.make(typesetter)).text()
    given = Printed(typesetter.pdf(plan.template, {**plan.data, "theme": "某年主题"})).text()
    assert "当年官方主题：某年主题" in given
    assert "由本地填写" not in given


@pytest.mark.parametrize("kit", READ)
def test_no_letter_is_near_the_edge(kit: str, kits: Made) -> None:
    """Every letter of a kit's papers keeps a printer's distance from the edge, and none is under 9.5 points; no sheet is half empty."""
    for sheet, printed in kits[kit]:
        poster = "海报" in sheet.path
        assert printed.outside(margin_mm=10 if poster else 8) == [], sheet.path
        for page in range(len(printed)):
            assert min(printed.type_sizes(page)) >= 9.5
            assert printed.widest_gap(page) < 0.17, (sheet.path, page)


def test_scripts_can_be_read_aloud_from(kits: Made) -> None:
    """A minute's script in 20 points or more on one page, three minutes' in 15 or more on both sides of one sheet."""
    for key in kits:
        for sheet, printed in named(kits, key, "4 广播稿"):
            told = sorted(printed.type_sizes(len(printed) - 1))
            assert max(told) >= (20 if len(printed) == 1 else 15), sheet.path


def test_cantonese_is_set_in_hong_kongs_shapes(kits: Made) -> None:
    """Cantonese scripts are set in the face for Hong Kong, others in the one for the mainland, and that face has every character."""
    (file,) = sorted(font_folder().glob("*.ttc"))
    with TTCollection(file, lazy=True) as collection:
        face = next(font for font in collection.fonts if font["name"].getBestFamilyName() == "Noto Sans CJK HK")
        known = set(map(chr, face.getBestCmap())) | set("\n")
    for sheet, printed in named(kits, VIOLENCE, "4 广播稿"):
        names = " ".join(_fonts(printed))
        cantonese = sheet.data["script"]["language"] == "粤语"
        assert ("HK" in names.upper()) == cantonese, names
        if cantonese:
            assert "保護令" in printed.text()
    for key in kits:
        for sheet, _ in named(kits, key, "粤语"):
            assert set("".join(texts_in(sheet.data["script"]))) <= known


def _fonts(printed: Printed) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"])
        for page in pypdf.PdfReader(io.BytesIO(printed.data)).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }


@pytest.mark.parametrize("kit", READ)
def test_posters_say_headline_rule_number_article_and_the_code_the_same(kit: str, kits: Made, library: Library) -> None:
    """One headline, one rule, one number, the articles, and a code that says what stands on the poster, in both sizes."""
    posters = library.reference.publicity[kit].posters
    for number, poster in enumerate(posters, 1):
        for size in POSTERS:
            ((sheet, printed),) = named(kits, kit, f"5 海报{number} {poster.headline} {size}")
            told = printed.text()
            assert words(poster.headline) in told
            assert words(poster.rule) in told
            assert all(words(part) in told for part in (poster.number or "").split("："))
            assert all(law["text"] in told for law in sheet.data["laws"])
            if size == "A3":
                (said,) = printed.codes(wide=1600)
                assert said == sheet.data["qr"]["says"]
                assert poster.headline in said
                assert poster.rule in said


def test_only_papers_that_are_read_hang_on_the_wall(kits: Made) -> None:
    """The visitors' rules are printed for the travelling court, each line of them; papers to fill in are not notices."""
    ((sheet, printed),) = named(kits, CIRCUIT, "7 ")
    assert sheet.path.endswith("7 旁听须知.pdf")
    told = printed.text()
    lines = [item for part in sheet.data["parts"] if part["kind"] == "items" for item in part["items"]]
    assert len(lines) > 8
    assert [line for line in lines if words(line) not in told] == []
    assert named(kits, VIOLENCE, "7 ") == []
    read = Document(id="x", title="须知", order=1, lead="读", stage="其他", body=[Block(items=["安静"])])
    assert is_notice(read)
    assert not is_notice(read.model_copy(update={"body": [Block(sign=["听的人"])]}))
    assert not is_notice(read.model_copy(update={"signed_by": ["听的人"]}))


def test_labels_are_short(library: Library) -> None:
    """What stands small above each paper."""
    assert label(library.reference.publicity[VIOLENCE]) == "反家暴日"
    assert label(library.reference.publicity[CIRCUIT]) == "巡回审判"


@pytest.mark.parametrize("name", ["1 策划", "2 流程", "4 广播稿 粤语180秒", "5 海报1", "6 雨天"])
def test_papers_are_tagged_and_the_same_twice(name: str, kits: Made, another: Typesetter) -> None:
    """A screen reader finds structure, title and language; the font's used part is inside; made twice the bytes are the same."""
    sheet, printed = named(kits, VIOLENCE, name)[0]
    assert printed.data == sheet.make(another)
    assert printed.is_tagged()
    assert printed.fonts_are_inside()


def test_quiz_papers_are_tagged_and_the_same_twice(quizzes: Made, another: Typesetter) -> None:
    """The same for paper and key."""
    for sheet, printed in quizzes["quiz-marriage"]:
        assert printed.data == sheet.make(another)
        assert printed.is_tagged()
        assert printed.fonts_are_inside()


def test_a_plan_too_long_for_a_page_is_refused(kits: Made, typesetter: Typesetter) -> None:
    """One page is one page: what doesn't fit is refused with a sentence."""
    ((sheet, _),) = named(kits, VIOLENCE, "1 策划")
    with pytest.raises(NotPrintable, match="的策划太长，放不下"):
        typesetter.pdf(sheet.template, {**sheet.data, "points": [{"about": "目的", "text": "很长的一句话，" * 60}] * 9})


def test_an_office_with_a_web_address_has_the_kits_page_in_the_code(library: Library) -> None:
    """With public_url the posters' codes lead to the kit's own page; without it they say the poster's words."""
    reference = library.reference
    office = reference.office.model_copy(update={"public_url": "https://example.org/fa/"})
    online = Library.of(replace(reference, office=office), list(library.cards.values()))
    codes = {sheet.about: sheet.data["qr"]["says"] for sheet in kit_papers(online) if "qr" in sheet.data}
    assert codes
    assert {about: f"https://example.org/fa/publicity/{about[1]}.html" for about in codes} == codes
