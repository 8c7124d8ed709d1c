"""`tingsuo serve`: live preview with reload."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ..frame_findings import frame_findings
from .output import console, need_project, show_findings


def command(
    ctx: typer.Context,
    address: Annotated[str | None, typer.Option("--address", "-a", metavar="地址", help="在哪里打开，默认 127.0.0.1:8000")] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="打开浏览器")] = False,
    lan: Annotated[bool, typer.Option("--lan", help="把生成好的网站放到热点上，平板扫码就能看；只能看，不能改")] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, metavar="端口", help="和 --lan 一起用")] = 8000,
) -> None:
    """Preview the project; the page reloads when a file changes. Mistakes are shown and the last page stays."""
    root: Path = ctx.obj
    need_project(root)
    if lan:
        from .serve_lan import serve_lan

        serve_lan(site_folder(root), port, address)
        return
    address = address or "127.0.0.1:8000"
    wrong = frame_findings(root, ())
    if wrong:
        show_findings(wrong)
        raise typer.Exit(1)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands import serve
    from mkdocs.exceptions import Abort
    from mkdocs.livereload import LiveReloadServer

    # MkDocs has no other way of saying which server it should use.
    vars(serve)["LiveReloadServer"] = patient(LiveReloadServer)
    console.print(f"预览：http://{address}/　按 Ctrl+C 结束。", markup=False)
    try:
        serve.serve(config_file=str(root / "mkdocs.yml"), dev_addr=address, open_in_browser=open_page, strict=False)
    except Abort as problem:
        console.print(str(problem), style="red", markup=False)
        raise typer.Exit(1) from None
    except OSError as problem:
        console.print(f"地址 {address} 用不了（{problem.strerror or problem}）。换一个，例如 --address 127.0.0.1:8001", style="red", markup=False)
        raise typer.Exit(1) from None


def site_folder(root: Path) -> Path:
    """Where the project's site is built, as mkdocs.yml says; nothing is loaded for this."""
    config = root / "mkdocs.yml"
    said = re.search(r"^site_dir:\s*[\"']?([^\"'#\s]+)", config.read_text("utf-8", errors="replace"), re.MULTILINE) if config.is_file() else None
    return root / (said[1] if said else "site")


def patient(server: Any) -> Any:
    """MkDocs' preview server, but one that shows the last good page while there is a mistake; MkDocs' own answers nothing then."""
    from mkdocs.exceptions import Abort

    class Patient(server):  # type: ignore[misc]
        def __init__(self, builder: Callable[..., None], **options: Any) -> None:
            def build(*args: Any, **more: Any) -> None:
                try:
                    builder(*args, **more)
                except Abort:
                    console.print("改好以后网页会自动更新。")

            super().__init__(builder=build, **options)

    return Patient
