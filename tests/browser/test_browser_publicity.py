"""Publicity in Chromium, from file://: a quiz by mouse and by keys, a kit's ticks, lines and sheets, the calendar on any day, files to keep."""

from __future__ import annotations

import datetime
import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browsing import Look, OpenPage, Site
from playwright.sync_api import Locator, Page, expect
from site_pages import DESKTOP, PHONE, TABLET
from test_browser_access import RULES, violations

from project import REPO
from tingsuo.library import Library, load_reference
from tingsuo.pages.calendar import upcoming

pytestmark = pytest.mark.browser

KIT = "publicity/end-violence-against-women-day.html"
QUIZ = "quizzes/quiz-loans.html"


def on(tab: Page, day: str) -> Page:
    """The page as the device shows it on a day."""
    tab.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T09:00:00"))
    tab.reload()
    return tab


# ---- the quiz ----


def question(tab: Page, number: int) -> Locator:
    """A question with all that belongs to it."""
    return tab.locator(".ts-q").nth(number - 1)


def test_quiz_answers_at_once_by_mouse(open_page: OpenPage) -> None:
    """A wrong option says so in words and icon and shows the right one, the reason, the article and the case; the first answer counts."""
    tab = open_page(QUIZ, PHONE)
    first = question(tab, 1)
    expect(first.get_by_text("利息不能先从本金里扣")).to_be_hidden()
    first.get_by_role("button", name="五万元，借条写多少就算多少").click()
    expect(first.get_by_role("status")).to_have_text("答错了，答案是 B。")
    expect(first.get_by_role("status").locator("svg")).to_be_visible()
    expect(first.get_by_role("button", name=re.compile("五万元，借条.*你选的，错"))).to_be_visible()
    expect(first.get_by_role("button", name=re.compile("四万八千元.*答案"))).to_be_visible()
    expect(first.get_by_text("利息不能先从本金里扣")).to_be_visible()
    expect(first.get_by_role("link", name="民法典第670条")).to_be_visible()
    expect(first.get_by_role("link", name="扣掉的手续费不算本金")).to_be_visible()
    first.get_by_role("button", name=re.compile("四万八千元")).click(force=True)
    expect(first.get_by_role("status")).to_have_text("答错了，答案是 B。")
    expect(tab.get_by_role("region", name="得分").get_by_role("status")).to_have_text("答了 1 题，答对 0 题，还有 11 题。")


def test_quiz_is_answered_with_the_keyboard_and_scored(open_page: OpenPage) -> None:
    """Tab and Enter answer all twelve questions; the score is right, leads to what was wrong, and 重新答 starts anew."""
    tab = open_page(QUIZ)
    right = [int(str(one.get_attribute("data-answer"))) for one in tab.locator(".ts-q").all()]
    for number, answer in enumerate(right, 1):
        # The second question is answered wrongly.
        chosen = answer % 4 + 1 if number == 2 else answer
        question(tab, number).get_by_role("button").first.focus()
        for _ in range(chosen - 1):
            tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        expect(question(tab, number).get_by_role("status")).to_contain_text("答错了" if number == 2 else "答对了")
    score = tab.get_by_role("region", name="得分")
    expect(score.get_by_role("status")).to_have_text("共 12 题，答对 11 题。错的再看一遍：")
    score.get_by_role("link", name="第2题").click()
    expect(question(tab, 2)).to_be_in_viewport()
    score.get_by_role("button", name="重新答").click()
    expect(tab.locator(".ts-q").get_by_text("答对了")).to_have_count(0)
    expect(score.get_by_role("status")).to_have_text("答了 0 题，答对 0 题，还有 12 题。")
    expect(question(tab, 1).get_by_role("button").first).to_be_focused()


def test_answers_are_gone_with_the_page(open_page: OpenPage) -> None:
    """Nothing of what was answered is kept on the device."""
    tab = open_page(QUIZ, PHONE)
    question(tab, 1).get_by_role("button").first.click()
    assert tab.evaluate("Object.keys(localStorage).length") == 0
    tab.reload()
    expect(tab.get_by_text("答错了")).to_have_count(0)


def test_quiz_is_whole_without_javascript(open_page: OpenPage) -> None:
    """Questions and options are there; the answer unfolds with its reason; no dead button, no empty score."""
    tab = open_page(QUIZ, PHONE, java_script_enabled=False)
    first = question(tab, 1)
    expect(first.get_by_role("listitem").filter(has_text="四万九千元")).to_be_visible()
    expect(first.get_by_text("利息不能先从本金里扣")).to_be_hidden()
    first.get_by_text("看答案").click()
    expect(first.get_by_text("答案是 B：四万八千元，按实际到手的算")).to_be_visible()
    expect(first.get_by_text("利息不能先从本金里扣")).to_be_visible()
    expect(tab.get_by_role("article").get_by_role("button")).to_have_count(0)
    expect(tab.get_by_role("heading", name="得分")).to_be_hidden()


