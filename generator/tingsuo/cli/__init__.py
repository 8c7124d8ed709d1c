"""The command line: one module per command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .. import __version__
from . import apply, build, check, init, laws, new, pack, schema, serve, sign, verify
from . import print as print_command
from .chinese import ChineseCommand, ChineseGroup

app = typer.Typer(
    name="tingsuo",
    cls=ChineseGroup,
    help="把 YAML 写的典型案例和调解指引，编成不联网也能用的普法网站。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tingsuo {__version__}")
        raise typer.Exit


@app.callback()
def project(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Option("-C", "--project", metavar="目录", help="项目文件夹，默认为当前文件夹")] = Path(),
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")] = False,
) -> None:
    """Set the project folder for the commands."""
    ctx.obj = folder.resolve()


app.command("build", cls=ChineseCommand, help="核对内容，生成网站。")(build.command)
app.command("check", cls=ChineseCommand, help="只核对，不生成；一次列出全部问题。")(check.command)
app.command("pack", cls=ChineseCommand, help="打包：U 盘、单个文件、Kiwix、电子书、网站。")(pack.command)
app.command("verify", cls=ChineseCommand, help="核对离线包：齐不齐，改没改过，是谁签的。")(verify.command)
app.command("apply", cls=ChineseCommand, help="用更新包更新 U 盘：先全部核对，不对就不动。")(apply.command)
app.command("serve", cls=ChineseCommand, help="边写边看：改了文件，网页跟着变。")(serve.command)
app.command("print", cls=ChineseCommand, help="印成纸：手册、折页、清单、海报、展板、题卷、长图和 Word 文书。")(print_command.command)
app.command("new", cls=ChineseCommand, help="生成一份样板：案例、指引、流程等。")(new.command)
app.command("init", cls=ChineseCommand, help="为另一个法院或县开一个新项目。")(init.command)
app.command("schema", cls=ChineseCommand, help="导出 JSON Schema，编辑器据此补全和提示。")(schema.command)
app.add_typer(laws.app, name="laws")
app.add_typer(sign.app, name="sign")


def main() -> None:
    """Entry point of the `tingsuo` command."""
    app()


__all__ = ["app", "main"]
