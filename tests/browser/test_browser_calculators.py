"""Calculators at work in Chromium, opened from file://: every vector, every refusal, the calendar file, screens and access."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browsing import Look, OpenPage, Site, Visits
from playwright.sync_api import Locator, Page, expect
from site_pages import DESKTOP, PHONE, SIZES
from test_browser_access import RULES, violations
from test_browser_sizes import measured

from project import REPO
from tingsuo.load import load
from tingsuo.model import KINDS

pytestmark = pytest.mark.browser

CONFIRMATION = "procedures/judicial-confirmation.html"


@cache
def calculators() -> dict[str, Any]:
    """The shipped calculators by id."""
    kind = KINDS["calculators"]
    model, _ = load(REPO / kind.pattern, kind.pattern, kind)
    return {c.id: c for c in model.calculators}


VECTORS = [(key, n) for key, calculator in calculators().items() for n in range(len(calculator.vectors))]


def page_of(key: str) -> str:
    """A calculator's page."""
    return f"calculators/{key}.html"


def fill(tab: Page, given: dict[str, str]) -> None:
    """Type or choose what is given. A field that isn't shown yet is one that a first try asks for."""
    choices = [name for name in given if field(tab, name).evaluate("e => e.tagName") == "SELECT"]
    for name in sorted(given, key=lambda name: name not in choices):
        control = field(tab, name)
        if name in choices:
            control.select_option(given[name])
        elif control.is_visible():
            control.fill(given[name])


def field(tab: Page, name: str) -> Locator:
    """An input by its key."""
    return tab.locator(f"#f-{name}")


def refusal(tab: Page, name: str) -> Locator:
    """The place of refusal that an input points to."""
    described = field(tab, name).get_attribute("aria-describedby") or ""
    return tab.locator(f"#{described.split()[-1]}")


def reckon(tab: Page) -> None:
    """Press 计算."""
    tab.get_by_role("button", name="计算").click()


def results(tab: Page) -> dict[str, str]:
    """Shown results by key."""
    found = tab.locator("[data-result] data")
    return {d.get_attribute("data-key") or "": d.get_attribute("value") or "" for d in found.all()}


# ---- every vector of every calculator ----


@pytest.mark.parametrize(("key", "number"), VECTORS, ids=[f"{key}-{n}" for key, n in VECTORS])
def test_vector(look: Look, key: str, number: int) -> None:
    """Typed into the real page, a vector gives its results and remarks, or is refused at its fields with a sentence."""
    calculator = calculators()[key]
    vector = calculator.vectors[number]
    tab = look(page_of(key), PHONE)
    fill(tab, vector.given)
    reckon(tab)
    waiting = [name for name in vector.given if field(tab, name).get_attribute("aria-invalid") and field(tab, name).input_value() == ""]
    if waiting:
        # The page has asked for a figure that it doesn't know.
        fill(tab, {name: vector.given[name] for name in waiting})
        reckon(tab)
    refused = [i.key for i in calculator.inputs if field(tab, i.key).get_attribute("aria-invalid") == "true"]
    assert sorted(vector.refused) == sorted(refused)
    for name in refused:
        expect(refusal(tab, name)).to_be_visible()
        assert re.search(r"[\u4e00-\u9fff].*。$", refusal(tab, name).inner_text())
    if refused:
        assert results(tab) == {}
        expect(field(tab, next(i.key for i in calculator.inputs if i.key in refused))).to_be_focused()
        return
    shown = results(tab)
    assert {name: shown.get(name) for name in vector.expect} == vector.expect
    said = tab.get_by_role("status").inner_text()
    assert [name for name in vector.remarks if calculator.remarks[name] not in said] == []
    assert "仅供协商参考，以法院认定为准" in tab.get_by_role("article").inner_text()


# ---- nonsense ----

AMOUNTS = [
    "-1",
    "−5",
    "",
    "1e99",
    "1E5",
    "abc",
    "1.234",
    "1234567890123456",
    "99999999999999999999",
    "1..2",
    "Infinity",
    "NaN",
    "0x10",
    "１２三",
    "<b>1</b>",
]
DAYS = ["2025-02-30", "2025-13-01", "2025-00-10", "1800-01-01", "1949-09-30", "2101-01-01", "", "昨天", "2025", "20250230", "-2025-01-01", "1e99"]


