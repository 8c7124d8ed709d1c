"""Nothing leaves the folder, and nothing goes wrong while a page loads."""

from __future__ import annotations

import pytest
from browsing import Site, Visits
from playwright.sync_api import Browser
from site_pages import DESKTOP, PAGES, PHONE, SIZES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_page_loads_from_the_folder_alone(site: Site, chromium: Browser, size: str) -> None:
    """Every request is for a file of the site, none fails, the console stays empty: all kinds of page, at this size."""
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    for page in PAGES.values():
        tab.goto(site.url(page))
        tab.evaluate("scrollTo(0, document.body.scrollHeight)")
    context.close()
    assert visits.problems == []
    assert [url for url in visits.requests if not url.startswith((site.root.as_uri() + "/", "data:"))] == []
    assert {site.url(page) for page in PAGES.values()} <= set(visits.requests)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_storage_that_is_blocked_breaks_nothing(site: Site, chromium: Browser, size: tuple[int, int]) -> None:
    """Where the browser refuses localStorage, ticks, switches and all pages work until the page is left, without an error."""
    width, height = size
    context = chromium.new_context(viewport={"width": width, "height": height})
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('blocked', 'SecurityError') }})",
    )
    visits = Visits()
    visits.watch(context)
    tab = context.new_page()
    for page in PAGES.values():
        tab.goto(site.url(page))
    tab.goto(site.url(PAGES["guide"]))
    tab.get_by_role("checkbox").first.check()
    assert "已勾 1 /" in tab.get_by_role("status").first.inner_text()
    for switch in ("大字", "夜间"):
        tab.get_by_role("button", name=switch).click()
        assert tab.get_by_role("button", name=switch).get_attribute("aria-pressed") == "true"
    tab.get_by_role("button", name="清空").first.click()
    assert not tab.get_by_role("checkbox").first.is_checked()
    context.close()
    assert visits.problems == []
