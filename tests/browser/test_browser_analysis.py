"""The analysis of a ledger in the browser: charts that equal the sums, drafts on one page. Files that mean harm: test_browser_analysis_files."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from browsing import OpenPage
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledgers import ANALYSIS, LEDGER, charted, everything, month_name, record, table, take, warned

from ledger_file import MONTHS, TAB, blank, filled, made_up, saved, tabs

pytestmark = pytest.mark.browser

# ---- the chart numbers equal the sums ----


def test_charts_equal_the_sums(open_page: OpenPage) -> None:
    """Type, town and month, alone and crossed: what Python counts in the same rows."""
    rows = made_up()
    tab = everything(take(open_page(ANALYSIS), saved(filled(rows))))
    assert warned(tab) == ""
    assert charted(tab, "type") == Counter(row["纠纷类型"] for row in rows)
    assert charted(tab, "town") == Counter(row["镇街"] for row in rows)
    assert charted(tab, "month") == {month_name(month): n for month, n in Counter(row["受理月份"] for row in rows).items()}
    for name, one, other in (("type-month", "纠纷类型", "受理月份"), ("town-type", "镇街", "纠纷类型")):
        head, *body, foot = table(tab, name)
        counts = Counter((row[one], month_name(row[other]) if other == "受理月份" else row[other]) for row in rows)
        shown = {(line[0], column): int(n) for line in body for column, n in zip(head[1:-1], line[1:-1], strict=True) if n != "0"}
        assert shown == counts
        assert [int(line[-1]) for line in body] == [sum(n for (key, _), n in counts.items() if key == line[0]) for line in body]
        assert int(foot[-1]) == len(rows)


def test_bars_are_as_long_as_their_numbers(open_page: OpenPage) -> None:
    """The SVG bars are drawn to scale: the longest is a hundred wide, the others in proportion."""
    tab = everything(take(open_page(ANALYSIS), saved(filled(made_up()))))
    for name in ("type", "town", "month"):
        wide = [float(rect.get_attribute("width") or 0) for rect in tab.locator(f'[data-chart="{name}"] rect').all()]
        counts = list(charted(tab, name).values())
        assert wide == pytest.approx([max(1, n * 100 / max(counts)) for n in counts], abs=0.06)


def test_period_and_town_narrow_everything(open_page: OpenPage) -> None:
    """Three months and one town: charts, sums and the rate are of those only."""
    rows = made_up()
    tab = take(open_page(ANALYSIS), saved(filled(rows)))
    tab.get_by_label("镇街", exact=True).select_option("罗城街道")
    mine = [row for row in rows if row["受理月份"] in MONTHS[-3:] and row["镇街"] == "罗城街道"]
    assert charted(tab, "type") == Counter(row["纠纷类型"] for row in mine)
    assert tab.locator('[data-fill="count"]').inner_text() == f"{len(mine)}件"
    taken = [row for row in mine if row["结果"] != "不受理转出"]
    agreed = [row for row in mine if row["结果"] == "达成协议"]
    assert tab.locator('[data-fill="rate-sum"]').inner_text() == f"{len(agreed)} ÷ {len(taken)} ＝ {round(len(agreed) * 1000 / len(taken)) / 10:g}%"


def test_rising_types_are_those_that_rose(open_page: OpenPage) -> None:
    """Three or more, and three tenths more than in the same number of months before."""
    rows = made_up()
    tab = take(open_page(ANALYSIS), saved(filled(rows)))
    now = Counter(row["纠纷类型"] for row in rows if row["受理月份"] in MONTHS[-3:])
    before = Counter(row["纠纷类型"] for row in rows if row["受理月份"] in MONTHS[-6:-3])
    risen = {name for name in now if now[name] >= 3 and now[name] * 10 >= before[name] * 13}
    body = table(tab, "rising")[1:]
    assert {line[0] for line in body if "变多" in line[4]} == risen
    assert {line[0]: (int(line[1]), int(line[2])) for line in body} == {name: (before[name], now[name]) for name in now | before}
    assert "房屋租赁" in risen


def test_without_earlier_months_nothing_is_said_to_rise(open_page: OpenPage) -> None:
    """The first months of a ledger have nothing before them: the page says so instead of calling everything new."""
    tab = everything(take(open_page(ANALYSIS), saved(filled(made_up()))))
    expect(tab.locator('[data-show="unknown"]')).to_be_visible()
    assert not any("变多" in line[4] for line in table(tab, "rising"))


def test_hot_spots_come_back_within_three_months(open_page: OpenPage) -> None:
    """Same town and type, three or more in any three months in a row, the most of them."""
    rows = made_up()
    tab = everything(take(open_page(ANALYSIS), saved(filled(rows))))
    expected = {}
    for town, kind in {(row["镇街"], row["纠纷类型"]) for row in rows}:
        counts = [sum(row["受理月份"] == month and (row["镇街"], row["纠纷类型"]) == (town, kind) for row in rows) for month in MONTHS]
        most = max(sum(counts[max(0, n - 2) : n + 1]) for n in range(len(counts)))
        if most >= 3:
            expected[town, kind] = f"{most}件"
    assert {(line[0], line[1]): line[2] for line in table(tab, "spots")[1:]} == expected


def test_several_files_are_added_up(open_page: OpenPage) -> None:
    """Two towns' files together, in Excel and in CSV; the same file twice counts once."""
    rows = made_up(40)
    out = io.StringIO()
    names = [column.name for column in tabs()[TAB].columns]
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows[25:])
    tab = open_page(ANALYSIS)
    one = {"name": "甲.xlsx", "mimeType": "", "buffer": saved(filled(rows[:25]))}
    two = {"name": "乙.csv", "mimeType": "", "buffer": out.getvalue().encode("gb18030")}
    tab.locator("[data-files]").set_input_files([one, two, one])
    expect(tab.locator("[data-state]")).to_contain_text("读了40件")
    everything(tab)
    assert charted(tab, "type") == Counter(row["纠纷类型"] for row in rows)


