"""Calculators at work in Chromium, opened from file://: every vector, every refusal, screens and access."""

from __future__ import annotations

import re

import pytest
from browsing import Look, OpenPage, Site, Visits
from calculating import VECTORS, calculators, field, fill, page_of, reckon, refusal, results
from playwright.sync_api import expect
from site_pages import DESKTOP, PHONE, SIZES
from test_browser_access import RULES, violations
from test_browser_sizes import measured

pytestmark = pytest.mark.browser

CONFIRMATION = "procedures/judicial-confirmation.html"


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
