"""Ledgers (台账): drop-downs that repeat the office's towns and the dispute types say the same as those."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, warning
from ..library import Library, Reference
from ..model.mechanism import LedgerColumn

OTHER = "其他"
_TOWN, _TYPE = "镇街", "类型"


def expected_options(column: LedgerColumn, reference: Reference) -> list[str]:
    """What a column must offer because it is written elsewhere; empty when the column is its author's own."""
    if column.type == "选项" and column.name == _TOWN:
        return [town.name for town in reference.office.towns]
    if column.type == "选项" and column.name.endswith(_TYPE):
        titles = [guide.title for guide in reference.guides.values() if guide.published]
        return [*titles, OTHER] if titles else []
    return []


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Towns and dispute types in ledgers that have drifted from office.yaml and the guides."""
    reference = library.reference
    for mechanism in reference.mechanisms.values():
        for n, column in enumerate(mechanism.ledger.columns if mechanism.ledger else ()):
            wanted = expected_options(column, reference)
            if not wanted or column.options == wanted:
                continue
            missing = [option for option in wanted if option not in column.options]
            strange = [option for option in column.options if option not in wanted]
            said = "，".join(
                f"{word}“{'、'.join(options)}”" for word, options in (("少了", missing), ("多了", strange)) if options
            )  # fmt: skip
            whose = "镇街名单" if column.name == _TOWN else "纠纷指引"
            yield warning(
                reference.files["mechanism", mechanism.id],
                "ledger-options",
                f"“{column.name}”的选项和{whose}对不上：{said or '次序不同'}",
                f"改成 [{', '.join(wanted)}]",
                ("ledger", "columns", n, "options"),
            )
