"""What the search remembers on the device: the last queries, until they are cleared; and it works where nothing may be remembered."""

from __future__ import annotations

import pytest
from browsing import OpenPage, Site, Visits, fresh_context
from playwright.sync_api import Browser, expect
from searching import answered, ask, hits, unfold
from site_pages import PHONE

pytestmark = pytest.mark.browser

BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {get() { throw new DOMException("blocked", "SecurityError") }});"""


def test_blocked_storage_breaks_nothing(site: Site, chromium: Browser) -> None:
    """Where the browser refuses both storages: search, narrow, open, go back, and the home page's field, without an error."""
    context = fresh_context(chromium, site, PHONE)
    context.add_init_script(BLOCKED)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(site.url("search.html"))
    ask(tab, "协议")
    unfold(tab)
    tab.get_by_label("种类").select_option("c")
    expect(hits(tab, "案例")).to_have_count(20)
    tab.get_by_role("button", name="再看 20 个").click()
    expect(hits(tab, "案例")).to_have_count(40)
    hits(tab, "案例").nth(30).click()
    tab.wait_for_url("**/cases/**")
    tab.go_back()
    expect(tab.get_by_role("searchbox")).to_have_value("协议")
    expect(hits(tab, "案例")).to_have_count(40)
    tab.get_by_role("search").get_by_role("button").click()
    tab.goto(site.url("index.html"))
    ask(tab, "拖粮")
    expect(hits(tab, "指引").first).to_have_text("劳动争议调解指引")
    tab.goto(site.url("search.html"))
    expect(tab.get_by_text("最近查过")).to_have_count(0)
    context.close()
    assert visits.problems == []


def test_last_queries_are_kept_and_cleared(open_page: OpenPage, site: Site) -> None:
    """What was looked for and opened is offered on an empty field, latest first, once each; 清空 forgets it for good."""
    tab = open_page("search.html", PHONE, has_touch=True)
    for said in ("漏水", "拖粮", "漏水"):
        ask(tab, said)
        hits(tab, "指引").first.tap()
        tab.wait_for_url("**/disputes/**")
        tab.goto(site.url("search.html"))
    recent = tab.locator("p", has_text="最近查过").get_by_role("button")
    expect(recent).to_have_text(["漏水", "拖粮", "清空"])
    recent.nth(1).tap()
    answered(tab, "拖粮")
    expect(hits(tab, "指引").first).to_have_text("劳动争议调解指引")
    tab.get_by_role("searchbox").fill("")
    expect(recent).to_have_text(["漏水", "拖粮", "清空"])
    recent.last.tap()
    expect(recent).to_have_count(0)
    tab.reload()
    expect(tab.get_by_role("searchbox")).to_be_visible()
    expect(recent).to_have_count(0)


def test_at_most_eight_queries_are_kept(open_page: OpenPage, site: Site) -> None:
    """The ninth pushes the first out; words that were only typed on the way are not kept."""
    tab = open_page("search.html", PHONE)
    said = ["漏水", "彩礼", "工资", "借条", "押金", "赡养", "田埂", "撞车", "假货"]
    for words in said:
        ask(tab, words)
        tab.get_by_role("searchbox").press("Enter")
    ask(tab, "没有打开过的话")
    tab.goto(site.url("index.html"))
    tab.goto(site.url("search.html"))
    expect(tab.locator("p", has_text="最近查过").get_by_role("button")).to_have_text([*said[:0:-1], "清空"])


def test_a_kept_query_is_text(open_page: OpenPage) -> None:
    """A query with tags is offered again as it was written, and nothing in it runs."""
    tab = open_page("search.html", PHONE)
    said = "<img src=x onerror=window.hit=1><b>漏水</b>"
    ask(tab, said)
    tab.get_by_role("searchbox").press("Enter")
    tab.get_by_role("searchbox").fill("")
    expect(tab.locator("p", has_text="最近查过").get_by_role("button").first).to_have_text(said)
    assert tab.locator("#search-results img, #search-results b").count() == 0
    assert tab.evaluate("window.hit") is None


@pytest.mark.parametrize("rubbish", ["null", "{", '"abc"', '{"length": 3}', "[1, null, {}]"])
def test_what_else_stands_in_the_storage(site: Site, chromium: Browser, rubbish: str) -> None:
    """Storage of files is shared with whatever else was opened: a strange value in our place breaks nothing."""
    context = fresh_context(chromium, site, PHONE)
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    tab.goto(site.url("search.html"))
    key = tab.evaluate("document.documentElement.dataset.site")
    tab.evaluate(
        "([name, value]) => { localStorage.setItem(name + ':recent', value); sessionStorage.setItem(name + ':scroll', value) }", [key, rubbish]
    )
    tab.reload()
    ask(tab, "漏水")
    hits(tab, "指引").first.click()
    tab.wait_for_url("**/disputes/**")
    tab.goto(site.url("search.html"))
    expect(tab.locator("p", has_text="最近查过").get_by_role("button").first).to_have_text("漏水")
    context.close()
    assert visits.problems == []
