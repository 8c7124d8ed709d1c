"""How the tables are written: a name, what was done, and the lines that must be said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from project import LANE, Project


@dataclass(frozen=True)
class Mistake:
    """One mistake. `expect` are all findings as `file:line:column 错误 [code] message`."""

    name: str
    make: Callable[[Project], object]
    expect: tuple[str, ...]


def swap(name: str, old: str, new: str, *expect: str, file: str = LANE) -> Mistake:
    """A piece of a faultless file, written wrongly."""
    return Mistake(name, lambda project: project.change(file, old, new), _lines(file, expect))


def whole(name: str, content: str | bytes, *expect: str, file: str = LANE) -> Mistake:
    """A whole file that is wrong."""
    return Mistake(name, lambda project: project.write(file, content), _lines(file, expect))


def more(name: str, text: str, *expect: str, file: str = LANE) -> Mistake:
    """Something wrong at the end of a faultless file."""
    return Mistake(name, lambda project: project.append(file, text), _lines(file, expect))


def done(name: str, make: Callable[[Project], object], *expect: str, file: str = LANE) -> Mistake:
    """Anything else that a person can do to a project folder."""
    return Mistake(name, make, _lines(file, expect))


def _lines(file: str, expect: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(file + line if line.startswith(":") else line for line in expect)
