"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

Names = Annotated[
    Path | None,
    typer.Option("--names", envvar="TINGSUO_NAMES", metavar="文件", help="真实姓名名单（每行一个，放在项目外面），出现一个就停下"),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="按哪一天的法律核对，例如 2026-11-23；默认今天")]


def parse_day(text: str | None) -> date | None:
    """A day given on the command line; exits with a sentence when it isn't one."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        typer.echo(f"日期“{text}”看不懂，要写成 2026-11-23 这样。", err=True)
        raise typer.Exit(2) from None