@pytest.mark.parametrize("text", AMOUNTS)
def test_nonsense_for_an_amount_is_refused(look: Look, text: str) -> None:
    """Negative, empty, exponents, letters, too many digits: a Chinese sentence at the field, no result."""
    tab = look(page_of("penalty"), PHONE)
    fill(tab, {"loss": "100", "agreed": text})
    reckon(tab)
    expect(refusal(tab, "agreed")).to_have_text(re.compile("。$"))
    expect(field(tab, "agreed")).to_be_focused()
    assert results(tab) == {}
    fill(tab, {"agreed": "130"})
    expect(refusal(tab, "agreed")).to_be_hidden()
    reckon(tab)
    assert results(tab)["line"] == "130"


@pytest.mark.parametrize("text", DAYS)
def test_nonsense_for_a_day_is_refused(look: Look, text: str) -> None:
    """Days that don't exist or are out of range: a Chinese sentence at the field, no result."""
    tab = look(page_of("deadline"), PHONE)
    fill(tab, {"day": text, "length": "30"})
    reckon(tab)
    expect(refusal(tab, "day")).to_have_text(re.compile("。$"))
    assert results(tab) == {}


@pytest.mark.parametrize("text", ["2025-7-7", "20250707", "2025年7月7日", "2025.07.07", "2025/7/7", " ２０２５－７－７ "])
def test_days_as_people_write_them(look: Look, text: str) -> None:
    """One day in the ways in which it is written; full width too."""
    tab = look(page_of("deadline"), PHONE)
    fill(tab, {"day": text, "length": "30"})
    reckon(tab)
    assert results(tab)["last"] == "2025-08-06"


@pytest.mark.parametrize("text", ["12000", "12,000", "12000元", "1.2万", "１２０００", "12 000.00", "¥12000"])
def test_amounts_as_people_write_them(look: Look, text: str) -> None:
    """One amount in the ways in which it is written."""
    tab = look(page_of("penalty"), PHONE)
    fill(tab, {"loss": text, "agreed": "0"})
    reckon(tab)
    assert results(tab)["line"] == "15600"


def test_large_amounts_are_exact(look: Look) -> None:
    """Fifteen digits to the cent, where binary fractions would be wrong."""
    tab = look(page_of("penalty"), PHONE)
    fill(tab, {"loss": "9999999999999.97", "agreed": "9999999999999.98"})
    reckon(tab)
    assert results(tab)["line"] == "12999999999999.96"
    fill(tab, {"loss": "0.1", "agreed": "0.2"})
    reckon(tab)
    assert results(tab) == {"line": "0.13", "over": "0.07"}


# ---- how it behaves ----


def test_a_result_never_belongs_to_other_numbers(open_page: OpenPage) -> None:
    """Changed numbers change the result at once, or take it away; 清空 takes all away. Nothing is stored or asked for."""
    tab = open_page(page_of("penalty"), PHONE)
    visits = Visits()
    visits.watch(tab.context)
    fill(tab, {"loss": "100", "agreed": "130"})
    reckon(tab)
    field(tab, "loss").fill("200")
    field(tab, "loss").blur()
    assert results(tab)["line"] == "260"
    field(tab, "loss").fill("")
    field(tab, "loss").blur()
    assert results(tab) == {}
    fill(tab, {"loss": "200"})
    reckon(tab)
    tab.get_by_role("button", name="清空").click()
    assert results(tab) == {}
    assert field(tab, "loss").input_value() == ""
    assert tab.evaluate("Object.keys(localStorage)") == []
    assert [url for url in visits.requests if not url.startswith("file:")] == []
    assert visits.problems == []


def test_only_what_matters_is_asked(open_page: OpenPage) -> None:
    """Choices decide which fields are there; an unknown figure is asked for only when it is needed."""
    tab = open_page(page_of("prepaid-card"), PHONE)
    for chosen, there, gone in (("gift", "gift", "days-left"), ("time", "days-left", "gift"), ("discount", "discount", "gift")):
        field(tab, "kind").select_option(chosen)
        expect(field(tab, there)).to_be_visible()
        expect(field(tab, gone)).to_be_hidden()
    tab = open_page(page_of("lpr-cap"), PHONE)
    expect(field(tab, "lpr")).to_be_hidden()
    fill(tab, {"day": "2099-01-01"})
    reckon(tab)
    expect(field(tab, "lpr")).to_be_focused()
    expect(refusal(tab, "lpr")).to_contain_text("没有2099-01-01的数")
    expect(refusal(tab, "lpr")).to_contain_text("全国银行间同业拆借中心")


