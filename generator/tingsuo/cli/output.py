"""How commands speak: findings, progress, and one line at the end. Messages go to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..case_store import Progress as Report
from ..findings import Finding

console = Console(stderr=True, highlight=False, soft_wrap=True)

_MANY = 500


def need_project(root: Path) -> None:
    """Stop with a sentence when the folder is no project."""
    if not (root / "guides" / "reference").is_dir():
        console.print(f"“{root}”不是庭所项目（没有 guides/reference 文件夹）。", style="red", markup=False)
        console.print("进入项目文件夹再运行，或加 -C 目录；新项目用 tingsuo init 目录。")
        raise typer.Exit(2)


def stop(sentence: str, code: int = 2, hint: str = "") -> NoReturn:
    """Say why and end the command: 1 for the content, 2 for how it was called."""
    console.print(sentence, style="red", markup=False)
    if hint:
        console.print(hint, markup=False)
    raise typer.Exit(code)


def show_findings(findings: list[Finding]) -> None:
    """Every finding, errors last so that they stand nearest to the prompt."""
    ordered = [f for f in findings if f.severity == "warning"] + [f for f in findings if f.severity == "error"]
    for found in ordered[-_MANY:]:
        console.print(str(found), style="red" if found.severity == "error" else "yellow", markup=False)
    if len(ordered) > _MANY:
        console.print(f"另有 {len(ordered) - _MANY} 处没有列出，用 tingsuo check --format json 看全部。")


def count_text(findings: list[Finding]) -> str:
    """3 处错误，1 处提醒."""
    errors = sum(f.severity == "error" for f in findings)
    warnings = len(findings) - errors
    return f"{errors} 处错误，{warnings} 处提醒"


@contextmanager
def progress() -> Iterator[Report]:
    """A progress report for long work; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bars:
        tasks: dict[str, int] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report


def listed_names(path: Path | None) -> tuple[str, ...]:
    """The clerk's own list of real names, one a line, kept outside the project."""
    if path is None:
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        console.print(f"名单“{path}”读不了：要 UTF-8 文本，每行一个姓名。", style="red", markup=False)
        raise typer.Exit(2) from None
    return tuple(dict.fromkeys(name.strip() for name in lines if len(name.strip()) >= 2))