def paper(tab: Page, path: Path, sheets: str = "") -> list[str]:
    """The words of each sheet that would be printed now, or of some, without spaces."""
    tab.pdf(path=path, prefer_css_page_size=True, page_ranges=sheets)
    words = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return [re.sub(r"\s", "", sheet) for sheet in words.split("\f")[:-1]]


def test_quiz_on_paper_keeps_the_key_on_a_sheet_of_its_own(open_page: OpenPage, tmp_path: Path) -> None:
    """Questions without an answer beside them, then the key alone."""
    sheets = paper(open_page(QUIZ), tmp_path / "quiz.pdf")
    assert "利息不能先从本金里扣" not in "".join(sheets)
    assert [("答案：" in sheet) for sheet in sheets] == [False] * (len(sheets) - 1) + [True]
    assert "1.B7.B" in sheets[-1]


# ---- kits ----


def test_materials_are_ticked(open_page: OpenPage) -> None:
    """Ticked by their words, counted, there after a reload, saved as text with the count of each."""
    tab = open_page(KIT, PHONE)
    section = tab.get_by_role("region", name="物资清单")
    section.get_by_text("移动音箱和话筒").click()
    expect(section.get_by_role("status")).to_have_text("已勾 1 / 13")
    tab.reload()
    expect(section.get_by_role("checkbox", name="移动音箱和话筒")).to_be_checked()
    with tab.expect_download() as waiting:
        section.get_by_role("button", name="存成文字").click()
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    assert "☑ 移动音箱和话筒 1套" in text
    assert "☐ 口袋卡 200张" in text


def test_lines_are_filled_in_and_go_into_the_text(open_page: OpenPage) -> None:
    """A place written on a script's line is plain text, there after a reload, and in the text that is saved; other lines stay lines."""
    tab = open_page(KIT, PHONE)
    script = tab.get_by_role("group", name="六十秒：怕挨打，可以申请保护令")
    line = script.get_by_role("textbox", name="由本地填写：今天我们在…")
    line.click()
    tab.keyboard.type("文化<b>广场")
    tab.keyboard.press("Enter")
    tab.reload()
    expect(line).to_have_text("文化<b>广场")
    with tab.expect_download() as waiting:
        script.get_by_role("button", name="存成文字").click()
    assert waiting.value.suggested_filename == "六十秒：怕挨打，可以申请保护令.txt"
    text = Path(waiting.value.path()).read_text("utf-8-sig")
    assert "今天我们在文化<b>广场，有房间关门单独讲。" in text
    assert "\n\n" not in text.replace("\r", "")
    long = tab.get_by_role("group", name="一百八十秒：保护令怎样申请，旁人怎样帮")
    with tab.expect_download() as waiting:
        long.get_by_role("button", name="存成文字").click()
    assert "今天我们在____，" in Path(waiting.value.path()).read_text("utf-8-sig")


def test_text_is_copied(open_page: OpenPage) -> None:
    """复制 puts the words on the clipboard and says so; where the browser has no clipboard for the page, it copies what it selects."""
    tab = open_page(KIT, PHONE, permissions=["clipboard-read", "clipboard-write"])
    script = tab.get_by_role("group", name="六十秒：驚畀人打，可以申請保護令")
    script.get_by_role("button", name="复制").click()
    expect(script.get_by_role("status")).to_have_text("已复制")
    assert tab.evaluate("navigator.clipboard.readText()").startswith("各位街坊，今日講件屋企嘅事。\n有人畀屋企人打")
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    other = tab.get_by_role("group", name="六十秒：怕挨打，可以申请保护令")
    other.get_by_role("button", name="复制").click()
    expect(other.get_by_role("status")).to_have_text("已复制")


def test_cantonese_is_marked_as_such(look: Look) -> None:
    """Screen readers and fonts know which text is Cantonese in Traditional characters."""
    tab = look(KIT, DESKTOP)
    assert tab.locator(".ts-script__text[lang=yue-Hant]").count() == 2
    assert tab.locator("h3[lang=yue-Hant]").count() == 2


