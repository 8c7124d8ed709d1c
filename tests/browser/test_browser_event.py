"""宣传模式 at an event: played by touch alone, by keys alone, left alone, left by people who shouldn't; and measured on every screen."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from browsing import OpenPage, Site, Visits
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from site_pages import DESKTOP, PHONE, TABLET
from test_browser_access import RULES, violations

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from project import REPO
from tingsuo.shuffled import order, paper

pytestmark = pytest.mark.browser

EVENT = "event.html"
KIT, KIT_NAME, QUIZ = "consumer-day", "消费者权益日", "quiz-consumer-day"
SEED = "4821"
BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('blocked', 'SecurityError') }})"
RUN = f"#kit={KIT}&quiz={QUIZ}&n=10&t=15&seed={SEED}"
JUDGED = f"#kit={KIT}&judge=gc-023"
SCREENS = {
    "start": "", "kit": f"#kit={KIT}", "topics": "#see=topics", "settings": "#see=settings", "contents": "#see=list",
    "case": "#case=gc-017", "invented case": "#case=teach-consumer-02", "judge": JUDGED, "chosen": f"{JUDGED}&said=1", "told": f"{JUDGED}&said=1&told=1",
    "quizzes": "#see=quizzes", "setup": f"#quiz={QUIZ}", "question": f"{RUN}&q=1", "answer": f"{RUN}&q=1&a=2", "sheet": f"{RUN}&a=1234123412&see=sheet",
}  # fmt: skip
"""A screen of every kind."""

MEASURE = """() => {
  const root = document.querySelector(".ts-event"), shown = (e) => e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const name = (e) => e.tagName.toLowerCase() + "." + e.className + ": " + e.textContent.trim().slice(0, 16);
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
  const behind = (e) => { for (let at = e; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const texts = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.textContent.trim() || /SCRIPT|TEMPLATE/.test(e.tagName) || !shown(e)) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    texts.push({ name: name(e), size: parseFloat(getComputedStyle(e).fontSize), contrast: (Math.max(a, b) + .05) / (Math.min(a, b) + .05) });
  }
  const targets = [...root.querySelectorAll("button, input, a")].filter(shown);
  const boxes = targets.map((e) => ({ name: name(e), width: e.getBoundingClientRect().width, height: e.getBoundingClientRect().height }));
  const cut = [...targets, ...root.querySelectorAll("h1, h2, p, li")].filter((e) => shown(e) && (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1) && !e.matches(".ts-event__topic")).map(name);
  const screen = root.querySelector("[data-screen]"), chrome = [...document.querySelectorAll(".ts-header, .ts-footer, .ts-bottom, .ts-crumbs, .ts-event-static")].filter(shown).map(name);
  const box = root.getBoundingClientRect();
  return { texts, boxes, cut, chrome, wide: screen.scrollWidth - screen.clientWidth, fills: box.width === innerWidth && box.height === innerHeight };
}"""


def checked(tab: Page) -> None:
    """The screen as it stands: letters of 24px (18pt) and more, contrast 4.5 : 1, targets of 60px, nothing cut off, nothing of the site."""
    found = tab.evaluate(MEASURE)
    assert found["texts"]
    assert [text for text in found["texts"] if text["size"] < 24] == []
    assert [text for text in found["texts"] if text["contrast"] < 4.5] == []
    assert [box for box in found["boxes"] if min(box["width"], box["height"]) < 60] == []
    assert (found["cut"], found["chrome"], found["wide"] > 0, found["fills"]) == ([], [], False, True)


def to(tab: Page, screen: str) -> None:
    """Another screen, as a link leads there."""
    tab.evaluate("hash => { location.hash = hash }", screen or "#")


def heading(tab: Page) -> str:
    """What the screen is headed."""
    return tab.locator(".ts-event h1").inner_text()


def tap(tab: Page, name: str) -> None:
    """A finger on a button."""
    tab.locator(".ts-event button:visible", has_text=name).first.tap()


class Finger:
    """A finger on the glass."""

    def __init__(self, tab: Page) -> None:
        self.session = tab.context.new_cdp_session(tab)

    def _send(self, kind: str, *points: tuple[float, float]) -> None:
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def press(self, x: float, y: float) -> None:
        """Down, and stay."""
        self._send("touchStart", (x, y))

    def move(self, x: float, y: float) -> None:
        """To another place."""
        self._send("touchMove", (x, y))

    def lift(self) -> None:
        """Up."""
        self._send("touchEnd")


def swipe(tab: Page, by: int) -> None:
    """A finger to the left (less than 0) or to the right over the middle of the screen."""
    box = tab.locator("[data-screen]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2 - by / 2, box["y"] + box["height"] / 2
    finger = Finger(tab)
    finger.press(x, y)
    for n in range(1, 6):
        finger.move(x + by * n / 5, y + n)
    finger.lift()


def content(path: str) -> dict[str, Any]:
    """A file of the shipped content."""
    return dict(yaml.safe_load((REPO / path).read_text("utf-8")))


def plain(text: str) -> str:
    """Without blanks, and with the usual sign where a PDF names a radical that looks the same."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def timed(tab: Page) -> Page:
    """The page with a clock that can be put forward."""
    tab.clock.install()
    tab.reload()
    tab.locator(".ts-event h1").wait_for()
    return tab


