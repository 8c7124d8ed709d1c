"""How commands read keys and ask for passwords."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ..outputs.packs.minisign import NotMinisign, PublicKey, SecretKey, needs_password, read_public, read_secret
from .output import console, stop

PASSWORD = "TINGSUO_KEY_PASSWORD"  # noqa: S105 - the variable's name
_MOST = 16 << 10

PublicKeyOption = Annotated[str | None, typer.Option("--key", "-k", metavar="公钥", help="公钥文件，或以 RW 开头的一行公钥")]


def public_key(given: str | None) -> PublicKey | None:
    """The key that was given on the command line: a file's name or the key itself."""
    if given is None:
        return None
    try:
        return read_public(given) if given.startswith("RW") and len(given) == 56 else read_public(_text(Path(given)))
    except NotMinisign as problem:
        stop(f"公钥“{given}”用不了：{problem}。", hint="公钥文件一般叫 某某.pub，不是私钥 某某.key。")


def secret_key(place: Path, root: Path) -> SecretKey:
    """The key to sign with; asks for its password when it has one."""
    text = _text(place)
    warn_if_inside(place, root)
    try:
        return read_secret(text, given_password(f"密钥“{place.name}”的密码") if needs_password(text) else "")
    except NotMinisign as problem:
        stop(f"密钥“{place}”用不了：{problem}。", hint="签名用私钥 某某.key；公钥 某某.pub 是给别人核对用的。")


def given_password(question: str, *, twice: bool = False) -> str:
    """From the environment, else typed; what is typed isn't shown."""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        stop("要密码，可是这里不能输入。", hint=f"把密码放在环境变量 {PASSWORD} 里。")
    return str(typer.prompt(question, hide_input=True, confirmation_prompt="再输一遍" if twice else False, err=True))


def warn_if_inside(place: Path, root: Path) -> None:
    """A key in the project would be handed on with it."""
    if (root / "guides" / "reference").is_dir() and place.resolve().is_relative_to(root.resolve()):
        console.print(f"提醒：密钥“{place}”在项目文件夹里，会跟着项目一起拷出去。移到别处，例如只有你用的 U 盘。", style="yellow", markup=False)


def _text(place: Path) -> str:
    try:
        with place.open("rb") as file:
            return file.read(_MOST).decode("utf-8")
    except FileNotFoundError:
        stop(f"找不到“{place}”。")
    except OSError as problem:
        stop(f"“{place}”读不了（{problem.strerror}）。")
    except UnicodeDecodeError:
        stop(f"“{place}”不是密钥文件。")
