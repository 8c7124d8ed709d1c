"""Pages fit the screen, and letters and targets are large enough: phone, tablet, desktop, and in large type (适老化)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import Look, OpenPage, Site
from playwright.sync_api import Page
from site_pages import CASES, DESKTOP, GUIDE, PAGES, PHONE, PROCEDURE, SIZES, TABLET, VILLAGER, all_cases

pytestmark = pytest.mark.browser

MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")


def measured(tab: Page) -> dict[str, Any]:
    """What measure.js says of the page as it stands."""
    return dict(tab.evaluate(MEASURE))


@pytest.mark.parametrize("kind", PAGES)
def test_pages_fit_the_screen_with_readable_letters(look: Look, kind: str) -> None:
    """At all three sizes nothing sticks out to the side and no letter is smaller than 12px."""
    for size in SIZES.values():
        found = measured(look(PAGES[kind], size))
        assert (size, 0, []) == (size, found["overflow"], found["wide"])
        assert (size, []) == (size, [text for text in found["texts"] if text["size"] < 12])


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind != "not found"])
def test_large_type_is_large_everywhere(look: Look, kind: str) -> None:
    """Large type on all three screens: nothing sticks out; main text is 24px (18pt) and more, the frame 18px;
    tabs, buttons, ticks and links in navigation are 60px targets.
    """  # fmt: skip
    for size in SIZES.values():
        found = measured(look(PAGES[kind], size, "大字"))
        assert (size, 0, []) == (size, found["overflow"], found["wide"])
        assert (size, []) == (size, [text for text in found["texts"] if text["size"] < (24 if text["main"] else 18)])
        assert (size, []) == (size, [target for target in found["targets"] if min(target["width"], target["height"]) < 59.5])


def test_targets_are_fit_for_thumbs_without_large_type(look: Look) -> None:
    """On a phone, buttons, menu, contents, bottom bar and ticks are at least 40px high; breadcrumbs 24px (WCAG 2.5.8)."""
    for page in (GUIDE, VILLAGER, PROCEDURE, "cases/labour/index.html"):
        tab = look(page, PHONE)
        assert [target for target in measured(tab)["targets"] if target["height"] < (24 if target["trail"] else 40)] == []


def test_large_type_is_remembered(open_page: OpenPage, site: Site) -> None:
    """Switched on once, large type stays on over pages and visits, and goes when it is switched off."""
    tab = open_page(GUIDE, PHONE)
    usual = tab.get_by_role("heading", level=1).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    tab.get_by_role("button", name="大字").click()
    for page in ("index.html", next(iter(CASES.values())), "handbook/index.html"):
        tab.goto(site.url(page))
        assert tab.get_by_role("button", name="大字", pressed=True).is_visible()
    again = tab.context.new_page()
    again.goto(site.url(GUIDE))
    assert usual * 1.2 < again.get_by_role("heading", level=1).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    again.get_by_role("button", name="大字").click()
    tab.goto(site.url(GUIDE))
    assert usual == tab.get_by_role("heading", level=1).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")


def test_night_follows_the_device_until_someone_chooses(open_page: OpenPage, site: Site) -> None:
    """A dark device gets dark pages from the first paint; the switch wins over the device and is remembered."""
    dark = "() => getComputedStyle(document.body).backgroundColor"
    tab = open_page("index.html", color_scheme="dark")
    night = tab.evaluate(dark)
    tab.get_by_role("button", name="夜间", pressed=True).click()
    day = tab.evaluate(dark)
    assert night != day
    tab.goto(site.url(GUIDE))
    assert day == tab.evaluate(dark)
    assert day == open_page("index.html", color_scheme="light").evaluate(dark)


def test_outcome_and_lesson_of_every_case_are_in_a_phones_first_view(look: Look, site: Site) -> None:
    """Opening any case on a phone shows how it ended and what to take home before scrolling."""
    hidden = []
    for page in all_cases(site.root):
        tab = look(page, PHONE)
        free = tab.get_by_role("navigation", name="快捷栏").bounding_box()
        rule = tab.get_by_label("带回家的一句话").locator("p").first.bounding_box()
        assert free
        assert rule
        if rule["y"] + rule["height"] > free["y"]:
            hidden.append((page, rule["y"] + rule["height"] - free["y"]))
    assert hidden == []


def test_red_stops_are_in_a_phones_first_view(look: Look, site: Site) -> None:
    """Opening any guide on a phone, in either version, shows the first red stop with what to do."""
    pages = sorted(path.name for path in (site.root / "disputes").glob("*.html") if path.name != "index.html")
    hidden = []
    for page in pages:
        tab = look(f"disputes/{page}", PHONE)
        free = tab.get_by_role("navigation", name="快捷栏").bounding_box()
        first = tab.get_by_role("region", name="先").locator("li").first.bounding_box()
        assert free
        assert first
        if first["y"] + first["height"] > free["y"]:
            hidden.append((page, first["y"] + first["height"] - free["y"]))
    assert hidden == []


def test_a_reading_line_is_no_longer_than_38_characters(look: Look) -> None:
    """On a desktop the text column of guides and cases holds 38 Chinese characters."""
    for page in (GUIDE, next(iter(CASES.values()))):
        tab = look(page, DESKTOP)
        assert tab.get_by_role("article").evaluate("e => e.clientWidth / parseFloat(getComputedStyle(e).fontSize)") <= 38.5
    upright = look(GUIDE, TABLET).get_by_role("article").bounding_box()
    assert upright
    assert upright["width"] <= 800
