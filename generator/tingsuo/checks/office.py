"""The office's own data: office lines only, never a mobile number or an ID number."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding
from ..library import Library, walk
from .identifiers import findings_in
from .names import full_names


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """No personal data in office.yaml. Landlines and public addresses of offices belong there."""
    from ..findings import error

    file = library.reference.files["office", "office"]
    for loc, value in walk(library.reference.office):
        if isinstance(value, str):
            yield from findings_in(value, file, loc, frozenset({"固定电话", "门牌地址"}))
            for name, at in full_names(value):
                yield error(file, "name-in-text", f"“{name}”像是真实姓名", "只写岗位和办公电话", loc, at)