def test_kit_leads_on(open_page: OpenPage, site: Site) -> None:
    """From home to the kit of the next day, on to its quiz, a paper, a leaflet, and to the event with the kit named."""
    tab = open_page("index.html", PHONE)
    tab.get_by_role("article").get_by_role("link", name=re.compile("^我要宣传")).click()
    tab.get_by_role("article").get_by_role("link", name="反家暴日活动包：人身安全保护令").click()
    assert site.page(tab.url) == KIT
    expect(tab.get_by_role("link", name="打开宣传模式")).to_have_attribute("href", "../event.html#kit=end-violence-against-women-day")
    expect(tab.get_by_role("region", name="海报和折页").get_by_role("link", name="婚姻家庭")).to_be_visible()
    expect(tab.get_by_role("region", name="表格").get_by_role("link", name="人身安全保护令申请书")).to_be_visible()
    tab.get_by_role("region", name="案例和答题").get_by_role("link", name=re.compile("有奖问答 10题")).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("反家暴和人身安全保护令有奖问答")
    expect(tab.get_by_role("link", name="在宣传模式答题")).to_have_attribute("href", re.compile(r"event\.html#quiz=quiz-end-violence"))


def test_plan_is_one_sheet(open_page: OpenPage, tmp_path: Path) -> None:
    """On paper even the longest plan is the first sheet, the run sheet begins the second; alone, the plan is one sheet and nothing else."""
    reference, _ = load_reference(REPO, datetime.date(2026, 11, 23))
    assert reference
    longest = sorted(reference.publicity.values(), key=lambda kit: -sum(map(len, kit.plan)))
    tab = open_page(KIT)
    for kit in longest[:2]:
        tab.goto(tab.url.rpartition("/")[0] + f"/{kit.id}.html")
        sheets = paper(tab, tmp_path / "kit.pdf", "1-2")
        assert sheets[0].count("一页策划") == 1
        assert "流程表" not in sheets[0]
        assert sheets[1].startswith("流程表")
    tab.evaluate("window.print = () => { window.printed = document.documentElement.className }")
    tab.get_by_role("region", name="一页策划").get_by_role("button", name="只打印这一部分").click()
    assert "ts-one-sheet" in tab.evaluate("window.printed")
    (alone,) = paper(tab, tmp_path / "plan.pdf")
    assert "一页策划" in alone
    for other in ("流程表", "广播稿", "打开宣传模式", "本页内容"):
        assert other not in alone
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(tab.get_by_role("region", name="流程表")).to_be_visible()
    assert "ts-one-sheet" not in tab.evaluate("document.documentElement.className")


def test_kit_is_whole_without_javascript(open_page: OpenPage) -> None:
    """Plan, run sheet, a list to tick, texts: all there, nothing offers what doesn't work."""
    tab = open_page(KIT, PHONE, java_script_enabled=False)
    expect(tab.get_by_role("region", name="流程表").get_by_role("row")).to_have_count(16)
    expect(tab.get_by_role("checkbox")).to_have_count(13)
    expect(tab.get_by_text("人身安全保護令").first).to_be_visible()
    expect(tab.get_by_role("article").get_by_role("button")).to_have_count(0)


# ---- the calendar ----


def titles(tab: Page) -> list[str]:
    """The days in the order in which they stand, known ones first."""
    return tab.locator(".ts-days[data-days] h2").all_inner_texts()


def test_calendar_stands_in_the_order_of_the_devices_day(open_page: OpenPage) -> None:
    """On any day the page has the order that a build on that day would have, month, span and lunar days included."""
    reference, _ = load_reference(REPO, datetime.date(2026, 11, 23))
    assert reference
    library, tab = Library.of(reference, []), open_page("calendar.html")
    for day in ("2026-11-24", "2026-12-31", "2027-01-20", "2027-05-15", "2028-02-29", "2028-09-23"):
        today = datetime.date.fromisoformat(day)
        rows = upcoming(library, today)
        assert [row["item"].title for row in rows] == titles(on(tab, day))[: len(rows)]
        shown = tab.locator(".ts-days[data-days] > li").all_inner_texts()
        for row, text in zip(rows, shown, strict=False):
            left = (datetime.date.fromisoformat(row["first"]) - today).days
            assert ("正在进行" if left <= 0 else "明天" if left == 1 else f"还有{left}天") in text


def test_lunar_days_know_their_date_or_say_that_they_don_t(open_page: OpenPage) -> None:
    """The Double Ninth is said with the year's date; after the last checked date it says that somebody must check, and stands last."""
    tab = on(open_page("calendar.html"), "2027-09-01")
    row = tab.locator(".ts-days > li").filter(has_text="老年节（重阳节）")
    expect(row).to_contain_text("农历九月初九")
    expect(row).to_contain_text("2027年10月8日")
    expect(row).to_contain_text("还有37天")
    tab = on(tab, "2030-01-01")
    expect(row).to_contain_text("今年的日子由本地核对")
    assert "老年节（重阳节）和敬老月" in titles(tab)[-2:]


