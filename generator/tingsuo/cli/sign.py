"""`tingsuo sign`: keys, signatures and fingerprints. Ed25519 in minisign's format."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ..outputs.packs import checksums, facts, sign_file
from ..outputs.packs.contents import FolderContents, Unreadable
from ..outputs.packs.facts import Facts, NotFacts
from ..outputs.packs.minisign import PublicKey, SecretKey, new_key
from ..outputs.packs.own_pages import fingerprint_page
from ..outputs.packs.sealing import seal
from ..outputs.packs.verify import verify_pack
from .chinese import ChineseCommand, ChineseGroup
from .keys import given_password, public_key, secret_key, warn_if_inside
from .output import console, progress, stop


class _PackFirst(ChineseGroup):
    """`tingsuo sign 文件夹 --key 密钥` means `tingsuo sign pack 文件夹 --key 密钥`: signing is what people come for."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """The words, with the command put in that wasn't typed."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["pack", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_PackFirst,
    help="给离线包签名：tingsuo sign 文件夹 --key 密钥文件。",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def stamp() -> int:
    """The time that stands in signatures: SOURCE_DATE_EPOCH, else now, in seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() else int(time.time())


@app.command("new-key", cls=ChineseCommand, help="做一对新密钥：私钥 某某.key 自己保管，公钥 某某.pub 给别人核对。")
def make_key(
    ctx: typer.Context,
    place: Annotated[Path, typer.Argument(metavar="文件", help="放在哪里，叫什么，例如 D:\\密钥\\luoding")],
    password: Annotated[bool, typer.Option("--password/--no-password", help="要不要密码；不要密码，谁拿到文件谁就能签")] = True,
) -> None:
    """A new key pair. Nothing is ever overwritten."""
    base = place.with_suffix("") if place.suffix in (".key", ".pub") else place
    secret, public = base.with_name(base.name + ".key"), base.with_name(base.name + ".pub")
    for there in (secret, public):
        if there.exists():
            stop(f"“{there}”已经有了，没有动它。换一个名字。")
    if not base.parent.is_dir():
        stop(f"没有文件夹“{base.parent}”。先建好，再做密钥。")
    warn_if_inside(secret, ctx.obj)
    word = given_password("密码（输入时不显示）", twice=True) if password else ""
    if password and not word:
        stop("密码是空的，没有做。真的不要密码，加 --no-password。")
    key = new_key()
    try:
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n") as file:
            file.write(key.text(word))
        public.write_text(key.public.text, "utf-8", newline="\n")
    except OSError as problem:
        stop(f"写不进“{base.parent}”（{problem.strerror}）。")
    typer.echo(f"私钥：{secret}{'' if word else '（没有密码）'}　收好，备份一份，不要给人，不要放进项目。丢了只能换新的。")
    typer.echo(f"公钥：{public}　给要核对的人。")
    typer.echo(f"指纹：{key.public.fingerprint}")
    typer.echo(f"印出来贴墙上：tingsuo sign fingerprint {public} --print")


@app.command("pack", cls=ChineseCommand, help="签一个离线包的文件夹，或者任何一个文件。可以省掉 pack 这个词。")
def sign_pack(
    ctx: typer.Context,
    pack: Annotated[Path, typer.Argument(metavar="包", help="U 盘文件夹，或者一个文件（签名放在旁边，叫 文件名.minisig）")],
    key: Annotated[Path, typer.Option("--key", "-k", metavar="密钥", help="私钥文件，某某.key")],
) -> None:
    """Sign a stick's folder, after checking that it is whole; or any file, with the signature beside it."""
    if not pack.exists():
        stop(f"找不到“{pack}”。")
    if pack.is_dir():
        _sign_folder(pack, secret_key(key, ctx.obj))
    else:
        signer = secret_key(key, ctx.obj)
        try:
            place = sign_file(pack, signer, stamp())
        except OSError as problem:
            stop(f"签不了“{pack}”（{problem.strerror}）。")
        _told(place, signer.public)


def _sign_folder(folder: Path, key: SecretKey) -> None:
    try:
        contents = FolderContents(folder)
        with progress() as report:
            wrong = verify_pack(contents, None, report).faults
        # A signature by somebody else, or a spoilt one, is going to be replaced.
        wrong = tuple(fault for fault in wrong if fault.name != checksums.SIGNATURE)
        about = Facts.read(contents.whole(facts.NAME, facts.MOST_BYTES)) if not wrong else None
    except Unreadable as problem:
        wrong, about = tuple(problem.faults), None
    except NotFacts as problem:
        stop(f"{problem}。没有签。", 1)
    if wrong or about is None:
        for fault in wrong[:20]:
            console.print(str(fault), style="red", markup=False)
        stop(f"有 {len(wrong)} 处不对，没有签。重新打包再签。", 1)
    try:
        seal(folder, about, stamp(), key)
    except OSError as problem:
        stop(f"写不进“{folder}”（{problem.strerror}）。", 1)
    _told(folder / checksums.SIGNATURE, key.public)
    if folder.with_name(folder.name + ".zip").exists():
        console.print("提醒：旁边的 zip 是签名以前压的。要带签名的 zip，打包时就签：tingsuo pack --key 密钥文件", style="yellow", markup=False)


def _told(place: Path, key: PublicKey) -> None:
    typer.echo(f"签好了：{place}")
    typer.echo(f"指纹：{key.fingerprint}")


@app.command("fingerprint", cls=ChineseCommand, help="看公钥的指纹；--print 印成一张纸，贴在墙上给人对。")
def fingerprint(
    key: Annotated[str, typer.Argument(metavar="公钥", help="公钥文件，或以 RW 开头的一行公钥")],
    paper: Annotated[bool, typer.Option("--print", help="在公钥旁边做一页，打开就能打印")] = False,
) -> None:
    """A key's fingerprint: forty digits in ten groups."""
    read = public_key(key)
    assert read is not None
    typer.echo(read.fingerprint)
    if not paper:
        return
    file = Path(key)
    place = file.with_name(f"{file.stem}-指纹.html") if file.is_file() else Path("公钥指纹.html")
    try:
        place.write_text(fingerprint_page(read, datetime.fromtimestamp(stamp(), UTC).date().isoformat()), "utf-8")
    except OSError as problem:
        stop(f"写不进“{place}”（{problem.strerror}）。")
    typer.echo(f"做好了：{place}　用浏览器打开，打印，盖章，贴在看得见的地方。")
