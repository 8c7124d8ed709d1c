"""Last days in Chromium, from file://: the day, holidays as entered, time zones, the calendar file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from browsing import Look, OpenPage
from calculating import fill, page_of, reckon, results
from playwright.sync_api import Page, expect
from site_pages import DESKTOP, PHONE

pytestmark = pytest.mark.browser

CONFIRMATION = "procedures/judicial-confirmation.html"


def test_last_day_of_a_procedure(open_page: OpenPage) -> None:
    """On a procedure's page: choose the period, enter the day, see the last day moved off a Sunday, and what comes when it is late."""
    tab = open_page(CONFIRMATION, PHONE)
    tab.get_by_label("哪一种期限").select_option(label="申请司法确认（30日）")
    expect(tab.get_by_label("起算那天")).to_have_accessible_description(re.compile("调解协议生效那天"))
    tab.get_by_label("起算那天").fill("2026-11-20")
    reckon(tab)
    answer = tab.get_by_role("region", name="期限").get_by_role("status").filter(has_text="最后一天")
    expect(answer).to_contain_text("2026年12月21日（星期一）")
    expect(answer).to_contain_text("2026年12月20日（星期日），是休息日，顺延")
    expect(answer).to_contain_text("放假安排还没有录入")
    expect(answer).to_contain_text("过了怎么办：")


def downloaded(tab: Page, folder: Path) -> tuple[str, bytes]:
    """The calendar file: its name and bytes."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="存进日历").click()
    path = folder / "saved.ics"
    waiting.value.save_as(path)
    return waiting.value.suggested_filename, path.read_bytes()


def events(data: bytes) -> list[dict[str, list[str]]]:
    """What RFC 5545 says of a calendar: unfolded properties of each event, alarms included, by name."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    found: list[dict[str, list[str]]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, []).append(value)
    return found


def test_calendar_file_of_a_last_day(open_page: OpenPage, tmp_path: Path) -> None:
    """A whole-day event on the last day, a Chinese summary, alarms seven days and one day before, by the letter of RFC 5545."""
    tab = open_page(CONFIRMATION, PHONE)
    tab.get_by_label("哪一种期限").select_option("apply")
    tab.get_by_label("起算那天").fill("2026-11-20")
    reckon(tab)
    name, data = downloaded(tab, tmp_path)
    assert name == "最后一天：申请司法确认 2026-12-21.ics"
    (event,) = events(data)
    assert event["DTSTART;VALUE=DATE"] == ["20261221"]
    assert event["DTEND;VALUE=DATE"] == ["20261222"]
    assert event["SUMMARY"] == ["最后一天：申请司法确认"]
    assert event["UID"] == ["judicial-confirmation-apply-20261221@luoding.tingsuo"]
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"][0])
    # Nine in the morning, seven days and one day before the day begins plus nine hours.
    assert event["TRIGGER"] == ["-P6DT15H", "-PT15H"]
    assert event["ACTION"] == ["DISPLAY", "DISPLAY"]


def test_calendar_file_of_instalments(open_page: OpenPage, tmp_path: Path) -> None:
    """A repayment plan gives a table and an event for every instalment, each with its own id; commas are escaped."""
    tab = open_page(page_of("instalments"), DESKTOP)
    fill(tab, {"total": "10000", "count": "3", "first": "2026-12-31"})
    reckon(tab)
    rows = tab.get_by_role("region", name="分期付款表").get_by_role("row").all_inner_texts()
    assert [row.split("\t")[1:] for row in rows[1:]] == [
        ["2026-12-31", "3,333.33", "6,666.67"],
        ["2027-01-31", "3,333.33", "3,333.34"],
        ["2027-02-28", "3,333.34", "0"],
    ]
    _, data = downloaded(tab, tmp_path)
    found = events(data)
    assert [event["DTSTART;VALUE=DATE"] for event in found] == [["20261231"], ["20270131"], ["20270228"]]
    assert len({event["UID"][0] for event in found}) == 3
    assert found[0]["SUMMARY"] == ["分期付款第1期：3\\,333.33元"]


def last_day(tab: Page, day: str, length: int, unit: str, years: list[dict[str, Any]]) -> list[Any]:
    """The period's end by the page's own arithmetic, with holidays as an office would enter them."""
    return tab.evaluate(  # type: ignore[no-any-return]
        """([day, length, unit, years]) => {
            const D = tingsuoDays, found = D.lastDay(D.of(day), length, unit, new D.Workdays(years));
            return [D.iso(found.day), found.unknown];
        }""",
        [day, length, unit, years],
    )


NATIONAL_DAY = [{"year": 2025, "off": [f"2025-10-0{n}" for n in range(1, 9)], "work": ["2025-09-28", "2025-10-11"]}]


@pytest.mark.parametrize(
    ("day", "length", "unit", "years", "end"),
    [
        ("2025-09-01", 30, "日", NATIONAL_DAY, ["2025-10-09", []]),
        ("2025-09-01", 30, "日", [], ["2025-10-01", [2025]]),
        ("2025-09-26", 3, "工作日", NATIONAL_DAY, ["2025-09-30", []]),
        ("2025-09-26", 4, "工作日", NATIONAL_DAY, ["2025-10-09", []]),
        ("2025-10-09", 2, "工作日", NATIONAL_DAY, ["2025-10-11", []]),
        ("2025-09-11", 30, "日", NATIONAL_DAY, ["2025-10-11", []]),
        ("2025-12-30", 3, "工作日", NATIONAL_DAY, ["2026-01-02", [2026]]),
        ("2024-02-29", 12, "月", [], ["2025-02-28", [2025]]),
        ("2023-12-31", 2, "月", [], ["2024-02-29", [2024]]),
        ("2096-02-29", 4, "年", [], ["2100-03-01", [2100]]),
    ],
)
def test_entered_holidays_count(look: Look, day: str, length: int, unit: str, years: list[dict[str, Any]], end: list[Any]) -> None:
    """Holidays move a last day, Saturdays worked don't, working days skip both; years not entered are named."""
    assert end == last_day(look(page_of("deadline"), PHONE), day, length, unit, years)


def test_days_are_counted_as_the_calendar_has_them(look: Look) -> None:
    """From 1949 to 2100 every day follows the one before, in the right month and on the right weekday."""
    wrong = look(page_of("deadline"), PHONE).evaluate("""() => {
        const D = tingsuoDays, wrong = [];
        for (let day = D.of("1949-10-01"), at = Date.UTC(1949, 9, 1); day <= D.of("2100-12-31"); day++, at += 86400000) {
            const date = new Date(at);
            if (D.iso(day) !== date.toISOString().slice(0, 10) || D.weekday(day) !== date.getUTCDay() || D.of(D.iso(day)) !== day) wrong.push(D.iso(day));
        }
        return wrong;
    }""")
    assert wrong == []


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati"])
def test_time_zones_change_nothing(open_page: OpenPage, zone: str) -> None:
    """The same last day wherever the device thinks it is."""
    tab = open_page(page_of("deadline"), PHONE, timezone_id=zone)
    fill(tab, {"day": "2025-07-07", "length": "30"})
    reckon(tab)
    assert results(tab)["last"] == "2025-08-06"