# ---- the event ----


@pytest.mark.parametrize("size", [TABLET, DESKTOP], ids=["upright", "across"])
def test_an_event_from_start_to_reset_by_touch_alone(open_page: OpenPage, size: tuple[int, int]) -> None:
    """A kit is chosen, a case swiped, a judgment made and explained, ten questions answered to the score sheet; left alone, it is back at the start.

    No network, nothing asked for outside the folder, nothing wrong in the console, every screen measured on the way.
    """
    tab = open_page(EVENT, size, has_touch=True)
    visits = Visits()
    visits.watch(tab.context)
    timed(tab)
    checked(tab)
    tap(tab, "换主题")
    tap(tab, KIT_NAME)
    assert heading(tab) == KIT_NAME
    tap(tab, "看案例")
    kit = content(f"guides/publicity/{KIT}.yaml")
    cases = [content(f"cases/{'sales' if 'sales' in key else 'consumer'}/{key}.yaml") for key in kit["cases"]]
    assert heading(tab) == cases[0]["subtitle"]
    checked(tab)
    swipe(tab, -300)
    expect(tab.locator(".ts-event h1")).to_have_text(cases[1]["subtitle"])
    for text in (*cases[1]["story"], cases[1]["takeaway"]["rule"], cases[1]["takeaway"]["number"], cases[1]["outcome"]["line"]):
        expect(tab.get_by_text(str(text)).first).to_be_attached()
    swipe(tab, 300)
    expect(tab.locator(".ts-event h1")).to_have_text(cases[0]["subtitle"])
    swipe(tab, -30)
    assert heading(tab) == cases[0]["subtitle"]

    tap(tab, "开头")
    tap(tab, "你来当法官")
    played = next(case for case in cases if "judge" in case)
    game = played["judge"]
    answer = int(game["answer"])
    wrong = next(n for n in range(1, len(game["choices"]) + 1) if n != answer)
    assert heading(tab) == game["ask"]
    assert tab.get_by_text(game["why"]).count() == 0
    tap(tab, game["choices"][wrong - 1])
    expect(tab.get_by_text(f"选了第{wrong}个")).to_be_visible()
    checked(tab)
    tap(tab, "揭晓")
    assert heading(tab) == "这回没判对"
    for text in (game["why"], played["outcome"]["line"], re.search(r"第\d+条", str(game["laws"][0]))[0]):  # type: ignore[index]
        expect(tab.get_by_text(text).first).to_be_visible()
    checked(tab)

    tap(tab, "开头")
    tap(tab, "有奖问答")
    tap(tab, "15秒")
    checked(tab)
    tab.locator("#seed").tap()
    tab.locator("#seed").fill(SEED)
    tap(tab, "开始答题")
    questions = content(f"guides/quizzes/{QUIZ}.yaml")["questions"]
    drawn = paper([question["options"] for question in questions], int(SEED))
    right = 0
    for n, (at, options) in enumerate(drawn):
        question = questions[at]
        assert heading(tab) == question["ask"]
        assert tab.locator(".ts-event__answer > span").all_inner_texts() == [question["options"][option] for option in options]
        tab.locator(".ts-event__answer").first.tap()
        ok = options[0] == question["answer"] - 1
        right += ok
        assert heading(tab) == ("答对了" if ok else "这题错了")
        expect(tab.get_by_text(question["explain"])).to_be_attached()
        if n == 0:
            checked(tab)
        tap(tab, "下一题" if n < 9 else "看成绩单")
    assert heading(tab) == f"答对{right}题，共10题"
    assert tab.locator(".ts-event__sheet li").count() == 10
    assert tab.locator(".ts-event__sheet li.is-right").count() == right
    expect(tab.get_by_text(f"卷号{SEED}")).to_be_visible()
    checked(tab)

    tab.clock.run_for(104_000)
    expect(tab.get_by_role("alertdialog")).to_be_hidden()
    tab.clock.run_for(5_000)
    expect(tab.get_by_role("alertdialog", name="还在吗？")).to_be_visible()
    checked(tab)
    tap(tab, "还在")
    assert heading(tab) == f"答对{right}题，共10题"
    tab.clock.run_for(122_000)
    assert heading(tab) == KIT_NAME
    expect(tab.get_by_role("alertdialog")).to_be_hidden()
    tab.clock.run_for(600_000)
    expect(tab.get_by_role("alertdialog")).to_be_hidden()
    assert visits.problems == []
    assert [url for url in visits.requests if not url.startswith("file://")] == []