def test_calendar_without_javascript(open_page: OpenPage) -> None:
    """In the order of the build's day, with words for the days that nobody can compute, and no countdown that would be wrong tomorrow."""
    tab = open_page("calendar.html", PHONE, java_script_enabled=False)
    assert titles(tab)[:3] == ["国际消除对妇女的暴力日", "全国交通安全日", "国家宪法日"]
    expect(tab.get_by_text("9月，起止日看当年通知")).to_be_visible()
    expect(tab.get_by_text(re.compile("还有.*天$"))).to_have_count(0)


def test_home_shows_the_next_four_on_any_day(open_page: OpenPage) -> None:
    """Months after the build the home page shows the four days that come then."""
    tab = on(open_page("index.html", PHONE), "2027-03-01")
    rows = tab.locator(".ts-coming > li:visible")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("国际妇女节")
    expect(rows.first).to_contain_text("正在进行")
    expect(rows.nth(1)).to_contain_text("国际消费者权益日")
    expect(rows.nth(1).get_by_role("link")).to_have_attribute("href", "publicity/consumer-day.html")


def test_kits_follow_the_device_too(open_page: OpenPage) -> None:
    """The kit of the next day stands first; the one for any day last."""
    tab = on(open_page("publicity/index.html", TABLET), "2027-04-01")
    rows = tab.locator(".ts-kits > li")
    expect(rows.first).to_contain_text("民法典宣传月活动包")
    expect(rows.first).to_contain_text("还有30天")
    expect(rows.last).to_contain_text("巡回审判活动包")


def test_calendar_files_are_taken_along(open_page: OpenPage) -> None:
    """存进日历 hands over a calendar file: CRLF, whole days, unique UIDs; one day or all."""
    tab = open_page("calendar.html", PHONE)
    for name, least in (("^存进日历 ?：国家宪法日$", 1), ("^全部存进日历$", 28)):
        with tab.expect_download() as waiting:
            tab.get_by_role("article").get_by_role("link", name=re.compile(name)).click()
        assert waiting.value.suggested_filename.endswith(".ics")
        data = Path(waiting.value.path()).read_bytes()
        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        uids = re.findall(rb"^UID:(.*)\r$", data, re.MULTILINE)
        assert len(uids) == len(set(uids)) >= least
        assert len(re.findall(rb"^DTSTART;VALUE=DATE:\d{8}\r$", data, re.MULTILINE)) == len(uids)


# ---- cases to push ----


def test_this_months_cases_stand_first(open_page: OpenPage) -> None:
    """On the device's day the month stands first with a way to it; past the last month the page says that it is out of date."""
    tab = on(open_page("push.html", PHONE), "2027-03-10")
    expect(tab.get_by_role("link", name="这个月：2027年3月")).to_be_visible()
    expect(tab.get_by_role("article").get_by_role("heading", level=2).first).to_have_text("2027年3月")
    expect(on(tab, "2028-01-01").get_by_text("这一版排到2027年10月")).to_be_visible()


def test_text_of_a_case_is_taken_along(open_page: OpenPage) -> None:
    """存成文字 saves what stands there: title, story, outcome, rule, articles, source."""
    tab = open_page("push.html", PHONE)
    text = tab.get_by_role("group", name="离婚前把存款转走，分钱时要少分").or_(tab.locator("[data-text]").nth(1)).first
    with tab.expect_download() as waiting:
        text.get_by_role("button", name="存成文字").click()
    lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0].endswith("案")
    assert lines[2].startswith("结果：")
    assert lines[-1].startswith("来源：")


def test_feed_is_atom_and_its_links_lead_to_pages(site: Site) -> None:
    """The file beside the page parses; every entry leads to a page of the site."""
    root = ElementTree.fromstring((site.root / "push.xml").read_bytes())
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    links = [link.get("href", "") for link in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert len(links) == 38
    assert [link for link in links if not (site.root / link).is_file()] == []


# ---- for everyone ----


def test_axe_finds_nothing_in_an_answered_quiz_and_a_filled_kit(open_page: OpenPage) -> None:
    """Zero violations with an option right, one wrong, a line filled in, a text copied; by night on a phone too."""
    rules = {"type": "tag", "values": RULES}
    for size, mode in ((DESKTOP, ""), (PHONE, "夜间")):
        tab = open_page(QUIZ, size, mode)
        question(tab, 1).get_by_role("button").nth(1).click()
        question(tab, 2).get_by_role("button").nth(0).click()
        # What lies below the sticky header would count as covered.
        tab.evaluate("scrollTo(0, 0)")
        assert violations(tab, rules) == []
    tab = open_page(KIT, PHONE)
    tab.get_by_role("textbox").first.fill("主题")
    tab.get_by_role("button", name="复制").first.click()
    assert violations(tab, rules) == []
