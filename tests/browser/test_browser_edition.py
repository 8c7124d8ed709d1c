"""What depends on the day on which a page is read."""

from __future__ import annotations

import datetime

import pytest
from browsing import OpenPage
from playwright.sync_api import expect
from site_pages import GUIDE

pytestmark = pytest.mark.browser

OVERDUE = "这一版已过复核日期"


@pytest.mark.parametrize(("day", "overdue"), [("2026-11-23", False), ("2027-11-23", False), ("2027-11-24", True), ("2031-01-01", True)])
def test_an_edition_says_that_it_is_past_its_review(open_page: OpenPage, day: str, overdue: bool) -> None:
    """From the day after the review day the footer of every page says so by itself."""
    tab = open_page(GUIDE)
    tab.clock.set_fixed_time(datetime.datetime.fromisoformat(f"{day}T12:00:00"))
    tab.reload()
    expect(tab.get_by_role("contentinfo")).to_contain_text("下次复核 2027-11-23")
    note = tab.get_by_role("contentinfo").get_by_text(OVERDUE)
    expect(note).to_be_visible() if overdue else expect(note).to_be_hidden()


def test_publicity_days_follow_the_calendar(open_page: OpenPage) -> None:
    """A day that is over goes to the end of the list; one that is on says 正在进行."""
    tab = open_page("calendar.html")
    first = tab.locator(".ts-days[data-days] > li").first
    tab.clock.set_fixed_time(datetime.datetime(2026, 12, 4, 9))
    tab.reload()
    expect(first).to_contain_text("国家宪法日")
    expect(first).to_contain_text("正在进行")
    tab.clock.set_fixed_time(datetime.datetime(2026, 12, 5, 9))
    tab.reload()
    expect(first).not_to_contain_text("国家宪法日")
    expect(tab.get_by_text("正在进行")).to_have_count(0)