@pytest.mark.parametrize("size", [TABLET, DESKTOP, PHONE], ids=["upright", "across", "phone"])
def test_every_screen_is_large_and_clear(open_page: OpenPage, size: tuple[int, int]) -> None:
    """Letters, contrast, targets and edges on a screen of every kind, the question about leaving included; by night on the phone."""
    tab = open_page(EVENT, size, "夜间" if size == PHONE else "")
    for screen in SCREENS.values():
        to(tab, screen)
        checked(tab)
    tab.get_by_role("button", name="退出").click()
    checked(tab)


def test_axe_finds_nothing_on_any_screen(open_page: OpenPage) -> None:
    """Zero violations on a screen of every kind, and while it asks whether to leave. (The start by night is in the list of all pages.)"""
    tab = open_page(EVENT, TABLET)
    rules = {"type": "tag", "values": RULES}
    for name, screen in SCREENS.items():
        to(tab, screen)
        assert (name, []) == (name, violations(tab, rules))
    tab.get_by_role("button", name="退出").click()
    assert violations(tab, rules) == []


def test_an_event_by_keys_alone(open_page: OpenPage, site: Site) -> None:
    """A projector: arrows, Space and a clicker's Page keys turn cases, numbers choose, Enter reveals, focus shows, and there is a way out."""
    tab = open_page(f"{EVENT}#kit={KIT}", DESKTOP)
    ring = "e => getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 3"
    tab.keyboard.press("Tab")
    assert tab.locator(":focus").inner_text().startswith("看案例")
    assert tab.locator(":focus").evaluate(ring)
    tab.keyboard.press("Enter")
    first = heading(tab)
    seen = [first]
    for key in ("ArrowRight", "PageDown", "Space"):
        tab.keyboard.press(key)
        seen.append(heading(tab))
    assert len(set(seen)) == 4
    for key in ("PageUp", "ArrowLeft", "PageUp"):
        tab.keyboard.press(key)
    assert heading(tab) == first
    to(tab, JUDGED)
    game = content("cases/consumer/gc-023.yaml")["judge"]
    tab.keyboard.press(str(game["answer"]))
    expect(tab.get_by_text(f"选了第{game['answer']}个")).to_be_visible()
    tab.keyboard.press("Enter")
    assert heading(tab) == "你判对了"
    tab.keyboard.press("PageDown")
    assert heading(tab) != "你判对了"
    tab.keyboard.press("PageDown")
    assert heading(tab).startswith("答案是第")
    to(tab, f"#quiz={QUIZ}&n=5&seed=7&q=1")
    for n in range(5):
        expect(tab.get_by_text(f"第{n + 1}题，共5题")).to_be_visible()
        tab.keyboard.press(str(n % 2 + 1))
        tab.keyboard.press("Enter")
    assert re.fullmatch(r"答对\d题，共5题", heading(tab))
    exit_button = tab.get_by_role("button", name="退出")
    exit_button.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("dialog")).to_be_visible()
    tab.keyboard.press("3")
    expect(tab.get_by_role("dialog")).to_be_hidden()
    exit_button.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.type("1234")
    tab.wait_for_url(site.url("index.html"))


