"""Publicity: questions with one right answer, complete kits, days in their order, calendar files, cases to push, the feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from full_content import filled
from html_page import HtmlPage
from project import LANE, OFFICE, REPO, Project
from tingsuo.case_store import CaseStore, take
from tingsuo.library import Library, load_reference
from tingsuo.load import files_of, load
from tingsuo.model import KINDS
from tingsuo.model.base import Citation
from tingsuo.model.case import CaseBase, JudgeGame
from tingsuo.model.publicity import PublicityKit, When
from tingsuo.model.training import Quiz, QuizQuestion
from tingsuo.outputs.calendar_files import calendar
from tingsuo.outputs.feed_files import feed
from tingsuo.pages import push_recipes, recipes
from tingsuo.pages.calendar import lunar_text, next_dates, upcoming, when_text
from tingsuo.pages.kit import by_next_day, kit_page, published_kits
from tingsuo.pages.push import EACH, LONGEST, MONTHS, RANK, Month, days_in, months, topics
from tingsuo.printed import PrintedFile

DAY = date(2026, 11, 23)


def _shipped() -> tuple[Library, CaseStore]:
    reference, _ = load_reference(REPO, DAY)
    assert reference
    store = take(reference, bodies=False)
    return Library.of(reference, store.cards), store


LIBRARY, STORE = _shipped()
REFERENCE = LIBRARY.reference
QUESTIONS = [(quiz, question) for quiz in REFERENCE.quizzes.values() if quiz.published for question in quiz.questions]
KITS = {kit.id: kit for kit in published_kits(REFERENCE)}


def _games() -> list[tuple[str, JudgeGame]]:
    found = []
    for source in files_of(KINDS["case"], REPO):
        case: CaseBase | None = load(source.path, source.name, KINDS["case"])[0]
        if case and case.published and case.judge:
            found.append((case.id, case.judge))
    return found


GAMES = _games()


def in_force(citations: list[Citation]) -> bool:
    """Whether each names an article that exists in the version in force on the day."""
    resolved = [REFERENCE.register.cited(citation, citation.as_of or DAY) for citation in citations]
    return all(rows and all(not r.problem and r.current for r in rows) for rows in resolved)


# ---- questions ----


def test_there_is_enough_to_ask() -> None:
    """At least 150 questions and 36 cases to judge, each with an id of its own."""
    assert len(QUESTIONS) >= 150
    assert len(GAMES) >= 36
    keys = [(quiz.id, question.id) for quiz, question in QUESTIONS]
    assert len(keys) == len(set(keys))


def bare(text: str) -> str:
    """An option without what doesn't tell it from another: marks and spaces."""
    return re.sub(r"[\s，。、；：“”！？]", "", text)


@pytest.mark.parametrize(("quiz", "question"), QUESTIONS, ids=[f"{quiz.id}-{question.id}" for quiz, question in QUESTIONS])
def test_question_has_exactly_one_right_option(quiz: Quiz, question: QuizQuestion) -> None:
    """The answer is one of the options, no two say the same, there is a reason, and each article is in force on the day."""
    assert 1 <= question.answer <= len(question.options)
    assert len(question.options) >= 3
    assert len({bare(option) for option in question.options}) == len(question.options)
    assert len(question.explain) >= 10
    assert question.laws
    assert in_force(question.laws)
    assert not question.case or question.case in LIBRARY.cards


@pytest.mark.parametrize(("name", "game"), GAMES, ids=[name for name, _ in GAMES])
def test_judge_game_has_exactly_one_right_choice(name: str, game: JudgeGame) -> None:
    """The same for 你来当法官."""
    assert 1 <= game.answer <= len(game.choices)
    assert len({bare(choice) for choice in game.choices}) == len(game.choices)
    assert game.why
    assert game.laws
    assert in_force(game.laws)


def test_the_right_answer_cannot_be_guessed() -> None:
    """Neither its place nor its length gives it away: no place holds more than 40 of 100, and it is the longest in fewer than half."""
    places = [question.answer for _, question in QUESTIONS]
    assert max(places.count(place) for place in set(places)) <= 0.4 * len(places)
    longest = [question for _, question in QUESTIONS if max(map(len, question.options)) == len(question.options[question.answer - 1])]
    alone = [question for question in longest if sorted(map(len, question.options))[-2] < len(question.options[question.answer - 1])]
    assert len(alone) < 0.5 * len(QUESTIONS)


