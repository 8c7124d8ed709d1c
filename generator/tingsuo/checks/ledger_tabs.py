"""Tabs of the ledger (台账) can be sheets of one Excel file, their columns can be told apart, and none is for personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, Loc, error
from ..library import Library
from ..model.mechanism import Ledger

LONGEST = 31
"""Excel's limit for the name of a sheet."""
_TAKEN = ("图例", "选项")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_PERSONAL = re.compile(r"姓名|名字|电话|手机|身份证|证件|住址|门牌|账号|卡号|微信|出生")


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """What is wrong with the tabs of the published mechanisms."""
    reference = library.reference
    seen: dict[str, str] = {}
    for mechanism in reference.mechanisms.values():
        if not mechanism.published or not mechanism.ledger:
            continue
        file, tab = reference.files["mechanism", mechanism.id], mechanism.ledger.tab
        at: Loc = ("ledger", "tab")
        if _FORBIDDEN.search(tab) or len(tab) > LONGEST:
            yield error(file, "ledger-tab", f"“{tab}”不能做Excel的工作表名", f"不用 [ ] : * ? / \\，不超过{LONGEST}个字", at)
        elif tab in _TAKEN or tab.casefold() in seen:
            said = f"在 {seen[tab.casefold()]} 里已经用过" if tab.casefold() in seen else "留给图例用"
            yield error(file, "ledger-tab", f"工作表名“{tab}”{said}", "换一个名称", at)
        seen.setdefault(tab.casefold(), file)
        yield from _columns(mechanism.ledger, file)


def _columns(ledger: Ledger, file: str) -> Iterator[Finding]:
    names: set[str] = set()
    for n, column in enumerate(ledger.columns):
        at: Loc = ("ledger", "columns", n)
        if column.name in names:
            yield error(file, "ledger-column", f"列“{column.name}”写了两次", "删去一个，或改名", (*at, "name"))
        names.add(column.name)
        if _PERSONAL.search(column.name):
            yield error(file, "ledger-personal", f"台账不能有“{column.name}”这样的列", "台账不记个人信息，用编号去查卷宗", (*at, "name"))
        if (column.type == "选项") != bool(column.options):
            yield error(file, "ledger-column", f"“{column.name}”的种类和选项对不上", "种类是 选项 的写 options，别的不写", (*at, "type"))