# ---- leaving, staying ----


def test_the_way_out_isnt_hit_by_chance(open_page: OpenPage, site: Site) -> None:
    """A tap only asks, wrong numbers close the question, it goes away by itself; three seconds on the corner, or on Esc, lead to the site."""
    tab = timed(open_page(EVENT, TABLET, has_touch=True))
    corner = tab.get_by_role("button", name="退出").bounding_box()
    assert corner
    x, y = corner["x"] + 30, corner["y"] + 30
    dialog = tab.get_by_role("dialog", name="要退出宣传模式吗？")
    finger = Finger(tab)
    finger.press(x, y)
    tab.clock.run_for(2_500)
    finger.lift()
    dialog.get_by_role("button", name="不退出").tap()
    assert site.page(tab.url) == EVENT
    tap(tab, "退出")
    dialog.get_by_role("button", name="4").tap()
    expect(dialog).to_be_hidden()
    tap(tab, "退出")
    tab.clock.run_for(16_000)
    expect(dialog).to_be_hidden()
    tab.keyboard.down("Escape")
    tab.clock.run_for(2_000)
    tab.keyboard.up("Escape")
    tab.clock.run_for(5_000)
    assert site.page(tab.url) == EVENT
    finger.press(x, y)
    tab.clock.run_for(3_100)
    tab.wait_for_url(site.url("index.html"))
    tab.goto(site.url(EVENT))
    tab.locator(".ts-event h1").wait_for()
    tab.keyboard.down("Escape")
    tab.clock.run_for(3_100)
    tab.wait_for_url(site.url("index.html"))


def test_back_leads_to_the_start_and_no_further(open_page: OpenPage, site: Site) -> None:
    """The tablet's Back goes one screen back; at the start it stays, however often it is pressed. A finished answer can't be given again."""
    tab = open_page("index.html", TABLET, has_touch=True)
    tab.get_by_role("link", name="宣传模式").tap()
    start = heading(tab)
    tap(tab, "看案例")
    first = heading(tab)
    tap(tab, "下一个")
    tab.go_back()
    assert heading(tab) == first
    tab.go_back()
    assert heading(tab) == start
    for _ in range(3):
        tab.go_back()
        assert (site.page(tab.url), heading(tab)) == (EVENT, start)
    to(tab, f"#quiz={QUIZ}&n=5&seed=7&q=1")
    tab.locator(".ts-event__answer").first.tap()
    told = heading(tab)
    tap(tab, "下一题")
    tab.go_back()
    assert heading(tab) == told
    assert tab.locator("button.ts-event__answer").count() == 0
    tab.reload()
    assert heading(tab) == told


@pytest.mark.parametrize(
    ("address", "shows"),
    [
        (f"#kit={KIT}", KIT_NAME),
        (f"#quiz={QUIZ}", "3·15消费维权有奖问答"),
        ("#case=gc-017", "修过的车当新车卖，退车还要加赔"),
        ("#kit=nothing&case=nothing", "遇事先问法，有话慢慢讲"),
        ("#quiz=nothing&q=99", "遇事先问法，有话慢慢讲"),
        (f"#quiz={QUIZ}&n=5&seed=7&q=9", "第1题，共5题"),
        (f"#quiz={QUIZ}&n=5&seed=7&a=99999999&see=sheet", "答对0题，共5题"),
        ("#%3Cscript%3E=1&case=<b>&__proto__=x", "遇事先问法，有话慢慢讲"),
    ],
)
def test_addresses_lead_where_they_say_or_to_the_start(open_page: OpenPage, address: str, shows: str) -> None:
    """Kit, quiz and case can be linked to; what isn't there, doesn't fit or comes from elsewhere leads to something sensible."""
    tab = open_page(EVENT + address, TABLET)
    expect(tab.locator("[data-screen]")).to_contain_text(shows)