# ---- kits ----

PARTS = ("plan", "run_sheet", "supplies", "posters", "scripts", "cases", "documents", "rain", "photo", "brief", "laws", "audience", "disputes")


def complete(kit: PublicityKit) -> bool:
    """Whether nothing that a presenter needs is missing."""
    spoken = {(script.language, script.seconds) for script in kit.scripts}
    return all(getattr(kit, part) for part in PARTS) and {("普通话", 60), ("粤语", 60), ("普通话", 180), ("粤语", 180)} <= spoken


def test_seven_kits_for_their_days_are_complete() -> None:
    """Seven kits have a day, a quiz and every part; the travelling court, which has no day and no quiz, has every other part."""
    dated = [kit for kit in KITS.values() if kit.days and kit.quiz and complete(kit)]
    assert len(dated) >= 7
    assert complete(KITS["travelling-court"])


@pytest.mark.parametrize("kit", KITS.values(), ids=KITS)
def test_kit_is_sound(kit: PublicityKit) -> None:
    """Sign-in, consent and brief are among its papers; posters say one rule and one number with articles in force;
    what it names is published; thirty minutes are filled without a gap in the plan and in the run sheet.
    """  # fmt: skip
    assert {"event-sign-in", "photo-consent", "event-brief"} <= set(kit.documents)
    assert all(REFERENCE.documents[key].published for key in kit.documents)
    assert all(poster.number and poster.laws and in_force(poster.laws) for poster in kit.posters)
    assert in_force(kit.laws)
    assert all(key in LIBRARY.cards for key in kit.cases)
    assert not kit.quiz or REFERENCE.quizzes[kit.quiz].published
    plan = next(line for line in kit.plan if line.startswith("三十分钟"))
    for text in (plan, " ".join(row.at for row in kit.run_sheet)):
        spans = re.findall(r"(\d+)–(\d+)分钟", text)
        assert [end for _, end in spans] == [*(start for start, _ in spans[1:]), "30"]
        assert spans[0][0] == "0"


def test_kits_come_in_the_order_of_their_days() -> None:
    """On 2026-11-23 the day against violence is next, the travelling court, which has no day, last."""
    order = [kit.id for kit in by_next_day(REFERENCE, list(KITS.values()))]
    assert order[:4] == ["end-violence-against-women-day", "traffic-safety-day", "constitution-day", "before-spring-festival"]
    assert order[-1] == "travelling-court"


def test_printed_files_have_their_place() -> None:
    """What was printed for the kit, its quiz, its leaflets and its cases' posters is linked; without any there is no empty heading."""
    kit = KITS["traffic-safety-day"]
    assert "印好的" not in kit_page(replace(LIBRARY, reference=replace(REFERENCE, printed=[])), kit).body
    files = [
        PrintedFile("活动用纸/策划.pdf", "kit", ("publicity", kit.id), "策划一页纸", ""),
        PrintedFile("折页/交通事故.pdf", "leaflet", ("guide", "traffic"), "交通事故折页", ""),
        PrintedFile("折页/劳动.pdf", "leaflet", ("guide", "labour"), "劳动争议折页", ""),
        PrintedFile("海报/24.pdf", "poster-a3", ("case", "gc-024"), "骨头脆不是错", ""),
        PrintedFile("题卷/交通.pdf", "quiz", ("quiz", kit.quiz or ""), "交通题卷", ""),
    ]
    body = HtmlPage(kit_page(replace(LIBRARY, reference=replace(REFERENCE, printed=files)), kit).body)
    assert [unquote(link) for link in body.links if "print/" in link] == [
        "../print/活动用纸/策划.pdf", "../print/题卷/交通.pdf", "../print/折页/交通事故.pdf", "../print/海报/24.pdf",
    ]  # fmt: skip


# ---- days ----


