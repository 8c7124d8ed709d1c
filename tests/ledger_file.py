"""A filled ledger (made up, without people) and files that mean harm, made with openpyxl."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from functools import cache
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from project import REPO
from tingsuo.library import Library, load_reference
from tingsuo.model.mechanism import Ledger
from tingsuo.outputs.xlsx_files import ledger_workbook
from tingsuo.pages.ledger import ledgers

TAB = "联动化解"
MONTHS = [f"2026-{n:02}" for n in range(1, 11)]
Row = dict[str, Any]


@cache
def shipped_library() -> Library:
    """What we ship, without the cases."""
    reference, _ = load_reference(REPO)
    assert reference
    return Library.of(reference, [])


@cache
def blank() -> bytes:
    """The Excel file as the build makes it."""
    return ledger_workbook(shipped_library())


@cache
def tabs() -> dict[str, Ledger]:
    """The tabs by name."""
    return {ledger.tab: ledger for _, ledger in ledgers(shipped_library())}


def made_up(count: int = 300, seed: int = 7) -> list[Row]:
    """Rows of the tab 联动化解, uneven as life is: some towns and types more than others, tenancy growing, some rows unfinished."""
    chance = random.Random(seed)
    columns = {column.name: column for column in tabs()[TAB].columns}
    towns, types, results = (columns[name].options for name in ("镇街", "纠纷类型", "结果"))
    rows = []
    for n in range(count):
        month = chance.choice(MONTHS)
        grows = month >= "2026-08" and chance.random() < 0.3
        row: Row = {name: chance.choice(column.options) for name, column in columns.items() if column.options}
        row |= {
            "编号": f"2026-{n + 1:03}",
            "受理月份": month,
            "镇街": towns[min(int(chance.expovariate(0.25)), len(towns) - 1)],
            "纠纷类型": "房屋租赁" if grows else types[min(int(chance.expovariate(0.4)), len(types) - 1)],
            "结果": chance.choices(results, [6, 2, 1, 1, 2])[0],
            "涉及人数": chance.randint(2, 12),
            "涉及金额（元）": chance.randint(0, 900) * 100,
        }
        rows.append(row)
    return rows


def filled(rows: list[Row], tab: str = TAB) -> Workbook:
    """The blank file with rows in a tab, months as Excel keeps them."""
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    sheet = book[tab]
    head = [cell.value for cell in sheet[1]]
    for n, row in enumerate(rows, 2):
        for name, value in row.items():
            month = "月份" in name and isinstance(value, str) and value[:4].isdigit()
            sheet.cell(n, head.index(name) + 1).value = date(int(value[:4]), int(value[5:7]), 1) if month else value
    return book


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, bytes | None], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with parts replaced, added, or (None) dropped."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, text in change.items():
            if text is not None:
                new.writestr(name, text)
    return out.getvalue()


def part(data: bytes, name: str) -> str:
    """A part of a zip as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()
