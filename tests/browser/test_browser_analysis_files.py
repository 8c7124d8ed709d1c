"""Files that mean harm, are broken or huge, given to the analysis: a sentence, what is sound is counted, the page stays alive."""

from __future__ import annotations

import io
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

from ledgers import ANALYSIS, charted, everything, on_disk, take, warned

from ledger_file import TAB, Row, filled, made_up, part, repacked, saved

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
