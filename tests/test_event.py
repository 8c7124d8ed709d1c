"""宣传模式: what is in its page and what never is, and papers that are the same on every device and in print."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from html_page import HtmlPage
from project import LANE, REPO, Project
from tingsuo.pages.event import MOST, embedded, event_recipe, facts
from tingsuo.prepare import Prepared, prepare
from tingsuo.shuffled import order, paper, stays

EVENT = "event.html"
KIT = "guides/publicity/water-day.yaml"
QUIZ = "guides/quizzes/quiz-water.yaml"
JUDGE = "judge: {ask: 石头能不能堆在巷里？, choices: [能, 不能], answer: 2, why: 巷是大家走的。, laws: [民法典第291条]}\n"

KIT_TEXT = "id: water-day\ntitle: 水日活动包：先问后挖\nlead: 三月用。\ndisputes: [neighbours]\nquiz: quiz-water\ncases: [lane]\n"
QUIZ_TEXT = """id: quiz-water
title: 水的问答
lead: 三月用。
disputes: [neighbours]
questions:
- {id: q01, ask: 水往哪边流？, options: [低处, 高处, 以上都对], answer: 1, explain: 顺着流。, laws: [民法典第290条]}
"""


def data_of(page: str) -> dict[str, Any]:
    """The data in a page."""
    found = re.search(r"data-definition>(.*?)</script>", page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@cache
def shipped() -> Prepared:
    """The shipped content, checked."""
    return prepare(REPO, search=False, bodies=False, use_cache=False)


@cache
def shipped_page() -> str:
    """The body of its event page."""
    ready = shipped()
    assert ready.library
    assert ready.store
    return event_recipe(ready.library, b"", ready.store.case, ready.store.digests).make().body


# ---- papers ----


def test_the_same_number_gives_the_same_paper_forever() -> None:
    """Orders as they were when the first paper was printed: whoever changes the drawing voids papers in drawers. The browser is held to the same."""
    assert order(10, 4821) == [5, 2, 4, 0, 1, 7, 6, 8, 9, 3]
    assert order(4, 4821, 1) == [3, 1, 0, 2]
    assert order(10, 1) == [8, 3, 5, 6, 2, 7, 4, 1, 0, 9]
    assert paper([["甲", "乙", "丙", "丁"]] * 12, 4821, 5) == [
        (7, [3, 1, 2, 0]), (1, [0, 1, 3, 2]), (5, [3, 2, 0, 1]), (6, [2, 3, 0, 1]), (3, [2, 0, 1, 3]),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 2, 5, 40])
def test_every_order_is_complete(count: int) -> None:
    """Nothing is lost or doubled, whatever the number; different numbers give different orders."""
    orders = [tuple(order(count, seed)) for seed in (1, 2, 4821, 9999, 999_999)]
    assert {tuple(sorted(one)) for one in orders} == {tuple(range(count))}
    assert len(set(orders)) > 3 or count < 5


def test_no_place_is_preferred() -> None:
    """Over all paper numbers, each of four options comes first about as often (within 4 standard deviations of chance)."""
    firsts = [order(4, seed, lane)[0] for seed in range(1000, 10_000) for lane in (1, 7)]
    expected = len(firsts) / 4
    assert all(abs(firsts.count(n) - expected) < 4 * (expected * 0.75) ** 0.5 for n in range(4))


def test_options_dont_depend_on_how_many_questions_are_asked() -> None:
    """Five questions of a number are the first five of all; an option that speaks of those above it stays below them."""
    options = [["一", "二", "三"], ["一", "以上都对"], ["一", "二"], ["甲", "乙", "丙", "丁"]]
    assert paper(options, 77)[:2] == paper(options, 77, 2)
    assert all(dict(paper(options, seed))[1] == [0, 1] for seed in range(1, 50))
    assert [stays(one) for one in options] == [False, True, False, False]


# ---- what the page holds ----


def test_only_what_is_published_and_for_publicity(project: Project) -> None:
    """The shown cases, the kit and the quiz are in the page. Drafts, withdrawn ones and `poster: false` are nowhere in it."""
    project.write(KIT, KIT_TEXT).write(QUIZ, QUIZ_TEXT).append(LANE, JUDGE).build().exits(0)
    data = data_of(project.read(f"site/{EVENT}"))
    assert {case["id"] for case in data["cases"]} == {"lane", "eaves"}
    assert [(topic["kind"], topic["id"], topic["title"], topic["motto"]) for topic in data["topics"]] == [
        ("kit", "water-day", "水日", "先问后挖"),
        ("dispute", "neighbours", "相邻关系", ""),
    ]
    assert data["topics"][0]["cases"] == ["lane"]
    assert data["topics"][0]["quizzes"] == ["quiz-water"]
    question = data["quizzes"][0]["questions"][0]
    assert (question["answer"], question["stays"], question["laws"][0][0]) == (0, True, "民法典第290条")
    assert "event.html" in project.page("index.html").links
    assert "event.html" in project.page("calendar.html").links
    for name, text in ((KIT, KIT_TEXT), (QUIZ, QUIZ_TEXT)):
        project.write(name, text + "status: 待审\n")
    project.append(LANE, "poster: false\n").build().exits(0)
    page = project.read(f"site/{EVENT}")
    assert [case["id"] for case in data_of(page)["cases"]] == ["eaves"]
    assert data_of(page)["quizzes"] == []
    for text in ("水日", "水的问答", "石头能不能堆在巷里", project.read(LANE).split("subtitle: ")[1].split("\n")[0]):
        assert text not in page


def test_a_changed_story_is_told_anew(project: Project) -> None:
    """The page is made anew when a case that it tells has changed, and kept when none has."""
    project.build().exits(0)
    project.build().exits(0).says("新做 0 页")
    story = data_of(project.read(f"site/{EVENT}"))["cases"][0]
    name = f"cases/neighbours/{story['id']}.yaml"
    project.change(name, story["means"] or story["rule"], "改过的话").build().exits(0)
    assert "改过的话" in project.read(f"site/{EVENT}")


def test_without_scripts_it_is_a_list_of_cases(project: Project) -> None:
    """The page says that it needs scripts, and links every case of the list; a project without cases says so."""
    project.build().exits(0)
    page = project.page(EVENT)
    assert "宣传模式要用脚本" in page.text
    assert {"cases/neighbours/lane.html", "cases/neighbours/eaves.html"} <= set(page.links)
    assert all((project.root / "site" / link.partition("#")[0]).is_file() for link in page.links if not link.startswith(("#", "tel:")))
    for case in (project.root / "cases").glob("*/*.yaml"):
        case.unlink()
    project.build().exits(0)
    assert "还没有可以宣传的案例" in project.page(EVENT).text


def test_a_large_library_stays_small(project: Project) -> None:
    """Of twenty cases of one type the page takes the newest, those with a question first, and any that a kit names."""
    text = project.read(LANE)
    month = re.search(r"^month: .*$", text, re.MULTILINE)
    assert month
    for n in range(1, 21):
        body = text.replace("id: lane", f"id: case-{n:02}").replace(month[0], f"month: {2000 + n}-01")
        project.write(f"cases/neighbours/case-{n:02}.yaml", body + (JUDGE if n == 2 else ""))
    project.remove(LANE).remove("cases/neighbours/eaves.yaml")
    project.write(KIT, KIT_TEXT.replace("[lane]", "[case-01]").replace("quiz: quiz-water\n", "")).build().exits(0)
    ids = [case["id"] for case in data_of(project.read(f"site/{EVENT}"))["cases"]]
    assert len(ids) == MOST + 1
    assert set(ids) == {"case-01", "case-02", *(f"case-{n:02}" for n in range(20, 20 - MOST + 1, -1))}


def test_data_cant_end_its_script() -> None:
    """Whatever a text holds, the script element ends where it should, and the text is as it was."""
    text = '</script><!--<script>&amp;\u2028"\\u003c'
    made = str(embedded({"x": text}))
    assert not set("<>&\u2028") & set(made)
    assert json.loads(made) == {"x": text}


# ---- the shipped content ----


def test_the_shipped_page_fits_old_tablets() -> None:
    """Half a second to load, not ten: the whole body is below 600,000 bytes, and it asks for nothing outside the folder."""
    body = shipped_page()
    assert len(body.encode()) < 600_000
    page = HtmlPage(body)
    fetched = [attrs.get("src") or attrs.get("href", "") for tag, attrs in page.elements if tag in ("script", "link", "img")]
    assert [url for url in fetched if url and not re.fullmatch(r"assets/tingsuo/[a-z-]+\.(?:js|css)", url)] == []


def test_every_topic_has_something_to_show() -> None:
    """Each kit and dispute type has cases, questions for the audience and a quiz; all that they name is in the page."""
    data = data_of(shipped_page())
    cases = {case["id"]: case for case in data["cases"]}
    quizzes = {quiz["id"] for quiz in data["quizzes"]}
    assert {topic["id"] for topic in data["topics"] if topic["kind"] == "kit"} == {path.stem for path in (REPO / "guides/publicity").glob("*.yaml")}
    for topic in data["topics"]:
        assert topic["cases"], topic["id"]
        assert topic["quizzes"], topic["id"]
        assert any("judge" in cases[key] for key in topic["cases"]), topic["id"]
        assert set(topic["quizzes"]) <= quizzes
    assert sum("judge" in case for case in cases.values()) >= 36
    assert sum(len(quiz["questions"]) for quiz in data["quizzes"]) >= 150


def test_every_question_has_one_right_answer_and_an_article() -> None:
    """Answers are among the options, articles have a name; an invented case says so, a retold one names its source."""
    data = data_of(shipped_page())
    for quiz in data["quizzes"]:
        for question in quiz["questions"]:
            assert 0 <= question["answer"] < len(question["options"])
            assert question["laws"]
            assert all(re.search(r"第\d+条", law[0]) for law in question["laws"])
    for case in data["cases"]:
        assert 2 <= len(case["story"]) <= 5
        assert case["source"] == "教学示例（情节虚构）" if case["invented"] else case["source"].startswith(("来源：", "人民调解案例"))
        if "judge" in case:
            assert 1 <= case["judge"]["answer"] <= len(case["judge"]["choices"])
            assert case["judge"]["laws"]


def test_facts_dont_give_the_answer_away() -> None:
    """The end is never among the facts, and from the third sentence on nothing that a court or mediator did."""
    for case in data_of(shipped_page())["cases"]:
        if "judge" in case:
            told = case["judge"]["facts"]
            assert told == case["story"][: len(told)]
            assert len(told) < len(case["story"])
            assert [line for line in told[2:] if re.search("法院|法官|调解|仲裁|一审|二审", line)] == []
    assert facts(["一。", "二。", "三。", "四。", "五。"]) == ["一。", "二。", "三。"]
    assert facts(["一。", "二。", "法院判了。", "四。", "五。"]) == ["一。", "二。"]
    assert facts(["一。", "二。"]) == ["一。"]


def test_the_handbook_page_is_in_the_contents() -> None:
    """Presenters find the page on how to set up a tablet."""
    assert "handbook/event.md" in Path(REPO / "mkdocs.yml").read_text("utf-8")