@pytest.mark.parametrize("plain", [False, True], ids=["the browser's inflate", "our own inflate"])
def test_old_browsers_read_the_same(open_page: OpenPage, plain: bool) -> None:
    """Where the browser can't unpack, our own inflate does; both read the file that the build makes, filled or blank."""
    tab = open_page(ANALYSIS)
    tab.evaluate("plain => { tingsuoWorkbook.read.plain = plain }", plain)
    rows = made_up()
    everything(take(tab, saved(filled(rows))))
    assert charted(tab, "type") == Counter(row["纠纷类型"] for row in rows)
    take(tab, blank())
    expect(tab.locator("[data-results]")).to_be_hidden()
    assert warned(tab) == ""


def test_analysis_takes_the_ledger_of_the_device(open_page: OpenPage) -> None:
    """Rows of this device are counted without a file."""
    tab = open_page(LEDGER)
    record(tab)
    record(tab, "房屋租赁", "正在调")
    tab.get_by_role("link", name="分析研判").first.click()
    tab.get_by_role("button", name="用这台设备上的台账（2行）").click()
    assert charted(tab, "type") == {"相邻关系": 1, "房屋租赁": 1}
    assert tab.locator('[data-fill="rate-sum"]').inner_text() == "1 ÷ 2 ＝ 50%"


# ---- print ----


@pytest.mark.parametrize(("button", "key", "words"), [("打印专项报告", "report", "专项报告"), ("打印司法建议底稿", "advice", "司法建议底稿")])
def test_drafts_print_on_one_page(open_page: OpenPage, tmp_path: Path, button: str, key: str, words: str) -> None:
    """The draft alone, on one A4 page, with the numbers of the ledger and with what was typed into its blanks."""
    tab = open_page(ANALYSIS)
    tab.evaluate("window.print = () => {}")
    take(tab, saved(filled(made_up(1500))))
    sheet = tab.locator(f'[data-sheet="{key}"]')
    sheet.get_by_role("textbox").nth(3).fill("租约没有写明押金几时退。")
    tab.get_by_role("button", name=button).click()
    path = tmp_path / "draft.pdf"
    tab.pdf(path=path, prefer_css_page_size=True)
    if not shutil.which("pdftotext"):
        pytest.skip("没有 pdftotext：apt-get install poppler-utils")
    info = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages: +1\n", info)
    assert re.search(r"Page size: +59\d(\.\d+)? x 84\d", info)
    text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout)
    assert words in text
    assert "租约没有写明押金几时退" in text
    assert "选台账文件" not in text
    count = sum(row["受理月份"] in MONTHS[-3:] for row in made_up(1500))
    if key == "report":
        assert f"{count}件" in text


def test_drafts_warn_of_personal_numbers(open_page: OpenPage) -> None:
    """A telephone typed into a draft is said to have no place there."""
    tab = take(open_page(ANALYSIS), saved(filled(made_up(30))))
    tab.get_by_label("为什么会多").fill("打13800138000问过")
    expect(tab.locator("[data-personal]")).to_be_visible()
