"""The seven-tab ledger (台账) as an Excel file: a tab for each mechanism that keeps one, and a legend (图例).

Drop-downs, dates and numbers are held by data validation; the cells are ruled for the pen, the print is A4 across
with the headings on every page. No column is for personal data, and text that looks like a telephone or an identity
number is questioned. No clock and no author: the same content gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ..library import Library
from ..model.mechanism import Ledger, LedgerColumn
from ..pages.ledger import TITLE, WORKBOOK, how_to_fill, ledgers, width
from ..pages.lists import digest
from .docx_files import PaperFile

ROWS = 3000
"""Rows in which the drop-downs work; several years of a county."""
RULED = 28
"""Rows that print ruled in an empty file: one page."""
INLINE = 255
"""Excel takes a list of options as text up to this length."""
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)
_HEAD, _TEXT = "黑体", "宋体"
_LISTS = "选项"
_LEGEND = "图例"
_RULES = (
    "一行记一件事。每个表第一行是列名，不要改、不要删、不要合并单元格。",
    "有下拉的从下拉里选，选不出的再选“其他”。月份写成 2026-11，数字只写数字。",
    "不写姓名、电话、证件号、住址、账号，也不加这样的列。写到镇街为止。",
    "编号用卷宗的流水号，要查人，去查卷宗，不在台账里查。",
    "当天的事当天记。在办的先填，办完再补“结果”“办结月份”。",
    "每月底和卷宗对一次件数，对得上再报。",
    "要看走势：打开网站的“分析研判”，选这个文件。文件不上传。",
)


def ledger_files(library: Library, reference_key: bytes) -> Iterator[PaperFile]:
    """The Excel file, when any mechanism keeps a ledger."""
    if ledgers(library):
        yield PaperFile(WORKBOOK, digest(reference_key, WORKBOOK, xlsxwriter.__version__), lambda: ledger_workbook(library))


def ledger_workbook(library: Library) -> bytes:
    """The blank ledger."""
    office, made = library.reference.office, io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": f"{office.county}{TITLE}", "created": datetime.combine(office.edition.date, datetime.min.time())})
    looks = _looks(book)
    tabs = [ledger for _, ledger in ledgers(library)]
    sheets = [book.add_worksheet(ledger.tab) for ledger in tabs]
    legend = book.add_worksheet(_LEGEND)
    long_lists = _LongLists(book)
    footer = f'&L&"{_TEXT}"&9{office.name}　{office.edition.name}&R&"{_TEXT}"&9第 &P 页　共 &N 页'.replace("&&", "&")
    for ledger, sheet in zip(tabs, sheets, strict=True):
        _tab(sheet, ledger, looks, long_lists)
        _paper(sheet, f'&L&"{_TEXT}"&10填报单位：　　　　　　　　&C&"{_HEAD}"&14{ledger.tab}台账&R&"{_TEXT}"&10　　　　年', footer)
        sheet.repeat_rows(0)
    _legend(legend, tabs, looks)
    _paper(legend, f'&C&"{_HEAD}"&14{TITLE}图例', footer)
    book.close()
    return made.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    """The formats by name: of column types, headings and the legend."""

    def look(**more: Any) -> Format:
        return book.add_format({"font_name": _TEXT, "font_size": 11, "valign": "vcenter", "border": 1, **more})

    return {
        "head": look(font_name=_HEAD, bold=True, align="center", text_wrap=True, bg_color="#E8EFF8"),
        "选项": look(text_wrap=True),
        "文字": look(text_wrap=True, num_format="@"),
        "数字": look(num_format="0.##", align="right"),
        "月份": look(num_format="yyyy-mm", align="center"),
        "日期": look(num_format="yyyy-mm-dd", align="center"),
        "title": look(font_name=_HEAD, font_size=16, bold=True, border=0),
        "rule": look(border=0, text_wrap=True),
        "cell": look(text_wrap=True, valign="top"),
    }


def _tab(sheet: Worksheet, ledger: Ledger, looks: dict[str, Format], long_lists: _LongLists) -> None:
    """Headings, widths, ruled lines and what may stand in each column."""
    sheet.set_row(0, 42)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, ROWS, len(ledger.columns) - 1)
    for n, column in enumerate(ledger.columns):
        sheet.set_column(n, n, width(column), looks[column.type])
        sheet.write_string(0, n, column.name, looks["head"])
        for row in range(1, RULED + 1):
            sheet.write_blank(row, n, None, looks[column.type])
        sheet.data_validation(1, n, ROWS, n, _validation(column, n, long_lists))
    for row in range(1, RULED + 1):
        sheet.set_row(row, 20)


def _validation(column: LedgerColumn, n: int, long_lists: _LongLists) -> dict[str, Any]:
    """What a column takes, and what Excel says of anything else."""
    said = {"input_title": column.name[:32], "input_message": how_to_fill(column)}
    if column.type == "选项":
        listed = ",".join(column.options)
        fits = len(listed) <= INLINE and not any("," in option or '"' in option for option in column.options)
        source = column.options if fits else long_lists.place(column.options)
        return {"validate": "list", "source": source, "error_title": "不在下拉里", "error_message": "请从下拉里选一个。"}
    if column.type in ("月份", "日期"):
        between = {"validate": "date", "criteria": "between", "minimum": _FIRST, "maximum": _LAST}
        return {**between, **said, "error_title": "看不懂的日子", "error_message": f"请{how_to_fill(column)}。"}
    if column.type == "数字":
        return {**said, "validate": "decimal", "criteria": ">=", "value": 0, "error_title": "不是数字", "error_message": "只写数字，不写单位。"}
    cell = xl_rowcol_to_cell(1, n)
    # Eleven digits in a row are a telephone or the middle of an identity number.
    digits = f"=SUMPRODUCT((LEN(MID({cell},ROW($1:$200),11))=11)*ISNUMBER(--MID({cell},ROW($1:$200),11)))=0"
    asked = {"validate": "custom", "value": digits, "error_type": "warning"}
    return {**asked, **said, "error_title": "像是电话或证件号", "error_message": "台账不写电话、证件号。确定不是，再点“是”。"}


class _LongLists:
    """Option lists too long for Excel to take as text: columns of a hidden sheet, which isn't made unless it is needed."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, options: list[str]) -> str:
        """Where a list stands, as a formula."""
        key = tuple(options)
        if key not in self._places:
            if self._sheet is None:
                self._sheet = self._book.add_worksheet(_LISTS)
                self._sheet.hide()
            n = len(self._places)
            for row, option in enumerate(options):
                self._sheet.write_string(row, n, option)
            ends = [xl_rowcol_to_cell(row, n, row_abs=True, col_abs=True) for row in (0, len(options) - 1)]
            self._places[key] = f"={_LISTS}!{ends[0]}:{ends[1]}"
        return self._places[key]


