"""The ledger in the browser: rows kept on the device, given out and taken in again."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from browsing import Look, OpenPage
from playwright.sync_api import expect
from site_pages import DESKTOP, PHONE, TABLET
from test_browser_access import RULES, violations

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledgers import ANALYSIS, LEDGER, charted, downloaded, record, rows_of, take, warned

from ledger_file import TAB, filled, made_up, saved, tabs

pytestmark = pytest.mark.browser

BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('blocked', 'SecurityError') }})"


# ---- the ledger on the device ----


def test_rows_are_kept_changed_and_deleted(open_page: OpenPage) -> None:
    """Add two, change one, delete one; they are there after a reload, and the next row begins with the same month and town."""
    tab = open_page(LEDGER)
    record(tab)
    assert tab.get_by_label("受理月份").input_value() == "2026-10"
    assert tab.get_by_label("镇街", exact=True).input_value() == "罗镜镇"
    record(tab, "劳动争议", "正在调", "2026-002")
    tab.get_by_role("button", name="改第2行").click()
    tab.get_by_label("结果", exact=True).select_option("没有达成")
    tab.get_by_role("button", name="存下修改").click()
    tab.reload()
    tab.get_by_role("tab", name=TAB).click()
    assert [(row["纠纷类型"], row["结果"]) for row in rows_of(tab)] == [("劳动争议", "没有达成"), ("相邻关系", "达成协议")]
    tab.get_by_role("button", name="删第1行").click()
    tab.get_by_role("button", name="删第1行").click()
    assert [row["编号"] for row in rows_of(tab)] == ["2026-002"]


@pytest.mark.parametrize(
    "text", ["13800138000", "138 0013 8000", "１３８００１３８０００", "44538119800101001X", "445381-19800101-0011", "6222020200012345678"]
)
def test_personal_numbers_are_not_kept(open_page: OpenPage, text: str) -> None:
    """A telephone, identity or card number in a free text gets a sentence and isn't stored, however it is written."""
    tab = open_page(LEDGER)
    tab.get_by_role("tab", name="共同研判").click()
    tab.get_by_label("议题").fill(f"找{text}谈租金")
    expect(tab.get_by_label("议题")).to_have_attribute("aria-invalid", "true")
    tab.get_by_role("button", name="记下这一行").click()
    assert rows_of(tab) == []
    assert text not in str(tab.evaluate("Object.values(localStorage)"))


def test_export_comes_back_the_same(open_page: OpenPage, tmp_path: Path) -> None:
    """Excel and CSV out, everything cleared, in again: the same rows; a second import adds nothing."""
    tab = open_page(LEDGER)
    record(tab, number="=1+1")
    record(tab, "劳动争议", "正在调", '"引号", 逗号和\'撇号')
    record(tab, "房屋租赁", "没有达成", "'=两回")
    before = rows_of(tab)
    assert before[2]["编号"] == "=1+1"
    excel, text = downloaded(tab, "导出Excel", tmp_path), downloaded(tab, "导出CSV", tmp_path)
    for path in (excel, text):
        tab.get_by_role("button", name="清空").click()
        tab.get_by_role("button", name="确定清空七本").click()
        assert rows_of(tab) == []
        tab.locator("[data-take-in]").set_input_files(path)
        expect(tab.locator("[data-state]")).to_have_text("收进来3行")
        assert rows_of(tab) == before
        tab.locator("[data-take-in]").set_input_files([])
        tab.locator("[data-take-in]").set_input_files(path)
        expect(tab.locator("[data-state]")).to_have_text("收进来0行")
        assert rows_of(tab) == before


