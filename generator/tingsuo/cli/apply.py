"""`tingsuo apply`: put an update onto a stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..outputs.packs.apply import Refused, apply
from .keys import PublicKeyOption, public_key
from .output import console, progress, stop
from .verify import show_faults


def command(
    update: Annotated[Path, typer.Argument(metavar="更新包", help="某某-update.zip")],
    stick: Annotated[Path, typer.Argument(metavar="文件夹", help="U 盘上有“打开.html”的文件夹")],
    key: PublicKeyOption = None,
) -> None:
    """Exit code 0: the stick is the new edition, byte for byte; 1: refused, and the stick is as it was."""
    expected = public_key(key)
    if not update.exists():
        stop(f"找不到“{update}”。")
    try:
        with progress() as report:
            applied = apply(update, stick, expected, report)
    except Refused as problem:
        show_faults(problem.faults)
        typer.echo("没有更新，U 盘上还是原来的。")
        raise typer.Exit(1) from None
    for remark in applied.remarks:
        console.print(remark, markup=False)
    if applied.key:
        whose = "是你给的这把密钥签的" if expected else "和 U 盘原来的是同一把密钥签的"
        console.print(f"{whose}。指纹：{applied.key.fingerprint}", markup=False)
    if applied.already:
        typer.echo(f"U 盘上已经是 {applied.name}，{applied.files} 个文件齐全，不用更新。")
    else:
        typer.echo(f"更新好了：{applied.name}，{applied.files} 个文件。先“安全删除硬件”，再拔。")
