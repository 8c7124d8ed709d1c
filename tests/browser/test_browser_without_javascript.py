"""With JavaScript off: everything can be read and reached."""

from __future__ import annotations

import re

import pytest
from browsing import OpenPage, Site
from playwright.sync_api import Page, expect
from site_pages import CASES, GUIDE, PAGES, PHONE, PROCEDURE, VILLAGER

pytestmark = pytest.mark.browser


def sections(tab: Page) -> list[str]:
    """The second headings that can be seen."""
    return [text for heading in tab.get_by_role("heading", level=2).all() if (text := heading.inner_text().strip())]


def test_every_kind_of_page_can_be_read(open_page: OpenPage, site: Site) -> None:
    """Heading and text of every kind of page are on the screen; what needs a script isn't offered."""
    tab = open_page("index.html", PHONE, java_script_enabled=False)
    for page in PAGES.values():
        tab.goto(site.url(page))
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
        assert len(tab.locator("body").inner_text()) > 10
        for dead in ("大字", "夜间", "清空", "打印"):
            expect(tab.get_by_role("button", name=dead)).to_have_count(0)


def test_a_guide_is_whole(open_page: OpenPage) -> None:
    """All seven steps, a box to tick for every element, and the ways out of every dead end are there."""
    tab = open_page(GUIDE, java_script_enabled=False)
    assert [text[0] for text in sections(tab)] == ["一", "二", "三", "四", "五", "六", "七"]
    box = tab.get_by_role("checkbox").first
    box.check()
    expect(box).to_be_checked()
    stuck = tab.get_by_role("heading", name="卡住了怎么办").locator("xpath=following-sibling::details//ol/li").all()
    assert stuck
    assert all(way.is_visible() for way in stuck)


def test_an_article_opens_as_a_page(open_page: OpenPage, site: Site) -> None:
    """Tapping an article leads to its place on the law's page, where its gist stands; going back leads to the guide."""
    tab = open_page(GUIDE, java_script_enabled=False)
    link = tab.get_by_role("region", name="先看能不能调").get_by_role("link").first
    label = re.search(r"第.+条", link.inner_text())
    assert label
    link.click()
    expect(tab).to_have_url(re.compile(r"/laws/[a-z-]+\.html#a\d+"))
    anchor = tab.url.partition("#")[2]
    article = tab.locator(f"#{anchor}")
    expect(article.get_by_role("heading")).to_contain_text(label[0])
    expect(article).to_be_in_viewport()
    expect(article.get_by_text("要旨")).to_be_visible()
    tab.go_back()
    assert site.page(tab.url) == GUIDE


def test_a_case_a_procedure_a_villagers_page_and_a_law_are_whole(open_page: OpenPage, site: Site) -> None:
    """Outcome, lesson, sections and articles of a case; steps and deadlines; first things to do; versions of a law."""
    tab = open_page(next(iter(CASES.values())), PHONE, java_script_enabled=False)
    expect(tab.get_by_label("带回家的一句话")).to_be_visible()
    assert sections(tab)[0] == "发生了什么"
    assert sections(tab)[-1] == "接着看"
    law = tab.get_by_role("region", name=re.compile("相关法条|关联索引")).get_by_role("group").first
    law.locator("summary").click()
    expect(law.get_by_role("link", name="打开这一条")).to_be_visible()
    tab.goto(site.url(PROCEDURE))
    assert len(tab.get_by_role("region", name="一步一步办").get_by_role("checkbox").all()) > 2
    expect(tab.get_by_role("region", name="期限", exact=True).get_by_role("table")).to_be_visible()
    tab.goto(site.url(VILLAGER))
    assert len(tab.get_by_role("region", name="先做这几件").get_by_role("listitem").all()) > 1
    tab.goto(site.url(PAGES["law"]))
    expect(tab.get_by_role("table")).to_contain_text("施行")


@pytest.mark.parametrize("path", ["index.html", "search.html"])
def test_the_search_gives_way_to_the_tiles(open_page: OpenPage, path: str) -> None:
    """There is no dead search field, but a sentence that leads to the tiles and lists; the home page has the tiles too."""
    tab = open_page(path, PHONE, java_script_enabled=False)
    expect(tab.get_by_role("searchbox")).to_have_count(0)
    for name in ("按纠纷找", "按案例找", "按法条找"):
        expect(tab.get_by_role("article").get_by_role("link", name=name)).to_be_visible()
    tab.get_by_role("article").get_by_role("link", name="按纠纷找").click()
    tab.get_by_role("link", name="相邻关系").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("相邻关系")


def test_the_phones_menu_unfolds(open_page: OpenPage) -> None:
    """All sections can be reached from any page on a phone."""
    tab = open_page(GUIDE, PHONE, java_script_enabled=False)
    menu = tab.get_by_role("navigation", name="全部栏目")
    expect(menu).to_be_hidden()
    tab.get_by_text("菜单").click()
    for name in ("首页", "纠纷指引", "办事流程", "典型案例", "法条", "普法日历", "找谁", "使用手册"):
        expect(menu.get_by_role("link", name=name, exact=True)).to_be_visible()
    menu.get_by_role("link", name="典型案例").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("典型案例")


@pytest.mark.parametrize(("group", "choice"), [("按纠纷", "劳动争议"), ("按种类", "教学示例"), ("按年份", "2026年")])
def test_lists_lead_from_overview_to_case_by_links(open_page: OpenPage, group: str, choice: str) -> None:
    """Overview → one dispute, kind or year → a case, each count as announced."""
    tab = open_page("cases/index.html", PHONE, java_script_enabled=False)
    link = tab.get_by_role("region", name=group).get_by_role("link", name=re.compile(f"^{choice}"))
    count = int(link.inner_text().removeprefix(choice))
    link.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text(choice)
    cards = tab.get_by_role("article").get_by_role("list").first.get_by_role("listitem")
    expect(cards).to_have_count(min(count, 60))
    title = cards.first.get_by_role("link").inner_text()
    cards.first.get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(title)