def _legend(sheet: Worksheet, tabs: list[Ledger], looks: dict[str, Format]) -> None:
    """How to fill it in, and every column with what it takes."""
    for n, wide in enumerate((20, 28, 40, 74)):
        sheet.set_column(n, n, wide)
    sheet.merge_range(0, 0, 0, 3, f"{TITLE}怎样填", looks["title"])
    for n, rule in enumerate(_RULES, 1):
        sheet.merge_range(n, 0, n, 3, f"{n}．{rule}", looks["rule"])
        sheet.set_row(n, 20)
    row = len(_RULES) + 2
    sheet.write_row(row, 0, ["工作表", "列", "怎么填", "可以选的"], looks["head"])
    sheet.repeat_rows(row)
    same: dict[tuple[str, str, str], list[str]] = {}
    for ledger in tabs:
        for column in ledger.columns:
            same.setdefault((column.name, how_to_fill(column), "、".join(column.options)), []).append(ledger.tab)
    for (name, how, options), names in same.items():
        row += 1
        where = "各表" if len(names) == len(tabs) > 1 else "、".join(names)
        sheet.write_row(row, 0, [where, name, how, options], looks["cell"])
        # Excel measures no rows in a file that it hasn't saved.
        sheet.set_row(row, 17 * max(1, -(-len(options) // 36), -(-len(how) // 19), -(-len(where) // 9)))


def _paper(sheet: Worksheet, header: str, footer: str) -> None:
    """A4 across, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.9, bottom=0.6)
    sheet.set_header(header)
    sheet.set_footer(footer)