def test_exported_files_are_safe_and_whole(open_page: OpenPage, tmp_path: Path) -> None:
    """CSV: UTF-8 with its mark, nothing that Excel would run. Excel: seven tabs that openpyxl reads, drop-downs, months as dates, text as text."""
    tab = open_page(LEDGER)
    for number in ("=1+1", "+1", "-1", "@x", "＝1"):
        record(tab, number=number)
    data = downloaded(tab, "导出CSV", tmp_path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert lines[0] == [column.name for column in tabs()[TAB].columns]
    assert [line[0] for line in lines[1:]] == ["'=1+1", "'+1", "'-1", "'@x", "'＝1"]
    book = openpyxl.load_workbook(downloaded(tab, "导出Excel", tmp_path))
    assert book.sheetnames == list(tabs())
    sheet = book[TAB]
    assert [(cell.value, cell.data_type) for cell in sheet["A"][1:]] == [(n, "s") for n in ("=1+1", "+1", "-1", "@x", "＝1")]
    assert sheet["B2"].value.date() == date(2026, 10, 1)
    assert sheet.freeze_panes == "A2"
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == sum(bool(column.options) for column in tabs()[TAB].columns)


@pytest.mark.skipif(not shutil.which("soffice"), reason="没有 LibreOffice：apt-get install libreoffice-calc-nogui")
def test_libreoffice_opens_the_exported_file(open_page: OpenPage, tmp_path: Path) -> None:
    """The browser's Excel file opens in LibreOffice, and what LibreOffice saves is read by the analysis."""
    tab = open_page(LEDGER)
    record(tab)
    record(tab, "房屋租赁")
    path = downloaded(tab, "导出Excel", tmp_path).rename(tmp_path / "in.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "out", path.name]
    subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=180, check=False)
    if not (tmp_path / "out/in.xlsx").exists():
        pytest.skip("这台机器的 LibreOffice 没有 Calc：apt-get install libreoffice-calc-nogui")
    analysis = take(open_page(ANALYSIS), (tmp_path / "out/in.xlsx").read_bytes())
    assert warned(analysis) == ""
    assert charted(analysis, "type") == {"相邻关系": 1, "房屋租赁": 1}


def test_import_leaves_out_what_may_not_stand_there(open_page: OpenPage) -> None:
    """Telephones in a text, options that don't exist and columns with names stay outside, each with a sentence."""
    book = filled(made_up(3))
    book[TAB]["A2"], book[TAB]["C3"], book[TAB]["T1"], book[TAB]["T2"] = "13800138000", "别处", "姓名", "真名真姓"
    tab = open_page(LEDGER)
    tab.locator("[data-take-in]").set_input_files({"name": "x.xlsx", "mimeType": "", "buffer": saved(book)})
    expect(tab.locator("[data-state]")).to_have_text("收进来3行")
    kept = str(tab.evaluate("Object.values(localStorage)"))
    assert not any(text in kept for text in ("13800138000", "别处", "真名真姓", "姓名"))
    assert "联动化解的编号：有1格" in warned(tab)
    assert "联动化解的镇街：有1格" in warned(tab)


def test_everything_works_where_storage_is_blocked(open_page: OpenPage, tmp_path: Path) -> None:
    """Without storage rows stay until the page is left, the page says so, and they can be exported."""
    tab = open_page(LEDGER)
    tab.context.add_init_script(BLOCKED)
    tab.reload()
    record(tab)
    assert len(rows_of(tab)) == 1
    assert "不让保存" in tab.locator("[data-state]").inner_text()
    assert openpyxl.load_workbook(downloaded(tab, "导出Excel", tmp_path))[TAB]["A2"].value == "2026-001"


def test_clear_is_always_in_view(open_page: OpenPage) -> None:
    """On a phone, anywhere on the page, 清空 is on the screen; it asks once and empties all seven."""
    tab = open_page(LEDGER, PHONE)
    record(tab)
    for place in (0, 600, 1500):
        tab.evaluate(f"scrollTo(0, {place})")
        expect(tab.get_by_role("button", name="清空")).to_be_in_viewport()
    tab.get_by_role("button", name="清空").click()
    assert len(rows_of(tab)) == 1
    tab.get_by_role("button", name="确定清空七本").click()
    assert rows_of(tab) == []
    assert tab.evaluate("Object.keys(localStorage).filter(key => key.includes('ledger'))") == []


def test_link_to_a_tab_opens_it(open_page: OpenPage) -> None:
    """A mechanism's page links to its own tab."""
    tab = open_page("ledger.html#linked-resolution")
    expect(tab.get_by_role("tab", name=TAB)).to_have_attribute("aria-selected", "true")


# ---- access ----


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page: OpenPage, size: tuple[int, int]) -> None:
    """With rows and with results: no sideways scrolling in large type; no violation by day, by night and in large type, each on another screen."""
    looked_into = {PHONE: "大字", TABLET: "", DESKTOP: "夜间"}[size]
    for mode in dict.fromkeys((looked_into, "大字")):
        ledger = open_page(LEDGER, size, mode)
        record(ledger)
        ledger.get_by_label("编号").fill("13800138000")
        analysis = take(open_page(ANALYSIS, size, mode), saved(filled(made_up())))
        for tab in (ledger, analysis):
            assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
            if mode == looked_into:
                assert violations(tab, {"type": "tag", "values": RULES}) == []


def test_tabs_work_by_keyboard(look: Look) -> None:
    """Arrows go from tab to tab."""
    tab = look(LEDGER)
    tab.get_by_role("tab").first.focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.get_by_role("tab", name=TAB)).to_be_focused()
    expect(tab.get_by_role("tab", name=TAB)).to_have_attribute("aria-selected", "true")
