"""What the tests of the ledger and of its analysis share."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledger_file import TAB

LEDGER, ANALYSIS = "ledger.html", "analysis.html"


def on_disk(data: bytes, name: str) -> str:
    """A file to choose: handed over as bytes, Playwright itself would keep the page busy."""
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(data)
    return str(path)


def take(tab: Page, data: bytes, name: str = "台账.xlsx") -> Page:
    """A file given to the analysis."""
    tab.locator("[data-files]").set_input_files(on_disk(data, name))
    expect(tab.locator("[data-state]")).to_contain_text(re.compile("读了|没有可以算"), timeout=60_000)
    return tab


def everything(tab: Page) -> Page:
    """The whole time that the file covers."""
    tab.get_by_label("从", exact=True).select_option(index=0)
    return tab


def charted(tab: Page, name: str) -> dict[str, int]:
    """A chart's numbers by label."""
    rows = tab.locator(f'[data-chart="{name}"] tbody tr').all()
    return {row.locator("th").inner_text(): int(row.locator("td").inner_text()) for row in rows}


def table(tab: Page, name: str) -> list[list[str]]:
    """A table's cells."""
    return [row.locator("th, td").all_inner_texts() for row in tab.locator(f'[data-table="{name}"] tr').all()]


def warned(tab: Page) -> str:
    """What the page says of a file."""
    return "\n".join(tab.locator("[data-warn] li").all_inner_texts())


def month_name(month: str) -> str:
    """2026年8月."""
    return f"{month[:4]}年{int(month[5:])}月"


def record(tab: Page, kind: str = "相邻关系", result: str = "达成协议", number: str = "2026-001") -> None:
    """A row of 联动化解."""
    tab.get_by_role("tab", name=TAB).click()
    tab.get_by_label("编号").fill(number)
    tab.get_by_label("受理月份").fill("2026-10")
    tab.get_by_label("镇街", exact=True).select_option("罗镜镇")
    tab.get_by_label("纠纷类型").select_option(kind)
    tab.get_by_label("结果", exact=True).select_option(result)
    tab.get_by_role("button", name="记下这一行").click()


def rows_of(tab: Page) -> list[dict[str, str]]:
    """The rows shown, as {column: text}."""
    out = []
    for row in tab.locator("[data-rows] tbody tr").all():
        cells = row.locator("td[data-label]").all()
        out.append({cell.get_attribute("data-label") or "": cell.text_content() or "" for cell in cells if cell.text_content()})
    return out


def downloaded(tab: Page, button: str, path: Path) -> Path:
    """The file that a button makes."""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name=button).click()
    place = path / waiting.value.suggested_filename
    waiting.value.save_as(place)
    return place
