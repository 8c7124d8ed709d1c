"""Access for everyone: axe finds nothing, contrast holds in every mode."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Look, OpenPage
from playwright.sync_api import Page
from site_pages import DESKTOP, GUIDE, PAGES, PHONE, TABLET

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

NARROW = [
    "scrollable-region-focusable",
    "landmark-one-main",
    "page-has-heading-one",
    "region",
    "link-in-text-block",
    "aria-hidden-focus",
    "nested-interactive",
]
"""Rules about what a narrow screen shows otherwise: other menus, boxes that scroll."""


def violations(tab: Page, run_only: dict[str, Any]) -> list[str]:
    """What axe objects to, as `rule: element — why`."""
    response = Axe().run(tab, options={"runOnly": run_only, "resultTypes": ["violations"]}).response
    return [
        f"{rule['id']}: {node['html'][:120]} — {node['failureSummary']}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(look: Look, kind: str) -> None:
    """Zero violations of WCAG 2.0, 2.1, 2.2 A and AA and of axe's best practices: on a desktop by day; on a phone by night of what these change."""
    assert violations(look(PAGES[kind], DESKTOP, ""), {"type": "tag", "values": RULES}) == []
    if kind != "not found":
        assert violations(look(PAGES[kind], PHONE, "夜间"), {"type": "rule", "values": ["color-contrast", "target-size", *NARROW]}) == []


def test_axe_finds_nothing_in_the_longest_page(look: Look) -> None:
    """Zero violations in the Civil Code with all its gists."""
    assert violations(look("laws/civil-code.html", PHONE), {"type": "tag", "values": RULES}) == []


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "not found"])
def test_contrast_is_enhanced_in_large_type(look: Look, kind: str) -> None:
    """7 : 1 in large type, by day and by night. (axe's 4.5 : 1 for the rest is in the test above.)"""
    for mode in ("大字", "大字 夜间"):
        tab = look(PAGES[kind], TABLET, mode)
        assert (mode, []) == (mode, violations(tab, {"type": "rule", "values": ["color-contrast-enhanced"]}))


@pytest.mark.parametrize("mode", ["", "夜间"])
def test_axe_finds_nothing_in_what_unfolds(open_page: OpenPage, mode: str) -> None:
    """Zero violations with the phone's menu open, an item ticked, a gist shown, an article opened, and results of a search."""
    rules = {"type": "tag", "values": RULES}
    tab = open_page(GUIDE, PHONE, mode)
    tab.get_by_text("菜单").click()
    assert violations(tab, rules) == []
    tab.keyboard.press("Escape")
    tab.get_by_role("checkbox").first.check()
    tab.get_by_role("region", name="先看能不能调").get_by_role("link").first.click()
    tab.get_by_role("dialog").wait_for()
    assert violations(tab, rules) == []
    tab.get_by_role("dialog").get_by_role("link", name="打开这一条").click()
    tab.wait_for_url("**/laws/*.html#*")
    assert violations(tab, rules) == []
    tab.get_by_role("navigation", name="快捷栏").get_by_role("link", name="查找").click()
    tab.get_by_role("searchbox").fill("漏水")
    tab.get_by_role("list", name="检索结果：指引").wait_for()
    assert violations(tab, rules) == []
