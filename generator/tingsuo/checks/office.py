"""The office's own data: office lines only, never a mobile number, an ID number or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..findings import Finding, error
from ..library import Library
from ..walking import walk
from .identifiers import findings_in
from .names import full_names

_LINE = re.compile(r"(?:0\d{2,3}[-－ ]?)?[2-8]\d{6,7}(?:[转－-]\d{1,5})?|400[- ]?\d{3,4}[- ]?\d{3,4}|1\d{2}(?:\d{2})?|9\d{4}")
"""A landline with or without its area code and extension, a 400 number, a public number of three or five digits."""


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """No personal data in office.yaml. Landlines and public addresses of offices belong there."""
    file = library.reference.files["office", "office"]
    for loc, value in walk(library.reference.office):
        if not isinstance(value, str):
            continue
        # Here even what only looks like a person's number stops the publication.
        found = [replace(finding, severity="error") for finding in findings_in(value, file, loc, frozenset({"固定电话", "门牌地址"}))]
        for name, at in full_names(value):
            found.append(error(file, "name-in-text", f"“{name}”像是真实姓名", "只写岗位和办公电话", loc, at))
        if not found and loc[-1] == "line" and not all(_LINE.fullmatch(part.strip()) for part in re.split("[、/；]", value)):
            found.append(error(file, "office-line", f"“{value}”不像办公固定电话", "写成 0766-1234567 这样；没有就整项不写", loc))
        yield from found
