"""`tingsuo serve`: live preview with reload."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from .output import console, need_project


def command(
    ctx: typer.Context,
    address: Annotated[str, typer.Option("--address", "-a", metavar="地址", help="在哪里打开")] = "127.0.0.1:8000",
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="打开浏览器")] = False,
) -> None:
    """Preview the project; the page reloads when a file changes. Mistakes are shown and the last page stays."""
    root: Path = ctx.obj
    need_project(root)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import Abort

    console.print(f"预览：http://{address}/　按 Ctrl+C 结束。", markup=False)
    try:
        serve(config_file=str(root / "mkdocs.yml"), dev_addr=address, open_in_browser=open_page, strict=False)
    except Abort as problem:
        console.print(str(problem), style="red", markup=False)
        raise typer.Exit(1) from None
    except OSError as problem:
        console.print(f"地址 {address} 用不了（{problem.strerror or problem}）。换一个，例如 --address 127.0.0.1:8001", style="red", markup=False)
        raise typer.Exit(1) from None
