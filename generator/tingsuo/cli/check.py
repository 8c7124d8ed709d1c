"""`tingsuo check`: every mistake at once, for people or for programs."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..library import today
from ..load import locate
from ..prepare import prepare
from ..search.findable import findable
from .options import AsOf, Names, parse_day
from .output import count_text, listed_names, need_project, progress, show_findings


class Format(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"


def command(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(metavar="[文件…]", help="只看这些文件或文件夹的问题")] = None,
    form: Annotated[Format, typer.Option("--format", help="text 给人看，json 给程序用")] = Format.text,
    names: Names = None,
    as_of: AsOf = None,
    strict: Annotated[bool, typer.Option("--strict", help="有提醒也算不通过")] = False,
) -> None:
    """Check the content of the project."""
    root: Path = ctx.obj
    need_project(root)
    with progress() as report:
        prepared = prepare(root, day=parse_day(as_of) or today(), names=listed_names(names), bodies=False, progress=report)
    findings = prepared.findings
    if prepared.library and not prepared.errors:
        findings = locate([*findings, *findable(prepared.library)], root)
    if paths:
        wanted = [_relative(root, path) for path in paths]
        findings = [f for f in findings if any(f.file == w or f.file.startswith(f"{w}/") or w == "." for w in wanted)]
    failed = any(f.severity == "error" or strict for f in findings)
    if form is Format.json:
        sys.stdout.write(json.dumps([f.as_dict() for f in findings], ensure_ascii=False, indent=1) + "\n")
    else:
        show_findings(findings)
        cases = len(prepared.store.cards) if prepared.store else 0
        typer.echo(f"核对了 {cases} 个案例和全部指引：{count_text(findings)}。" + ("" if failed else "可以发布。"))
    raise typer.Exit(1 if failed else 0)


def _relative(root: Path, path: str) -> str:
    place = Path(path)
    place = place if place.is_absolute() else (Path.cwd() / place if (Path.cwd() / place).exists() else root / place)
    try:
        return place.resolve().relative_to(root).as_posix()
    except ValueError:
        return path
