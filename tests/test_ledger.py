"""The seven-tab ledger (台账): the Excel file that the build makes, its page, and what may not stand in a tab."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from html_page import HtmlPage
from ledger_file import TAB, blank, filled, made_up, saved, shipped_library, tabs
from project import Project
from tingsuo.outputs.xlsx_files import INLINE, ROWS, ledger_files, ledger_workbook
from tingsuo.pages.ledger import ROLES, WORKBOOK, analysed, definition, how_to_fill, ledgers

MECHANISM = "guides/mechanisms/linked.yaml"
GOOD = """\
id: linked
title: 联动化解
order: 1
group: 共建机制
document: 庭所共建
lead: 合起来调。
steps: [接, 调]
ledger:
  tab: 联动
  columns:
  - {name: 编号, type: 文字}
  - {name: 受理月份, type: 月份}
  - {name: 镇街, type: 选项, options: [东镇, 西街道]}
  - {name: 件数, type: 数字}
laws: [民法典第288条]
"""
SEVEN = ["共同研判", "联动化解", "技能交流", "信息沟通", "应急处置", "安全防范", "法治宣传"]


def small(project: Project, old: str = "", new: str = "") -> Project:
    """The small project with one ledger, a piece of it written otherwise."""
    assert not old or GOOD.count(old) == 1
    return project.write(MECHANISM, GOOD.replace(old, new) if old else GOOD)


# ---- the Excel file ----


def test_seven_tabs_stand_in_their_order() -> None:
    """The seven tabs of the ledger and the legend; every heading as the content has it; nothing else is filled in."""
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    assert book.sheetnames == [*SEVEN, "图例"]
    for name, ledger in tabs().items():
        assert [column.name for column in ledger.columns] == [cell.value for cell in book[name][1]]
        assert {cell.value for row in book[name].iter_rows(min_row=2) for cell in row} == {None}


def test_columns_take_what_they_should() -> None:
    """Each column has its validation, down to the last row: a list says its options, months are dates, numbers aren't negative."""
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    kinds = {"选项": "list", "月份": "date", "日期": "date", "数字": "decimal", "文字": "custom"}
    for name, ledger in tabs().items():
        rules = {str(rule.sqref): rule for rule in book[name].data_validations.dataValidation}
        assert len(ledger.columns) == len(rules)
        for n, column in enumerate(ledger.columns, 1):
            letter = openpyxl.utils.get_column_letter(n)
            rule = rules[f"{letter}2:{letter}{ROWS + 1}"]
            assert kinds[column.type] == rule.type
            if column.options:
                assert f'"{",".join(column.options)}"' == rule.formula1
            assert ("warning" if column.type == "文字" else None) == (rule.errorStyle if rule.errorStyle != "stop" else None)


def test_headings_are_frozen_and_repeated_on_a4_across() -> None:
    """Every tab: headings stay in view and come back on each page; A4 landscape, one page wide; Chinese fonts are named."""
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    for name in SEVEN:
        sheet = book[name]
        assert (
            sheet.freeze_panes,
            sheet.print_title_rows,
            sheet.page_setup.orientation,
            sheet.page_setup.paperSize,
            sheet.sheet_properties.pageSetUpPr.fitToPage,
        ) == ("A2", "$1:$1", "landscape", 9, True)
        assert (sheet["A1"].font.name, sheet["A2"].font.name) == ("黑体", "宋体")
        assert all(7 <= sheet.column_dimensions[cell.column_letter].width <= 40 for cell in sheet[1])


def test_legend_says_how_to_fill_each_column() -> None:
    """The legend has every column with what it takes, and says that no person is named."""
    sheet = openpyxl.load_workbook(io.BytesIO(blank()))["图例"]
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    said = {(row[1], row[2], row[3]) for row in rows}
    for ledger in tabs().values():
        for column in ledger.columns:
            assert (column.name, how_to_fill(column), "、".join(column.options)) in said
    assert any("不写姓名" in row[0] for row in rows)


def test_the_same_content_gives_the_same_bytes() -> None:
    """No clock and no author in the file."""
    assert ledger_workbook(shipped_library()) == blank()
    with zipfile.ZipFile(io.BytesIO(blank())) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in archive.infolist()}
    assert re.search(r"<dc:creator>\s*</dc:creator>|<dc:creator/>", core)
    edition = shipped_library().reference.office.edition.date.isoformat()
    assert {edition} == set(re.findall(r">(\d{4}-\d\d-\d\d)T", core))


def test_long_lists_stand_on_a_hidden_sheet(project: Project) -> None:
    """What Excel doesn't take as text, too long or with a comma in it, it reads from a hidden sheet."""
    many = ", ".join(f"第{n}个很长的名称" for n in range(60))
    small(project, "[东镇, 西街道]", f"[{many}]").build().exits(0)
    book = openpyxl.load_workbook(project.root / "site" / WORKBOOK)
    assert book.sheetnames == ["联动", "图例", "选项"]
    assert book["选项"].sheet_state == "hidden"
    (rule,) = (rule for rule in book["联动"].data_validations.dataValidation if rule.type == "list")
    assert rule.formula1.lstrip("=") == "选项!$A$1:$A$60"
    assert book["选项"]["A60"].value == "第59个很长的名称"
    assert len(many.replace(" ", "")) > INLINE


