"""What people do with a page: tick, look up an article and come back, find their way by keyboard, print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import OpenPage, Site, Visits
from playwright.sync_api import Page, expect
from site_pages import CASES, DESKTOP, GUIDE, PHONE, PROCEDURE

pytestmark = pytest.mark.browser


# ---- ticks ----


def test_a_checklist_is_saved_as_text(open_page: OpenPage) -> None:
    """存成文字 gives a text file with every item of the list, ticked or not, and its heading."""
    tab = open_page(GUIDE, PHONE)
    elements = tab.get_by_role("region", name="问清要素")
    elements.get_by_role("checkbox").nth(1).check()
    with tab.expect_download() as saving:
        elements.get_by_role("button", name="存成文字").click()
    lines = Path(saving.value.path()).read_text("utf-8-sig").splitlines()
    assert "问清要素" in lines[0]
    items = lines[2:]
    assert len(items) == elements.get_by_role("checkbox").count()
    assert [n for n, line in enumerate(items) if line.startswith("☑")] == [1]
    assert all(len(line) > 6 for line in items)


def test_a_full_device_keeps_nothing_old(open_page: OpenPage) -> None:
    """When storage is full, the page works on with what was set last, and says that it won't last."""
    tab = open_page(GUIDE, PHONE)
    said = tab.evaluate(
        """() => {
          const first = tingsuo.set("probe-of-test", "1");
          Storage.prototype.setItem = () => { throw new Error("full"); };
          const second = tingsuo.set("probe-of-test", "2");
          return [first, second, tingsuo.get("probe-of-test"), tingsuo.lasts()];
        }"""
    )
    assert said == [True, False, "2", False]


def test_ticks_stay_on_the_device_and_go_when_cleared(open_page: OpenPage) -> None:
    """Ticked items are there after a reload and are counted; 清空 empties this list only; nothing is sent, no cookie is set."""
    tab = open_page(GUIDE, PHONE)
    visits = Visits()
    visits.watch(tab.context)
    elements, evidence = tab.get_by_role("region", name="问清要素"), tab.get_by_role("region", name="收证据")
    elements.get_by_role("checkbox").nth(0).check()
    elements.get_by_role("checkbox").nth(2).check()
    evidence.get_by_role("checkbox").nth(1).check()
    # The icon of the tab may come late.
    assert [url for url in visits.requests if not url.endswith("icon.svg")] == []
    tab.reload()
    expect(elements.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(elements.get_by_role("status")).to_contain_text("已勾 2 /")
    elements.get_by_role("button", name="清空").click()
    expect(elements.get_by_role("status")).to_contain_text("已勾 0 /")
    tab.reload()
    expect(elements.get_by_role("checkbox", checked=True)).to_have_count(0)
    expect(evidence.get_by_role("checkbox", checked=True)).to_have_count(1)
    assert [url for url in visits.requests if not url.startswith("file:")] == []
    assert tab.context.cookies() == []


def test_what_is_kept_carries_the_sites_name(open_page: OpenPage) -> None:
    """All files opened by double click share one storage, so every key starts with the site's own name."""
    tab = open_page(PROCEDURE)
    tab.get_by_role("checkbox").first.check()
    for switch in ("大字", "夜间"):
        tab.get_by_role("button", name=switch).click()
    keys = tab.evaluate("Object.keys(localStorage)")
    assert len(keys) == 3
    assert [key.partition(":")[0] for key in keys] == ["luoding"] * 3


def test_the_words_of_an_item_are_its_target(open_page: OpenPage) -> None:
    """A tap beside the words, at the end of the line, ticks the box."""
    tab = open_page(GUIDE, PHONE)
    label = tab.get_by_role("article").locator("label").first
    label.scroll_into_view_if_needed()
    box = label.bounding_box()
    assert box
    label.click(position={"x": box["width"] - 3, "y": box["height"] / 2})
    expect(tab.get_by_role("checkbox").first).to_be_checked()


# ---- gist and back ----


def scrolled(tab: Page) -> float:
    """How far down the page is."""
    return float(tab.evaluate("scrollY"))


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("way", ["button", "escape", "outside"])
def test_a_gist_opens_over_the_page_and_leads_back(open_page: OpenPage, site: Site, size: tuple[int, int], way: str) -> None:
    """An article tapped beside a question shows its gist; 回到原处, Escape or a tap elsewhere leads back:
    same page, same place, the article in focus.
    """  # fmt: skip
    tab = open_page(GUIDE, size)
    link = tab.get_by_role("region", name="问清要素").get_by_role("link").nth(3)
    link.scroll_into_view_if_needed()
    before = scrolled(tab)
    assert before > 0
    link.click()
    gist = tab.get_by_role("dialog", name="法条要旨")
    expect(gist).to_be_in_viewport(ratio=1)
    expect(gist).to_contain_text(link.inner_text())
    expect(gist).to_contain_text("要旨：")
    expect(gist.get_by_role("button", name="回到原处")).to_be_focused()
    if way == "button":
        gist.get_by_role("button", name="回到原处").click()
    elif way == "escape":
        tab.keyboard.press("Escape")
    else:
        tab.mouse.click(5, size[1] / 2)
    expect(gist).to_have_count(0)
    expect(link).to_be_focused()
    assert (GUIDE, before) == (site.page(tab.url), scrolled(tab))


def test_from_the_gist_to_the_article_and_back(open_page: OpenPage) -> None:
    """打开这一条 leads to the article's place on the law's page; going back leads to the same place in the guide."""
    tab = open_page(GUIDE, PHONE)
    link = tab.get_by_role("region", name="问清要素").get_by_role("link").nth(3)
    link.click()
    before = scrolled(tab)
    tab.get_by_role("dialog").get_by_role("link", name="打开这一条").click()
    tab.wait_for_url(re.compile(r"/laws/[a-z-]+\.html#a\d+"))
    expect(tab.locator("#" + tab.url.partition("#")[2])).to_be_in_viewport()
    tab.go_back()
    expect(link).to_be_in_viewport()
    assert before == pytest.approx(scrolled(tab), abs=2)


def test_the_gist_keeps_the_keyboard(open_page: OpenPage) -> None:
    """While a gist is open, Tab goes between its two choices and not behind it."""
    tab = open_page(GUIDE)
    tab.get_by_role("region", name="先看能不能调").get_by_role("link").first.click()
    gist = tab.get_by_role("dialog")
    back, more = gist.get_by_role("button", name="回到原处"), gist.get_by_role("link", name="打开这一条")
    for choice in (back, more, back):
        expect(choice).to_be_focused()
        tab.keyboard.press("Tab")


# ---- keyboard ----


def test_skip_link_comes_first_and_leads_to_the_text(open_page: OpenPage) -> None:
    """The first Tab shows 跳到正文; Enter goes there, so that the next Tab is in the text."""
    tab = open_page(GUIDE)
    skip = tab.get_by_role("link", name="跳到正文")
    expect(skip).not_to_be_in_viewport()
    tab.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("article")).to_be_focused()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("path", ["index.html", GUIDE, next(iter(CASES.values()))])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_focus_is_seen_wherever_it_goes(open_page: OpenPage, path: str, size: tuple[int, int]) -> None:
    """Thirty Tabs through a page: each stop is on the screen, has a ring, and isn't covered by header or bottom bar."""
    tab = open_page(path, size)
    stops = []
    for _ in range(30):
        tab.keyboard.press("Tab")
        stops.append(
            tab.evaluate("""() => {
                const at = document.activeElement, box = at.getBoundingClientRect(), ring = getComputedStyle(at).outlineStyle;
                const hit = document.elementFromPoint(box.left + Math.min(box.width, 30) / 2, box.top + box.height / 2);
                return [at.outerHTML.slice(0, 120), ring !== "none", !!hit && (at.contains(hit) || hit.contains(at))];
            }""")
        )
    assert [stop for stop in stops if stop[1:] != [True, True]] == []
    assert len({stop[0] for stop in stops}) > 10


