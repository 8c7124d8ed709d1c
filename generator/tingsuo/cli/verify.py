"""`tingsuo verify`: whether a pack is whole, unchanged and signed by the expected key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..outputs.packs.contents import Fault
from ..outputs.packs.verify import NothingBeside, verify
from .keys import PublicKeyOption, public_key
from .output import console, progress, stop

_SHOWN = 20


def command(
    pack: Annotated[Path, typer.Argument(metavar="包", help="U 盘文件夹、zip、更新包，或者旁边有 .minisig 或 .sha256 的一个文件")],
    key: PublicKeyOption = None,
) -> None:
    """Exit code 0: whole and, with a key, signed by it; 1: something is wrong; 2: nothing could be checked."""
    expected = public_key(key)
    if not pack.exists():
        stop(f"找不到“{pack}”。")
    try:
        with progress() as report:
            verdict = verify(pack, expected, report)
    except NothingBeside as problem:
        stop(str(problem))
    show_faults(verdict.faults)
    for remark in verdict.remarks:
        console.print(remark, markup=False)
    if not verdict.whole:
        typer.echo(f"不对：{len(verdict.faults)} 处。不要用这一份，重新拷一份再核。")
        raise typer.Exit(1)
    if verdict.signed and expected:
        typer.echo(f"{verdict.files} 个文件齐全，没有改过，是这把密钥签的。指纹：{expected.fingerprint}")
    else:
        typer.echo(f"{verdict.files} 个文件齐全，没有改过。")


def show_faults(faults: tuple[Fault, ...]) -> None:
    """Every kind of fault with its files, a long row of one kind cut short."""
    for what in dict.fromkeys(fault.what for fault in faults):
        same = [fault for fault in faults if fault.what == what]
        for fault in same[:_SHOWN]:
            console.print(str(fault), style="red", markup=False)
        if len(same) > _SHOWN:
            console.print(f"{what}：另有 {len(same) - _SHOWN} 个没有列出", style="red", markup=False)