@pytest.mark.skipif(not shutil.which("soffice"), reason="没有 LibreOffice：apt-get install libreoffice-calc-nogui")
def test_libreoffice_opens_it_with_its_drop_downs(tmp_path: Path) -> None:
    """LibreOffice opens the filled file, and what it saves has seven tabs, the drop-downs and the rows."""
    rows = made_up(20)
    (tmp_path / "ledger.xlsx").write_bytes(saved(filled(rows)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "out", "ledger.xlsx"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False)
    if not (tmp_path / "out/ledger.xlsx").exists():
        pytest.skip(f"这台机器的 LibreOffice 没有 Calc：apt-get install libreoffice-calc-nogui（{done.stderr.strip()[:80]}）")
    book = openpyxl.load_workbook(tmp_path / "out/ledger.xlsx")
    assert book.sheetnames == [*SEVEN, "图例"]
    lists = [rule for rule in book[TAB].data_validations.dataValidation if rule.type == "list"]
    assert sum(bool(column.options) for column in tabs()[TAB].columns) == len(lists)
    assert [row["编号"] for row in rows] == [cell.value for cell in book[TAB]["A"][1:21]]


# ---- the site ----


def test_file_is_made_only_when_content_changed(project: Project) -> None:
    """A second build keeps the file; a changed option makes it anew."""
    small(project).build().exits(0)
    path = project.root / "site" / WORKBOOK
    first = path.stat().st_ino, path.read_bytes()
    project.change("cases/neighbours/lane.yaml", "巷口的石头搬走了", "石头搬走了").build().exits(0)
    assert first == (path.stat().st_ino, path.read_bytes())
    project.change(MECHANISM, "西街道", "南街道").build().exits(0)
    assert first[1] != path.read_bytes()


def test_without_a_ledger_there_is_no_page(project: Project) -> None:
    """A project without mechanisms has neither the file nor the pages; one whose ledger can't be analysed has no analysis."""
    project.build().exits(0)
    assert {"ledger.html", "analysis.html", WORKBOOK} & set(project.site()) == set()
    small(project).build().exits(0)
    assert {"ledger.html", WORKBOOK} == {"ledger.html", "analysis.html", WORKBOOK} & set(project.site())


def test_page_reads_without_scripts(project: Project) -> None:
    """Every column with how to fill it, and the Excel file, are there as text."""
    small(project).build().exits(0)
    page: HtmlPage = project.page("ledger.html")
    for word in ("编号", "受理月份", "东镇、西街道", "只写数字，没有写 0"):
        assert word in page.text
    assert ("a", WORKBOOK) in {(tag, attributes.get("href")) for tag, attributes in page.elements}


def test_shipped_ledger_can_be_analysed() -> None:
    """The analysed tab is 联动化解, it has the columns to count by, and the outcomes with a meaning are among its options."""
    found = analysed(shipped_library())
    assert found
    assert found[1].tab == TAB
    known = definition(shipped_library())
    columns = {column.name: column for column in found[1].columns}
    assert all(columns[name].options for role, name in ROLES.items() if role != "month")
    assert set(known["outcomes"].values()) <= set(columns[ROLES["result"]].options)
    assert [key for key, _ in ledgers(shipped_library())] == [tab["id"] for tab in known["tabs"]]
    assert [file.url for file in ledger_files(shipped_library(), b"")] == [WORKBOOK]


# ---- what may not stand in a tab ----


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tab: 联动", "tab: 联动/调解", ":9:8 错误 [ledger-tab] “联动/调解”不能做Excel的工作表名"),
        ("tab: 联动", "tab: 图例", ":9:8 错误 [ledger-tab] 工作表名“图例”留给图例用"),
        ("name: 编号", "name: 当事人姓名", ":11:12 错误 [ledger-personal] 台账不能有“当事人姓名”这样的列"),
        ("name: 件数", "name: 联系电话", ":14:12 错误 [ledger-personal] 台账不能有“联系电话”这样的列"),
        ("name: 件数", "name: 编号", ":14:12 错误 [ledger-column] 列“编号”写了两次"),
        ("件数, type: 数字", "件数, type: 选项", ":14:22 错误 [ledger-column] “件数”的种类和选项对不上"),
    ],
)
def test_tab_that_can_not_be_is_refused(project: Project, old: str, new: str, said: str) -> None:
    """Names that Excel refuses, columns for persons, columns that can't be told apart: refused with the place."""
    small(project, old, new).check().expect(MECHANISM + said)


def test_two_tabs_of_one_name_are_refused(project: Project) -> None:
    """Two mechanisms can't have the same tab, whatever its case."""
    small(project, "tab: 联动", "tab: Abc")
    project.write(
        "guides/mechanisms/other.yaml", GOOD.replace("id: linked", "id: other").replace("tab: 联动", "tab: ABC").replace("order: 1", "order: 2")
    )
    project.check().expect(f"guides/mechanisms/other.yaml:9:8 错误 [ledger-tab] 工作表名“ABC”在 {MECHANISM} 里已经用过")