def test_tabs_and_menu_work_by_keyboard(open_page: OpenPage) -> None:
    """On a desktop the tabs, on a phone the menu lead to every section with Tab and Enter; Escape folds the menu."""
    tab = open_page(GUIDE, DESKTOP)
    link = tab.get_by_role("navigation", name="主要栏目").get_by_role("link", name="法条")
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("法条")
    tab = open_page(GUIDE, PHONE)
    menu = tab.get_by_role("navigation", name="全部栏目")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(menu).to_be_visible()
    tab.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("你现在要做什么？")


# ---- paper ----


@pytest.mark.parametrize("path", [GUIDE, next(iter(CASES.values()))])
@pytest.mark.parametrize("mode", ["", "大字 夜间"])
def test_paper_has_the_content_and_nothing_else(open_page: OpenPage, path: str, mode: str) -> None:
    """Printed from any mode: A4 with dark ink; text, folded parts, boxes, edition; no navigation, no buttons."""
    tab = open_page(path, DESKTOP, mode)
    sizes = set(re.findall(rb"/MediaBox ?\[([\d. ]+)\]", tab.pdf(prefer_css_page_size=True)))
    assert {(595, 842)} == {tuple(round(float(n)) for n in size.split()[2:]) for size in sizes}
    tab.emulate_media(media="print")
    for name in ("主要栏目", "全部栏目", "当前位置", "本页内容", "快捷栏"):
        expect(tab.get_by_role("navigation", name=name)).to_have_count(0)
    expect(tab.get_by_role("button")).to_have_count(0)
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.get_by_role("contentinfo")).to_contain_text("下次复核")
    ink = tab.get_by_role("article").locator("p").first.evaluate("e => getComputedStyle(e).color")
    assert max(int(n) for n in re.findall(r"\d+", ink)[:3]) < 60
    folded = tab.get_by_role("group").locator("p").all()
    assert folded
    assert all(line.is_visible() for line in folded)


def test_ticks_are_empty_boxes_on_paper(open_page: OpenPage) -> None:
    """What one table has ticked doesn't show on the sheet for the next."""
    tab = open_page(GUIDE)
    first, second = tab.get_by_role("checkbox").nth(0), tab.get_by_role("checkbox").nth(1)
    first.check()
    tab.emulate_media(media="print")
    assert second.screenshot() == first.screenshot()
