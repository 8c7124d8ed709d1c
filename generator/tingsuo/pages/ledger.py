"""The seven-tab ledger (台账): filled in on the device, and its analysis (分析研判). What is in it is said by the mechanisms."""

from __future__ import annotations

import unicodedata
from typing import Any

from ..library import Library
from ..model.mechanism import Ledger, LedgerColumn
from .html import render
from .page import Page

WORKBOOK = "ledgers/seven-tab-ledger.xlsx"
"""The blank Excel file, from the site's root; `outputs.xlsx_files` makes it."""
TITLE = "共建台账"
SECTION = "mechanisms"
_ABOVE = ("庭所共建", "mechanisms/index.html")

ROLES = {"month": "受理月份", "town": "镇街", "type": "纠纷类型", "result": "结果"}
"""The columns that the analysis counts by. The tab that has them all is the one that is analysed."""
OUTCOMES = {"agreed": "达成协议", "pending": "正在调", "turned_away": "不受理转出"}
"""The options of 结果 with a meaning of their own in the success rate (化解率): what counts, what is still open, what was never taken on."""
DRAFTS = {"report": "special-report-outline", "advice": "judicial-advice-draft"}
"""The papers whose drafts the analysis prints."""


def ledgers(library: Library) -> list[tuple[str, Ledger]]:
    """(id of the mechanism, ledger) of every tab, in the order of the mechanisms."""
    published = (mechanism for mechanism in library.reference.mechanisms.values() if mechanism.published)
    return [(mechanism.id, mechanism.ledger) for mechanism in published if mechanism.ledger]


def analysed(library: Library) -> tuple[str, Ledger] | None:
    """The tab with all columns that the analysis counts by."""
    for key, ledger in ledgers(library):
        if {column.name for column in ledger.columns} >= set(ROLES.values()):
            return key, ledger
    return None


def definition(library: Library) -> dict[str, Any]:
    """What the scripts need to know: tabs, columns with options and widths, and what the analysis counts by."""
    found = analysed(library)
    return {
        "title": TITLE,
        "tabs": [
            {
                "id": key,
                "name": ledger.tab,
                "columns": [
                    {**column.model_dump(mode="json", include={"name", "type", "options"}), "width": width(column)} for column in ledger.columns
                ],
            }
            for key, ledger in ledgers(library)
        ],
        "analysed": found[0] if found else None,
        "roles": ROLES,
        "outcomes": OUTCOMES,
    }


def width(column: LedgerColumn) -> int:
    """How wide a column should be, in digits, as Excel counts: a Chinese character takes two."""
    if column.type == "文字":
        return 12 if column.name == "编号" else 26

    def digits(text: str) -> int:
        return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)

    # Headings and long options wrap: a landscape page must hold them all.
    return min(12, max(7, -(-digits(column.name) // 3), *(digits(option) for option in column.options))) + 1


def how_to_fill(column: LedgerColumn) -> str:
    """What to write in a column, for the legend."""
    return {
        "选项": "从下拉里选",
        "月份": "写成 2026-11，只写到月",
        "日期": "写成 2026-11-23",
        "数字": "只写数字，没有写 0",
        "文字": "写短句，不写姓名、电话、证件号、住址",
    }[column.type]


def ledger_page(library: Library) -> Page:
    """The ledger to fill in on the device."""
    body = render(
        "ledger.html",
        title=TITLE,
        definition=definition(library),
        tabs=[(key, ledger, [(column, how_to_fill(column)) for column in ledger.columns]) for key, ledger in ledgers(library)],
        workbook=WORKBOOK,
        analysed=analysed(library),
    )
    return Page(
        url="ledger.html",
        section=SECTION,
        title=TITLE,
        body=body,
        description="七本台账在网页上选着填，导出Excel和CSV。只存在这台设备上，没有姓名电话。",
        crumbs=(("首页", "index.html"), _ABOVE),
        layout="ledger",
    )


def analysis_page(library: Library) -> Page:
    """The analysis of a filled ledger."""
    documents = library.reference.documents
    drafts = {name: paper for name, paper in DRAFTS.items() if paper in documents and documents[paper].published}
    body = render(
        "analysis.html",
        title=TITLE,
        definition=definition(library),
        workbook=WORKBOOK,
        drafts=drafts,
        documents=documents,
        office=library.reference.office,
        outcomes=OUTCOMES,
    )
    return Page(
        url="analysis.html",
        section=SECTION,
        title="分析研判",
        body=body,
        description="从台账算出哪类纠纷、哪个镇街、哪个月多了，打印专项报告和司法建议底稿。文件不上传。",
        crumbs=(("首页", "index.html"), _ABOVE, (TITLE, "ledger.html")),
        layout="ledger",
    )
