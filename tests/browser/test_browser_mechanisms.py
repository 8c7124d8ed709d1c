"""Mechanisms as a liaison officer uses them: two doors, ticks, posters on paper, the inventory, the directory."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from browsing import Look, OpenPage, Site
from playwright.sync_api import Page, expect
from site_pages import DESKTOP, PHONE, SIZES, TABLET
from test_browser_access import RULES, violations
from test_browser_sizes import measured

pytestmark = pytest.mark.browser

INDEX = "mechanisms/index.html"
ANALYSIS = "mechanisms/joint-analysis.html"
DUTY = "mechanisms/duty-system.html"
POSTER = "mechanisms/duty-system-poster.html"
SEEDS = "mechanisms/seeds.html"
PAGES = {
    "index": INDEX, "mechanism": ANALYSIS, "flow": "mechanisms/dispute-flow.html", "rates": "mechanisms/inspection.html", "text": DUTY, "poster": POSTER,
    "withheld": "mechanisms/roster-attachment.html", "inventory": SEEDS, "office": "office/index.html", "town": "office/taiping.html",
}  # fmt: skip
SYSTEMS = ("duty-system", "judge-guidance-system", "pre-litigation-system", "confirmation-link-system", "grid-court-system", "cooperation-system")


@pytest.mark.parametrize("kind", PAGES)
def test_pages_fit_every_screen(look: Look, kind: str) -> None:
    """Phone, tablet, desktop: nothing sticks out, no letter below 12px; in large type main text is 24px and targets are 60px."""
    for size in SIZES.values():
        found = measured(look(PAGES[kind], size))
        assert (size, 0, []) == (size, found["overflow"], found["wide"])
        assert [text for text in found["texts"] if text["size"] < 12] == []
        large = measured(look(PAGES[kind], size, "大字"))
        assert (size, 0, []) == (size, large["overflow"], large["wide"])
        assert (size, []) == (size, [text for text in large["texts"] if text["size"] < (24 if text["main"] else 18)])
        assert (size, []) == (size, [target for target in large["targets"] if min(target["width"], target["height"]) < 59.5])


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(look: Look, kind: str) -> None:
    """Zero violations by day on a desktop and by night on a phone; contrast 7 : 1 in large type."""
    for size, mode in ((DESKTOP, ""), (PHONE, "夜间")):
        assert violations(look(PAGES[kind], size, mode), {"type": "tag", "values": RULES}) == []
    for mode in ("大字", "大字 夜间"):
        assert violations(look(PAGES[kind], TABLET, mode), {"type": "rule", "values": ["color-contrast-enhanced"]}) == []


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_officer_gets_from_home_to_a_form_in_three_taps(open_page: OpenPage, size: tuple[int, int]) -> None:
    """Home → 庭所共建 → 共同研判 → its first form."""
    tab = open_page("index.html", size)
    tab.get_by_role("article").get_by_role("link", name="庭所共建").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("庭所共建和法官联络点")
    tab.get_by_role("article").get_by_role("link", name="共同研判").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("共同研判")
    tab.get_by_role("region", name="用到的表格").get_by_role("link").first.click()
    expect(tab.get_by_role("button", name="下载Word")).to_be_visible()


def test_doors_lead_to_their_document(open_page: OpenPage) -> None:
    """A door jumps to its half of the page; its heading is in view below the header."""
    tab = open_page(INDEX, PHONE)
    tab.get_by_role("article").get_by_role("link", name=re.compile("^法官联络点 每个镇街")).click()
    expect(tab.get_by_role("heading", name="法官联络点", exact=True)).to_be_in_viewport()


def test_tab_of_the_section_is_marked_and_all_tabs_fit_a_tablet(open_page: OpenPage) -> None:
    """The tenth tab fits a tablet held upright without sliding."""
    tab = open_page(INDEX, TABLET)
    tabs = tab.get_by_role("navigation", name="主要栏目")
    expect(tabs.get_by_role("link", name="庭所共建")).to_have_attribute("aria-current", "true")
    assert tabs.evaluate("e => e.firstElementChild.scrollWidth <= e.firstElementChild.clientWidth")


def test_ticks_stay_on_the_device_until_cleared(open_page: OpenPage) -> None:
    """Ticked by its words, counted, there after a reload, gone with 清空."""
    tab = open_page(ANALYSIS, PHONE)
    section = tab.get_by_role("region", name="核对清单")
    section.get_by_text("每件纠纷都有颜色").click()
    expect(section.get_by_text("已勾 1 / 8")).to_be_visible()
    tab.reload()
    expect(section.get_by_role("checkbox", name="每件纠纷都有颜色")).to_be_checked()
    section.get_by_role("button", name="清空").click()
    tab.reload()
    expect(section.get_by_role("checkbox", name="每件纠纷都有颜色")).not_to_be_checked()


def test_duties_are_a_table_on_every_screen(look: Look) -> None:
    """Who, what, when: columns on a desktop, one under the other on a phone, a table for screen readers on both."""
    for size in (DESKTOP, PHONE):
        table = look(ANALYSIS, size).get_by_role("table")
        expect(table.get_by_role("row")).to_have_count(6)
        expect(table.get_by_role("rowheader").first).to_have_text("司法所专职联络员")


def test_mechanism_is_whole_without_javascript(open_page: OpenPage) -> None:
    """The list is still a list, the poster still a poster; nothing offers what doesn't work."""
    tab = open_page(ANALYSIS, PHONE, java_script_enabled=False)
    expect(tab.get_by_role("checkbox")).to_have_count(8)
    tab = open_page(POSTER, PHONE, java_script_enabled=False)
    expect(tab.get_by_text("第十条")).to_be_visible()
    expect(tab.get_by_role("button", name="打印 A4")).to_be_hidden()
    expect(tab.get_by_text("打印用浏览器的“打印”")).to_be_visible()


