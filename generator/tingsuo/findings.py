"""Findings: what is wrong with the content, where, and how to mend it.

A finding is made with a *place inside the file* (the keys that lead to the value, and an
offset into its text). The line and column are looked up only when it is shown, so that
ten thousand faultless files pay nothing for positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]
Loc = tuple[str | int, ...]

SEVERITY_NAMES: dict[str, str] = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong.

    `file` is relative to the project, with forward slashes. `line` and `column` count from 1;
    0 means not looked up yet. `loc` are the keys that lead to the value; `offset` is a
    position in its text, -1 for the value as a whole.
    """

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""
    loc: Loc = ()
    offset: int = -1
    on_key: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The finding for programs (`tingsuo check --format json`)."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        hint = f"\n    怎么改：{self.hint}" if self.hint else ""
        return f"{where} {SEVERITY_NAMES[self.severity]} [{self.code}] {self.message}{hint}"


def error(file: str, code: str, message: str, hint: str = "", loc: Loc = (), offset: int = -1, *, on_key: bool = False) -> Finding:
    """A finding that stops the publication."""
    return Finding(file, 0, 0, code, "error", message, hint, loc, offset, on_key)


def warning(file: str, code: str, message: str, hint: str = "", loc: Loc = (), offset: int = -1, *, on_key: bool = False) -> Finding:
    """A finding that is shown and doesn't stop the publication."""
    return Finding(file, 0, 0, code, "warning", message, hint, loc, offset, on_key)


class ContentError(Exception):
    """The content has errors; carries all findings, errors and warnings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{sum(f.severity == 'error' for f in findings)} 处错误")
        self.findings = findings