def test_how_long_it_waits_can_be_set(open_page: OpenPage) -> None:
    """One minute, or never: the choice is kept on the device and holds."""
    tab = timed(open_page(f"{EVENT}#see=settings", TABLET))
    tab.get_by_role("button", name="1分钟").click()
    to(tab, "#case=gc-017")
    tab.clock.run_for(47_000)
    expect(tab.get_by_role("alertdialog")).to_be_visible()
    tab.keyboard.press("a")
    expect(tab.get_by_role("alertdialog")).to_be_hidden()
    to(tab, "#see=settings")
    tab.get_by_role("button", name="不回").click()
    to(tab, "#case=gc-017")
    tab.reload()
    tab.clock.run_for(3_600_000)
    assert heading(tab) == "修过的车当新车卖，退车还要加赔"


# ---- the quiz ----


def test_tablet_and_paper_draw_the_same(open_page: OpenPage) -> None:
    """The browser's orders are Python's, for 300 numbers, all lengths to 24 and several lanes; so are whole papers of every quiz."""
    tab = open_page(EVENT, PHONE)
    seeds = [*range(1, 200), *range(4_790, 4_850), *range(9_970, 10_000), 65_535, 65_536, 123_456, 999_998, 999_999]
    given = [[seed % 25, seed, seed % 13] for seed in seeds]
    assert tab.evaluate("rows => rows.map(r => tingsuoEventCore.order(r[0], r[1], r[2]))", given) == [order(*row) for row in given]
    found = tab.evaluate(
        """seed => JSON.parse(document.querySelector("[data-definition]").textContent).quizzes.map(quiz => [
          quiz.id, tingsuoEventCore.paper(quiz.questions, seed, 10).map(drawn => [drawn.at, drawn.options])])""",
        int(SEED),
    )
    assert len(found) == len(list((REPO / "guides/quizzes").glob("*.yaml")))
    for key, drawn in found:
        options = [question["options"] for question in content(f"guides/quizzes/{key}.yaml")["questions"]]
        assert [list(row) for row in paper([[str(o) for o in one] for one in options], int(SEED), 10)] == drawn


def test_the_time_for_a_question_runs_out(open_page: OpenPage) -> None:
    """Fifteen seconds are counted down; then the question is wrong, its explanation stands there, and it waits to be moved on."""
    tab = timed(open_page(f"{EVENT}{RUN}&q=1", TABLET))
    tab.clock.run_for(6_000)
    expect(tab.locator(".ts-event__clock")).to_have_text(re.compile("还有[89]秒"))
    tab.clock.run_for(11_000)
    assert heading(tab) == "时间到"
    assert tab.locator(".ts-event__answer.is-right").count() == 1
    tab.clock.run_for(20_000)
    assert heading(tab) == "时间到"


def test_the_days_counts_are_sums_and_can_be_cleared(open_page: OpenPage) -> None:
    """What is kept is sums by day: no name, no order, no time. The question that most got wrong is named; clearing asks once more."""
    tab = open_page(f"{EVENT}#quiz={QUIZ}&n=5&seed=7&q=1", TABLET)
    for n in range(5):
        tab.locator(".ts-event__answer").first.click()
        tab.get_by_role("button", name="下一题" if n < 4 else "看成绩单").click()
    right = int(heading(tab)[2])
    kept = tab.evaluate("Object.fromEntries(Object.entries(localStorage))")
    assert {key.split(":", 1)[1] for key in kept} == {"event:counts"}
    assert re.fullmatch(
        r'\{"\d{4}-\d\d-\d\d":\{"runs":1,"full":\d,"asked":5,"right":\d,"judged":0,"agreed":0,"wrong":\{[a-z0-9:,"/-]*\}\}\}', *kept.values()
    )
    tab.reload()
    to(tab, "#see=settings")
    expect(tab.get_by_text(f"问答1次，满分{int(right == 5)}次；答了5题，对{right}题。")).to_be_visible()
    expect(tab.get_by_text("答错最多的一题：")).to_be_visible()
    tab.get_by_role("button", name="清除今天的数").click()
    expect(tab.get_by_text("答了5题")).to_be_visible()
    tab.get_by_role("button", name="再按一次就清除").click()
    expect(tab.get_by_text("答了0题")).to_be_visible()


