"""`tingsuo pack`: build, choose, and make what is carried to where there is no network."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ..building import BuildFailed, build_site
from ..choice import AUDIENCES, Choice, NoSuchChoice, choose, parse
from ..library import today
from ..outputs.packs import PACKS, can_be_made, make_packs
from ..outputs.packs.source import PackFailed, PackSource
from ..prepare import Prepared, prepare
from ..printed import FOLDER, LIST
from .options import AsOf, Names, parse_day
from .output import console, count_text, listed_names, need_project, progress, show_findings, stop

DIST, NARROWED = "dist", ".tingsuo/packs"


def command(
    ctx: typer.Context,
    kinds: Annotated[list[str] | None, typer.Argument(metavar=f"[{'|'.join(PACKS)}]…", help="做哪几种，不写就是能做的全做")] = None,
    dispute: Annotated[str, typer.Option("--dispute", metavar="纠纷", help="只要这几类纠纷，例如 marriage,labour 或 婚姻家庭,劳动争议")] = "",
    town: Annotated[str, typer.Option("--town", metavar="镇街", help="只要这几个镇街的机构和案例，例如 luojing 或 罗镜镇")] = "",
    audience: Annotated[str, typer.Option("--audience", metavar="|".join(AUDIENCES), help="给谁看，不写就是全部")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="目录", help="放在哪里，默认是项目里的 dist")] = None,
    since: Annotated[Path | None, typer.Option("--since", metavar="旧包", help="再做一个更新包：只有和这个旧 U 盘包不同的文件")] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="密钥", help="用这把密钥签名")] = None,
    names: Names = None,
    as_of: AsOf = None,
) -> None:
    """Make packs of the site. What stands in the folder is replaced only when everything new is finished."""
    root: Path = ctx.obj
    need_project(root)
    wanted = _kinds(kinds or [])
    if since and "stick" not in wanted:
        stop("更新包是给 U 盘做的，要和 stick 一起做。", 2)
    target = output.resolve() if output else root / DIST
    if target.exists() and not target.is_dir():
        stop(f"“{target}”不是文件夹，包放不进去。", 2)
    # Late: only this command pays for it.
    from ..outputs.packs.update import former
    from .keys import secret_key

    try:
        secret, old = secret_key(key, root) if key else None, former(since) if since else None
    except PackFailed as problem:
        stop(str(problem), 2)
    day, listed = parse_day(as_of) or today(), listed_names(names)
    with progress() as report:
        prepared = prepare(root, day=day, names=listed, progress=report)
        if prepared.errors or prepared.library is None:
            show_findings(prepared.findings)
            stop(f"{count_text(prepared.findings)}。没有打包，原来的包没有动。", 1)
        try:
            choice = parse(prepared.library.reference, dispute, town, audience)
            chosen = _narrowed(prepared, choice)
            site = build_site(chosen, progress=report)
            assert chosen.library is not None
            source = PackSource(root, site.place, chosen.library, _printed(root, choice), choice.part, secret, old)
            made = make_packs(wanted, source, target, report)
        except NoSuchChoice as problem:
            stop(str(problem), 2)
        except (BuildFailed, PackFailed) as problem:
            show_findings(prepared.findings)
            stop(f"{problem}\n没有打包，原来的包没有动。", 1)
    show_findings(prepared.findings)
    for path in made:
        typer.echo(f"{_size(path)}　{path}")
    typer.echo(f"{source.library.reference.holds}{count_text(prepared.findings)}。")


def _kinds(typed: list[str]) -> list[str]:
    """The kinds to make, in the table's order; all that can be made here when none is typed."""
    wrong = [kind for kind in typed if kind not in PACKS]
    if wrong:
        possible = "、".join(f"{kind}（{pack.label}）" for kind, pack in PACKS.items())
        stop(f"没有“{'、'.join(wrong)}”这种包，可以写：{possible}。不写就是全做。", 2)
    wanted = [kind for kind in PACKS if kind in typed or not typed]
    for kind in wanted:
        if not can_be_made(kind):
            console.print(f"没有做{PACKS[kind].label}包：要先装 {PACKS[kind].needs}，运行 {PACKS[kind].install}", style="yellow", markup=False)
    possible_here = [kind for kind in wanted if can_be_made(kind)]
    if not possible_here:
        raise typer.Exit(1)
    return possible_here


def _narrowed(prepared: Prepared, choice: Choice) -> Prepared:
    """What is chosen, to be built in a folder of its own: the whole site and its caches stay."""
    if not choice:
        return prepared
    assert prepared.library is not None
    assert prepared.store is not None
    library = choose(prepared.library.reference, prepared.store.cards, choice)
    key = hashlib.blake2b(repr(choice).encode(), key=prepared.reference_key, digest_size=16).digest()
    return replace(prepared, library=library, reference_key=key, elsewhere=prepared.root / NARROWED / choice.part)


def _printed(root: Path, choice: Choice) -> Path | None:
    """Files that somebody put into dist/print; what `tingsuo print` made is in the site. A narrowed pack goes without: they hold everything."""
    place = root / FOLDER
    if not place.is_dir() or not any(place.iterdir()):
        return None
    if choice:
        console.print("印好的文件没有放进去：它们是按全部内容做的。", markup=False)
        return None
    return None if (place / LIST).is_file() else place


def _size(path: Path) -> str:
    """12.3 MB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / 1_000_000:.1f} MB"
