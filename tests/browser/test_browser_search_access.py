"""The search for everyone: axe finds nothing in what it shows, by day, by night and in large type, and a screen reader is told."""

from __future__ import annotations

import pytest
from browsing import Look
from playwright.sync_api import Page, expect
from searching import answered, ask, hits, unfold
from site_pages import DESKTOP, PHONE, TABLET
from test_browser_access import RULES, violations

pytestmark = pytest.mark.browser

LEAK, AGREEMENT, KILL, NOTHING = "%E6%BC%8F%E6%B0%B4", "%E5%8D%8F%E8%AE%AE", "%E4%BB%96%E8%AF%B4%E8%A6%81%E7%A0%8D%E6%88%91", "xyzxyzq"
STATES = {
    "empty": ("", ""),
    "results": (f"#q={LEAK}", "漏水"),
    "nothing found": (f"#q={NOTHING}", NOTHING),
    "danger": (f"#q={KILL}", "他说要砍我"),
    "letters": ("#q=ldzy", "ldzy"),
    "narrowed": (f"#q={AGREEMENT}&kind=c&in=%E6%8B%85%E4%BF%9D", "协议"),
    "narrowed to nothing": (f"#q={AGREEMENT}&kind=c&year=1949", "协议"),
}


def state(look: Look, name: str, size: tuple[int, int], mode: str) -> Page:
    """The page in this state, the choices unfolded where there are any."""
    address, said = STATES[name]
    tab = look("search.html", size, mode)
    tab.goto("about:blank")
    tab = look(f"search.html{address}", size, mode)
    if said:
        answered(tab, said)
    if tab.locator("details", has_text="缩小范围").count():
        unfold(tab)
    # What the header covers has no size.
    tab.evaluate("scrollTo(0, 0)")
    return tab


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize(("size", "mode"), [(DESKTOP, ""), (PHONE, "夜间"), (TABLET, "大字")], ids=["light", "dark", "large"])
def test_axe_finds_nothing(look: Look, name: str, size: tuple[int, int], mode: str) -> None:
    """Zero violations of WCAG A and AA and of axe's best practices in every state of the search; in large type contrast is 7 : 1."""
    tab = state(look, name, size, mode)
    assert violations(tab, {"type": "tag", "values": RULES}) == []
    if mode == "大字":
        assert violations(tab, {"type": "rule", "values": ["color-contrast-enhanced"]}) == []


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wider_than_the_phone_in_large_type(look: Look, name: str) -> None:
    """In large type on a phone, choices unfolded, the page scrolls down only."""
    tab = state(look, name, PHONE, "大字")
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_screen_reader_is_told(look: Look) -> None:
    """The field and the lists have names, the count is a status, headings name the groups, danger interrupts."""
    tab = look("search.html", DESKTOP)
    expect(tab.get_by_role("searchbox", name="用群众的话说一说")).to_be_visible()
    ask(tab, "漏水")
    expect(tab.get_by_role("status").first).to_contain_text("找到指引")
    lists = tab.get_by_role("list", name="检索结果：").evaluate_all("all => all.map(e => e.getAttribute('aria-label').slice(5))")
    assert lists == tab.locator("#search-results").get_by_role("heading", level=2).all_inner_texts()
    assert lists[0] == "指引"
    expect(tab.get_by_role("alert")).to_have_count(0)
    ask(tab, "他说要砍我")
    expect(tab.get_by_role("alert")).to_contain_text("110")
    assert hits(tab, "指引").count() > 0