@pytest.mark.parametrize(
    ("when", "day", "expected"),
    [
        ({"day": "12-04"}, "2026-12-04", "2026-12-04 2026-12-04"),
        ({"day": "12-04"}, "2026-12-05", "2027-12-04 2027-12-04"),
        ({"day": "02-29"}, "2027-01-01", "2027-02-28 2027-02-28"),
        ({"month": 5}, "2026-05-31", "2026-05-01 2026-05-31"),
        ({"month": 2}, "2026-11-23", "2027-02-01 2027-02-28"),
        ({"from": "03-01", "to": "03-08"}, "2026-03-05", "2026-03-01 2026-03-08"),
        ({"from": "12-25", "to": "01-05"}, "2027-01-02", "2026-12-25 2027-01-05"),
        ({"from": "12-25", "to": "01-05"}, "2027-01-06", "2027-12-25 2028-01-05"),
        ({"text": "腊月", "dates": ["2027-01-08", "2027-12-28"], "lasts": 29}, "2027-02-05", "2027-01-08 2027-02-05"),
        ({"text": "腊月", "dates": ["2027-01-08", "2027-12-28"], "lasts": 29}, "2027-02-06", "2027-12-28 2028-01-25"),
        ({"lunar": "9-9", "dates": ["2026-10-18"]}, "2026-11-23", ""),
        ({"text": "9月，看通知"}, "2026-11-23", ""),
    ],
)
def test_next_time_of_a_day(when: dict[str, object], day: str, expected: str) -> None:
    """First and last day of what comes next or is under way, over New Year and through February; nothing where nobody knows."""
    span = next_dates(When.model_validate(when), date.fromisoformat(day))
    assert expected == (" ".join(one.isoformat() for one in span) if span else "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9-9", "九月初九"),
        ("1-15", "正月十五"),
        ("12-8", "腊月初八"),
        ("5-20", "五月二十"),
        ("8-21", "八月廿一"),
        ("11-30", "冬月三十"),
        ("腊月", "腊月"),
    ],
)
def test_lunar_day_in_words(text: str, said: str) -> None:
    """As almanacs say it."""
    assert said == lunar_text(text)


@pytest.mark.parametrize("mistake", [{"day": "12-04", "lasts": 3}, {"lasts": 3}])
def test_lasting_needs_a_date(project: Project, mistake: dict[str, object]) -> None:
    """`lasts` without checked dates is refused with its line."""
    entry = {"id": "x-day", "title": "某日", "when": {key: str(value) for key, value in mistake.items()}}
    project.write("guides/reference/calendar.yaml", json.dumps({"days": [entry]}, ensure_ascii=False)).check().exits(1)
    assert [finding["message"] for finding in project.findings] in (["lasts 要和 dates 一起写"], ["没有写时间"])


def test_calendar_page_has_every_day_with_its_words(shipped_pages: dict[str, HtmlPage]) -> None:
    """All days are listed, the known ones in build-day order; the others with words and no date."""
    page = shipped_pages["calendar.html"]
    assert REFERENCE.calendar
    rows = upcoming(LIBRARY, DAY)
    assert [row["item"].title for row in rows] == re.findall("<h2>(.*?)</h2>", page.html)[: len(rows)]
    undated = {day.title for day in REFERENCE.calendar.days} - {row["item"].title for row in rows}
    assert sorted(undated) == sorted(re.findall("<h3>(.*?)</h3>", page.html))
    for day in REFERENCE.calendar.days:
        assert when_text(day.when) in page.text


@pytest.fixture(scope="module")
def shipped_pages() -> dict[str, HtmlPage]:
    """The bodies of the publicity pages."""
    made = (*recipes(LIBRARY, b""), *push_recipes(LIBRARY, STORE, b""))
    own = re.compile("(publicity|quizzes)/|(calendar|push).html")
    return {recipe.url: HtmlPage(recipe.make().body) for recipe in made if own.match(recipe.url)}


def test_pages_are_there_for_what_is_published(shipped_pages: dict[str, HtmlPage]) -> None:
    """A page for each kit and quiz, their lists, the calendar and the cases to push."""
    expected = {"calendar.html", "publicity/index.html", "quizzes/index.html", "push.html"}
    expected |= {f"publicity/{key}.html" for key in KITS} | {f"quizzes/{quiz.id}.html" for quiz in REFERENCE.quizzes.values()}
    assert expected == set(shipped_pages)