def test_the_figures_that_were_used_are_shown(look: Look) -> None:
    """The row of the table with its day and source; what was typed is called so."""
    tab = look(page_of("lpr-cap"), PHONE)
    fill(tab, {"day": "2025-05-19"})
    reckon(tab)
    expect(tab.get_by_role("status")).to_contain_text("3.10%（2024-10-21起")
    tab = look(page_of("funeral"), PHONE)
    fill(tab, {"wage": "5000"})
    reckon(tab)
    expect(tab.get_by_role("status")).to_contain_text("你填的")


def test_four_months_of_wages(open_page: OpenPage) -> None:
    """The worker's walk: from the labour guide to the calculator, two numbers, the sum."""
    tab = open_page("disputes/labour-villager.html", PHONE)
    tab.get_by_role("link", name="拖欠工资").click()
    tab.get_by_label("每月工资").fill("5800")
    tab.get_by_label("欠几个月").fill("4")
    reckon(tab)
    expect(tab.get_by_role("status")).to_contain_text("23,200元")


# ---- last days ----


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


# ---- screens, access, paper ----


@pytest.mark.parametrize("mode", ["", "大字", "夜间"])
@pytest.mark.parametrize("key", ["loan-interest", "instalments", "limitation"])
def test_forms_and_results_fit_the_screen(look: Look, key: str, mode: str) -> None:
    """With a result, and with refusals, nothing sticks out on any screen, and in large type letters and targets are large."""
    for size in SIZES.values():
        tab = look(page_of(key), size, mode)
        reckon(tab)
        for given in ({}, calculators()[key].vectors[0].given):
            fill(tab, given)
            reckon(tab)
            found = measured(tab)
            assert (size, 0, []) == (size, found["overflow"], found["wide"])
            if mode == "大字":
                assert [text for text in found["texts"] if text["main"] and text["size"] < 24] == []
                assert [target for target in found["targets"] if min(target["width"], target["height"]) < 59.5] == []


@pytest.mark.parametrize("mode", ["", "夜间"])
def test_axe_finds_nothing_in_forms_and_results(look: Look, mode: str) -> None:
    """Zero violations with refusals shown, with a result shown, and on a procedure's page."""
    rules = {"type": "tag", "values": RULES}
    for page, given in (
        (page_of("loan-interest"), calculators()["loan-interest"].vectors[1].given),
        (page_of("instalments"), calculators()["instalments"].vectors[0].given),
        (CONFIRMATION, {"limit": "apply", "day": "2026-11-20"}),
        ("calculators/index.html", {}),
    ):
        tab = look(page, PHONE, mode)
        assert (page, []) == (page, violations(tab, rules))
        if given:
            reckon(tab)
            assert (page, []) == (page, violations(tab, rules))
            fill(tab, given)
            reckon(tab)
            assert results(tab) != {}
            assert (page, []) == (page, violations(tab, rules))


def test_without_a_script_the_form_gives_way(open_page: OpenPage, site: Site) -> None:
    """No dead form: a sentence stands in for it, formula and example are there."""
    tab = open_page(page_of("severance"), PHONE, java_script_enabled=False)
    expect(tab.get_by_role("button", name="计算")).to_have_count(0)
    expect(tab.get_by_text("没有打开 JavaScript，不能自动算")).to_be_visible()
    expect(tab.get_by_role("heading", name="怎样算出来的")).to_be_visible()
    assert site.page(tab.url) == page_of("severance")


def test_a_browser_without_exact_numbers_says_so(open_page: OpenPage, site: Site) -> None:
    """Where the scripts can't run for age, the form gives way to a sentence."""
    tab = open_page("index.html", PHONE)
    tab.route("**/exact.js", lambda route: route.fulfill(body="var x = ;", content_type="text/javascript"))
    tab.goto(site.url(page_of("penalty")))
    expect(tab.get_by_text("浏览器太旧")).to_be_visible()
    expect(tab.get_by_role("button", name="计算")).to_be_hidden()


def test_on_paper_stand_numbers_and_result(open_page: OpenPage) -> None:
    """Printed: what was typed, the result and the formula; no buttons, no field that isn't asked for."""
    tab = open_page(page_of("lpr-cap"), DESKTOP)
    tab.emulate_media(media="print")
    expect(field(tab, "lpr")).to_be_hidden()
    tab = open_page(page_of("penalty"), DESKTOP)
    fill(tab, {"loss": "100", "agreed": "130"})
    reckon(tab)
    tab.emulate_media(media="print")
    expect(field(tab, "loss")).to_be_visible()
    expect(tab.get_by_role("status")).to_be_visible()
    expect(tab.get_by_role("button")).to_have_count(0)