def test_the_score_sheet_is_printed(open_page: OpenPage) -> None:
    """On paper: score, number, ten questions with article, edition; no button, nothing of the site, on one or two sheets."""
    tab = open_page(f"{EVENT}{SCREENS['sheet']}", TABLET)
    sheets = PdfReader(io.BytesIO(tab.pdf(format="A4"))).pages
    text = plain("".join(sheet.extract_text() for sheet in sheets))
    assert len(sheets) <= 2
    for wanted in (heading(tab), f"卷号{SEED}", "10．", "消法第55条", "2026年11月版"):
        assert plain(wanted) in text
    for absent in ("退出", "开头", "再来一卷", "查找"):
        assert absent not in text


# ---- what a device may lack ----


def test_without_storage_everything_works_until_the_page_is_left(open_page: OpenPage) -> None:
    """A browser that refuses localStorage: settings and counts hold for the visit, nothing goes wrong."""
    tab = open_page(EVENT, TABLET)
    visits = Visits()
    visits.watch(tab.context)
    tab.context.add_init_script(BLOCKED)
    tab.reload()
    to(tab, "#see=settings")
    tab.get_by_role("button", name="5分钟").click()
    to(tab, JUDGED)
    tab.locator(".ts-event__answer").first.click()
    to(tab, "#see=settings")
    assert tab.get_by_role("button", name="5分钟").get_attribute("aria-pressed") == "true"
    expect(tab.get_by_text("当法官1次")).to_be_visible()
    assert visits.problems == []


def test_without_javascript_there_are_cases_and_a_sentence(open_page: OpenPage) -> None:
    """No dead buttons: the page says what it needs, and every case can be opened."""
    tab = open_page(EVENT, TABLET, java_script_enabled=False)
    expect(tab.get_by_text("宣传模式要用脚本")).to_be_visible()
    assert [button for button in tab.get_by_role("button").all() if button.is_visible()] == []
    links = tab.get_by_role("article").get_by_role("listitem").get_by_role("link")
    assert links.count() > 100
    links.first.click()
    expect(tab.get_by_label("带回家的一句话")).to_be_visible()


VOICE = """(voices) => {
  window.spoken = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    speaking: false, getVoices: () => voices, speak: (u) => spoken.push(u.text), cancel: () => spoken.push("stop"), addEventListener: () => {} } });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""


@pytest.mark.parametrize(
    ("voice", "offered"),
    [
        ({"lang": "zh-CN", "localService": True}, True),
        ({"lang": "zh-CN", "localService": False}, False),
        ({"lang": "en-US", "localService": True}, False),
    ],
)
def test_reading_aloud_is_offered_only_with_a_chinese_voice_of_the_device(open_page: OpenPage, voice: dict[str, Any], offered: bool) -> None:
    """A local Chinese voice reads the screen and every following one until it is muted; a voice that needs the network isn't offered."""
    tab = open_page(f"{EVENT}#case=gc-017", TABLET)
    tab.context.add_init_script(f"({VOICE})([{voice!r}])".replace("True", "true").replace("False", "false"))
    tab.reload()
    button = tab.get_by_role("button", name="朗读")
    assert button.is_visible() == offered
    if not offered:
        return
    checked(tab)
    button.click()
    story = content("cases/consumer/gc-017.yaml")["story"]
    assert set(story) <= set(tab.evaluate("spoken"))
    tab.evaluate("spoken.length = 0")
    tab.get_by_role("button", name="下一个").click()
    assert len(tab.evaluate("spoken")) > 3
    tab.get_by_role("button", name="静音").click()
    tab.evaluate("spoken.length = 0")
    tab.get_by_role("button", name="下一个").click()
    assert set(tab.evaluate("spoken")) == {"stop"}


def test_nothing_moves_for_those_who_want_no_motion(open_page: OpenPage) -> None:
    """With reduced motion set, no animation or transition runs when cases are turned or the corner is held."""
    for setting, moves in (("reduce", False), ("no-preference", True)):
        tab = open_page(f"{EVENT}#case=gc-017", TABLET, reduced_motion=setting)
        tab.get_by_role("button", name="下一个").click()
        assert bool(tab.evaluate("document.getAnimations().length")) == moves