@pytest.mark.parametrize("quiz", REFERENCE.quizzes.values(), ids=REFERENCE.quizzes)
def test_quiz_page_says_every_answer_without_scripts(shipped_pages: dict[str, HtmlPage], quiz: Quiz) -> None:
    """Each question, its options, the right one, the reason and the articles are in the page's text."""
    text = shipped_pages[f"quizzes/{quiz.id}.html"].text
    for question in quiz.questions:
        assert question.ask in text
        assert all(option in text for option in question.options)
        assert f"：{question.options[question.answer - 1]}" in text
        assert question.explain in text


@pytest.mark.parametrize("kit", KITS.values(), ids=KITS)
def test_kit_page_says_everything(shipped_pages: dict[str, HtmlPage], kit: PublicityKit) -> None:
    """Plan, run sheet, materials, posters, scripts, rain, photos, brief: every line is on the page."""
    text = re.sub(r"\s", "", shipped_pages[f"publicity/{kit.id}.html"].text)
    lines = [row.do for row in kit.run_sheet] + [supply.item for supply in kit.supplies] + [poster.rule for poster in kit.posters]
    lines += [*kit.rain, *kit.photo, *kit.brief]
    lines += [part for line in kit.plan for part in line.split("：", 1)]
    lines += [piece for script in kit.scripts for piece in re.split("_{3,}", script.text)]
    assert [line for line in lines if re.sub(r"\s", "", line) not in text] == []


def test_drafts_have_no_page(project: Project) -> None:
    """A draft of a quiz and of a kit is nowhere on the site."""
    question = {"id": "q01", "ask": "x", "options": ["甲", "乙"], "answer": "1", "explain": "x", "laws": ["民法典第288条"]}
    quiz = filled("quiz", id="x-quiz", status="草稿", title="题库草稿标题", questions=[question])
    kit = filled("publicity", id="x-kit", status="草稿", title="活动包草稿标题", days=[], cases=[])
    project.write("guides/quizzes/x-quiz.yaml", json.dumps(quiz, ensure_ascii=False))
    project.write("guides/publicity/x-kit.yaml", json.dumps(kit, ensure_ascii=False))
    project.build().exits(0)
    everything = "".join(path.read_text("utf-8") for path in (project.root / "site").rglob("*.*") if path.suffix in (".html", ".js"))
    assert "草稿标题" not in everything
    assert not (project.root / "site" / "quizzes").exists()


# ---- calendar files ----


def events(data: bytes) -> Iterator[dict[str, str]]:
    """The events of a calendar by RFC 5545: lines end in CRLF and have at most 75 bytes, unfolded properties by name."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    found: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found = {}
        elif line == "END:VEVENT":
            yield found
        elif name not in ("BEGIN", "END"):
            found.setdefault(name, value)


def test_all_days_are_in_one_calendar_file() -> None:
    """Every day with a date: at least one event, UIDs unique, whole days, once a year where it falls on the same date, a reminder a week before."""
    assert REFERENCE.calendar
    items = [row["item"] for row in upcoming(LIBRARY, DAY)]
    found = list(events(calendar(REFERENCE, items)))
    assert len({event["UID"] for event in found}) == len(found) >= len(items)
    assert {day.title for day in items} == {event["SUMMARY"].replace("\\", "") for event in found}
    for event in found:
        first, last = event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]
        assert re.fullmatch(r"\d{8}", first)
        assert first < last
        assert event["TRIGGER"] == "-P6DT15H"
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert event.get("RRULE", "FREQ=YEARLY") == "FREQ=YEARLY"
    moving = [event for event in found if "RRULE" not in event]
    assert {event["SUMMARY"] for event in moving} == {day.title for day in items if day.when.dates}
    assert {event["DTSTART;VALUE=DATE"] for event in moving} >= {"20270108", "20271008", "20281026"}


def test_calendar_files_stand_beside_the_kits(project: Project) -> None:
    """A day gets its file and stands in the one with all; what can't be computed has none."""
    days = "days:\n- {id: water-day, title: 水日, when: {day: 03-22}}\n- {id: net-week, title: 网络周, when: {text: 9月}}\n"
    project.write("guides/reference/calendar.yaml", days).build().exits(0)
    folder = project.root / "site" / "publicity"
    assert sorted(path.name for path in folder.iterdir()) == ["all.ics", "water-day.ics"]
    (event,) = events((folder / "water-day.ics").read_bytes())
    assert event["DTSTART;VALUE=DATE"] == "20270322"
    assert event["UID"].startswith("publicity-water-day@")