# ---- posters ----


def on_paper(tab: Page, path: Path) -> tuple[str, list[str]]:
    """(pages and size as pdfinfo has them, the words) of what would be printed now."""
    tab.pdf(path=path, prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    words = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    pages, size = re.search(r"Pages:\s+(\d+)", info), re.search(r"Page size:.*\((\w+)\)", info)
    assert pages
    assert size
    return f"{pages[1]} {size[1]}", words.split()


@pytest.mark.parametrize("system", SYSTEMS)
def test_poster_is_one_sheet_with_headline_and_articles_only(open_page: OpenPage, tmp_path: Path, system: str) -> None:
    """A4 and A3: one page, the headline first and largest, all articles, nothing of the site."""
    tab = open_page(f"mechanisms/{system}-poster.html")
    tab.evaluate("window.print = () => {}")
    title = tab.get_by_role("heading", level=1).inner_text()
    for paper in ("A4", "A3"):
        tab.get_by_role("button", name=f"打印 {paper}").click()
        said, words = on_paper(tab, tmp_path / f"{paper}.pdf")
        assert f"1 {paper}" == said
        assert words[0] == title
        assert words[1] == "第一条"
        text = "".join(words)
        assert "第十条" in text
        for other in ("知识库", "打印", "下载", "首页", "复核", "由本地填写"):
            assert other not in text
        shot = tmp_path / paper
        subprocess.run(["pdftoppm", "-r", "30", "-png", str(tmp_path / f"{paper}.pdf"), str(shot)], check=True)
        assert list(tmp_path.glob(f"{paper}*.png"))


def test_poster_fills_its_sheet(open_page: OpenPage) -> None:
    """On paper the text is large: at least 18pt, and no size larger would fit."""
    tab = open_page(POSTER)
    tab.emulate_media(media="print")
    size = tab.locator(".ts-poster p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize) * 0.75")
    assert size >= 18
    assert tab.get_by_role("heading", level=1).evaluate("e => parseFloat(getComputedStyle(e).fontSize) * 0.75") >= 1.5 * size


def test_lines_of_a_poster_are_filled_in_on_the_device(open_page: OpenPage, tmp_path: Path) -> None:
    """What is written on a line is plain text, there after a reload, on paper, and gone when it is emptied."""
    tab = open_page(POSTER, PHONE)
    line = tab.get_by_role("textbox", name="由本地填写：值班时间")
    line.click()
    tab.keyboard.type("工作日<b>八时半")
    tab.keyboard.press("Enter")
    tab.reload()
    expect(line).to_have_text("工作日<b>八时半")
    assert "值班时间工作日<b>八时半" in "".join(on_paper(tab, tmp_path / "x.pdf")[1])
    line.fill("")
    line.blur()
    tab.reload()
    expect(line).to_have_text("")


def test_word_file_of_a_text_is_there(open_page: OpenPage, site: Site) -> None:
    """下载Word leads to a file of the site."""
    tab = open_page(DUTY)
    link = tab.get_by_role("link", name="下载Word来改").get_attribute("href")
    assert link
    assert (site.root / "mechanisms" / link).read_bytes()[:2] == b"PK"


# ---- inventory and directory ----


def test_inventory_leads_back_and_forth(open_page: OpenPage) -> None:
    """From a mechanism to its item in the inventory, and from the item to the mechanism."""
    tab = open_page(DUTY, PHONE)
    tab.get_by_role("link", name="第71项").click()
    item = tab.locator("#s71")
    expect(item).to_be_in_viewport()
    item.get_by_role("link", name="值班制度").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("值班制度")


def test_office_says_what_is_to_be_filled_in_and_how(open_page: OpenPage) -> None:
    """Shipped with names of towns only: the rest says 由本地填写, with a way to the handbook."""
    tab = open_page("office/index.html", PHONE)
    expect(tab.get_by_role("heading", name="一个门口：先到综治中心")).to_be_visible()
    tab.get_by_role("link", name="太平镇", exact=True).click()
    expect(tab.get_by_text("由本地填写").first).to_be_visible()
    tab.get_by_role("link", name="怎样填").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("填本地信息")


def test_search_finds_mechanisms(open_page: OpenPage) -> None:
    """值班制度 and 四个一 are found among 机制."""
    tab = open_page("search.html", PHONE)
    for words, title in (("值班制度", "值班制度"), ("四个一验收", "四个一验收")):
        tab.get_by_role("searchbox").fill(words)
        tab.get_by_role("searchbox").press("Enter")
        expect(tab.get_by_role("list", name="检索结果：机制").get_by_role("link", name=title, exact=True)).to_be_visible()
