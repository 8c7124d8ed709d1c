"""`tingsuo build`: check, pour, swap."""

from __future__ import annotations

import gc
import shutil
import time
from pathlib import Path
from typing import Annotated

import typer

from ..building import BuildFailed, build_site
from ..library import today
from ..prepare import CACHE, prepare
from .options import AsOf, Names, parse_day
from .output import console, count_text, listed_names, need_project, progress, show_findings


def command(
    ctx: typer.Context,
    names: Names = None,
    as_of: AsOf = None,
    search: Annotated[bool, typer.Option("--search/--no-search", help="要不要编检索文件")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="不用上次的结果，全部重做")] = False,
) -> None:
    """Build the site. Exit code 1 when the content has errors; the last good site stays."""
    root: Path = ctx.obj
    need_project(root)
    started = time.monotonic()
    gc.disable()  # a build lives for seconds; collecting its many small objects would take a tenth of them
    with progress() as report:
        if fresh:
            shutil.rmtree(root / CACHE, ignore_errors=True)
        prepared = prepare(root, day=parse_day(as_of) or today(), names=listed_names(names), search=search, progress=report)
        if prepared.errors:
            failed = True
        else:
            failed = False
            try:
                site = build_site(prepared, fresh=fresh, search=search, progress=report)
            except BuildFailed as problem:
                show_findings(prepared.findings)
                console.print(str(problem), style="red", markup=False)
                console.print("没有发布。上一版网站没有动。")
                raise typer.Exit(1) from None
    show_findings(prepared.findings)
    if failed:
        typer.echo(f"{count_text(prepared.findings)}。没有发布，上一版网站没有动。")
        raise typer.Exit(1)
    took = time.monotonic() - started
    typer.echo(f"生成 {site.pages} 页（新做 {site.poured} 页，沿用 {site.kept} 页），用时 {took:.1f} 秒；{count_text(prepared.findings)}。")
    typer.echo(f"打开：{site.place / 'index.html'}")