# ---- cases to push ----


@pytest.fixture(scope="module")
def year() -> list[Month]:
    """What the shipped content pushes."""
    return months(LIBRARY, STORE)


def test_twelve_months_from_the_editions(year: list[Month]) -> None:
    """From the edition's month on, three cases each, none twice, every text short enough."""
    edition = REFERENCE.office.edition.date
    assert len(year) == MONTHS == 12
    assert year[0].key == f"{edition:%Y-%m}"
    assert year[-1].first == date(edition.year + 1, edition.month - 1, 1)
    pushed = [push.card.id for month in year for push in month.pushes]
    assert len(pushed) == len(set(pushed)) == MONTHS * EACH
    for month in year:
        assert len(month.text) <= LONGEST
        assert all(len(push.text) <= LONGEST for push in month.pushes)


def test_pushes_follow_the_rule_on_the_page(year: list[Month]) -> None:
    """A month's cases are of its days' dispute types first; within a type nothing of a higher rank is left behind for a later month."""
    pushed: set[str] = set()
    for month in year:
        wanted = topics(REFERENCE, days_in(REFERENCE, month.first))
        for push in month.pushes:
            left = [card for card in LIBRARY.by_dispute[push.card.dispute] if card.id not in pushed and card.id != push.card.id]
            higher = [card.id for card in left if RANK.index(card.kind) < RANK.index(push.card.kind)]
            # Only what isn't for publicity or doesn't fit the length may be passed over.
            assert [key for key in higher if STORE.case(LIBRARY.cards[key].file).poster] == []
            pushed.add(push.card.id)
        first = [push.card.dispute for push in month.pushes]
        assert first[: len(wanted)] == wanted[: len(first)]


def test_text_to_hand_on_says_what_it_must(year: list[Month]) -> None:
    """Title, the beginning of the story, the outcome, the rule, today's articles in force, the source; a made-up case says that it is."""
    for month in year:
        for push in month.pushes:
            case = push.case
            for part in (case.title, case.story[0], case.outcome.line, case.takeaway.rule):
                assert part in push.text
            assert "来源：" in push.text
            assert ("情节虚构" in push.text) == (case.kind == "教学示例")
            laws = re.search("今天看的法条：(.*)", push.text)
            if laws:
                assert in_force([Citation(cite=law) for law in laws[1].split("、")])


def test_month_text_names_days_and_rules(year: list[Month]) -> None:
    """A text of the month names its next publicity days and the rule of each case."""
    december = next(month for month in year if month.first.month == 12)
    assert "国家宪法日（12月4日）" in december.text
    assert "春节前返乡潮、根治欠薪冬季行动、中国人民警察节（1月10日）" in year[2].text
    assert all(push.case.takeaway.rule in december.text for push in december.pushes)
    assert "12348" in december.text


def test_a_case_that_is_not_for_publicity_is_not_pushed(project: Project) -> None:
    """`poster: false` keeps a case out of the page and the feed; the other one is still there."""
    project.build().exits(0)
    before = project.page("push.html").text
    title = re.search("^title: (.*)$", project.read(LANE), re.MULTILINE)
    assert title
    assert title[1] in before
    project.append(LANE, "poster: false\n").build().exits(0)
    assert title[1] not in project.page("push.html").text
    assert title[1] not in project.read("site/push.xml")


def test_changed_story_changes_the_text(project: Project) -> None:
    """A sentence of the story isn't on any card, and still the page and the feed are made anew when it changes."""
    project.build().exits(0)
    story = re.search(r"^story: ?\[?\n?- ?(.*)$|^story: \[([^,\]]+)", project.read(LANE), re.MULTILINE)
    assert story
    old = (story[1] or story[2]).strip()
    assert old in project.page("push.html").text
    project.change(LANE, old, old.rstrip("。") + "，改过了。").build().exits(0)
    assert "改过了" in project.page("push.html").text
    assert "改过了" in project.read("site/push.xml")


# ---- the feed ----

ATOM = "{http://www.w3.org/2005/Atom}"


def test_feed_is_atom_without_an_address_of_its_own(year: list[Month]) -> None:
    """Required elements, tag URIs each once, dates with a zone, links relative to the site; the same content gives the same bytes."""
    data = feed(LIBRARY, STORE)
    assert data == feed(LIBRARY, STORE)
    root = ElementTree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    ids = [element.text or "" for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"tag:[a-z0-9-]+,2026:push(/\d{4}-\d{2}/[a-z0-9-]+)?", one) for one in ids)
    moment = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00")
    for parent in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert (parent.findtext(f"{ATOM}{name}") or "").strip(), name
        assert moment.fullmatch(parent.findtext(f"{ATOM}updated") or "")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == REFERENCE.office.name
    links = [element.get("href", "") for element in root.iter(f"{ATOM}link")]
    assert all(not re.match(r"[a-z]+:|/", link) for link in links)
    cases = [element.get("href") for entry in root.iter(f"{ATOM}entry") for element in entry.iter(f"{ATOM}link")]
    assert cases == [push.card.url for month in year for push in month.pushes]
    assert [entry.findtext(f"{ATOM}content") for entry in root.iter(f"{ATOM}entry")] == [push.text for month in year for push in month.pushes]


def test_hostile_words_stay_text_in_the_feed(project: Project) -> None:
    """Markup in a case and in the office's name comes out of the parser as it was typed."""
    title = re.search("^title: (.*)$", project.read(LANE), re.MULTILINE)
    assert title
    hostile = f'{title[1]}<b>&amp;"]]>'
    project.change(LANE, title[0], f"title: {json.dumps(hostile, ensure_ascii=False)}")
    name = re.search("^name: (.*)$", project.read(OFFICE), re.MULTILINE)
    assert name
    project.change(OFFICE, name[0], 'name: "<法院>&司法局"').build().exits(0)
    root = ElementTree.fromstring(project.read("site/push.xml"))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "<法院>&司法局"
    assert any(hostile in (content.text or "") for content in root.iter(f"{ATOM}content"))


# ---- checks ----

DAYS = "days:\n- {id: water-day, title: 水日, when: {day: 03-22}, kit: x-kit}\n- {id: tree-day, title: 树日, when: {day: 03-12}}\n"


def kit_file(**own: object) -> str:
    """A sound kit for the small project."""
    script = {"title": "稿", "language": "普通话", "seconds": "60", "text": "各位乡亲。"}
    return json.dumps({"id": "x-kit", "title": "活动包", "lead": "用。", "days": ["water-day"], "scripts": [script], **own}, ensure_ascii=False)


def said(project: Project) -> list[tuple[str, str]]:
    """(code, message) of each finding."""
    project.check()
    assert all(finding["hint"] and finding["line"] for finding in project.findings)
    return [(finding["code"], finding["message"]) for finding in project.findings]


def test_days_and_kits_that_do_not_name_each_other_are_said(project: Project) -> None:
    """A day whose kit wasn't made for it, and a kit whose day doesn't know it; nothing when they agree."""
    project.write("guides/reference/calendar.yaml", DAYS).write("guides/publicity/x-kit.yaml", kit_file())
    assert said(project) == []
    project.write("guides/publicity/x-kit.yaml", kit_file(days=["tree-day"]))
    assert sorted(said(project)) == [
        ("kit-day", "普法日历的节点“tree-day”没有写这个活动包“x-kit”"),
        ("kit-day", "活动包“x-kit”没有写这个节点“water-day”"),
    ]


def test_script_too_long_for_its_seconds_is_said(project: Project) -> None:
    """331 characters can't be read in a minute, 330 can."""
    project.write("guides/reference/calendar.yaml", DAYS)
    for length, expected in ((330, []), (331, [("script-long", "稿子有331字，60秒念不完")])):
        script = {"title": "稿", "language": "普通话", "seconds": "60", "text": "字" * length}
        project.write("guides/publicity/x-kit.yaml", kit_file(scripts=[script]))
        assert expected == said(project)


def test_every_script_of_the_shipped_kits_can_be_read_in_its_time() -> None:
    """Three to five characters a second, as announcers read."""
    for kit in KITS.values():
        for script in kit.scripts:
            pace = len(re.sub(r"[\s_]", "", script.text)) / script.seconds
            assert 2.5 <= pace <= 5.0, (kit.id, script.title, pace)
