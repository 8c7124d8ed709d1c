"""What Typer itself says, in Chinese: the frame of its help, and how it answers words that a command doesn't know.

Typer carries a copy of Click whose sentences no catalogue can translate, so they are replaced here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup


def _rules(*pairs: tuple[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(english, re.MULTILINE), chinese) for english, chinese in pairs]


_HELP = _rules(
    (r"^Usage: ", "用法："),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"\bShow this message and exit\.$", "显示这些说明"),
    (r"^(用法：.*?)\[OPTIONS\]", r"\1[选项]"),
    (r"^(用法：.*?)COMMAND \[ARGS\]\.\.\.", r"\1命令 …"),
    (r"\[default: ([^\]]*)\]", r"[默认 \1]"),
    (r"\[env var:\s+([^\];]*)", r"[环境变量 \1"),
    (r"\[required\]", "[必写]"),
    (r"; default:\s+", "；默认 "),
    (r"; required\]", "；必写]"),
    (r" <(?:path|str|list\[str\])>", ""),
    (r"\[(\[[^\[\]]*\]…?)\]\.\.\.", r"\1"),
)
_VALUES = _rules(
    (r".*valid integer.*", "要写整数"),
    (r".*valid number.*", "要写数字"),
    (r".*greater than or equal to (\S+)", r"要写 \1 或更大的数"),
    (r".*less than or equal to (\S+)", r"要写 \1 或更小的数"),
    (r".*is not one of (.+?)\.?", r"可以写 \1"),
    (r".*does not exist\.?", "没有这个文件或文件夹"),
    (r".*is a directory\.?", "这是文件夹，要写文件"),
    (r".*is a file\.?", "这是文件，要写文件夹"),
    (r".*not (?:readable|writable)\.?", "这里打不开或不能写"),
)
_HAN = re.compile("[\u4e00-\u9fff]")


def _listed(words: str) -> str:
    """'a', 'b' as a、b."""
    return words.replace("'", "").replace(", ", "、")


def _meant(words: str | None) -> str:
    """The end of a sentence that may offer what was meant."""
    return f"，是不是 {_listed(words)}？" if words else "。"


def _value(message: str) -> str:
    """What is wrong with a value. A sentence of our own stays as it is."""
    if _HAN.search(message):
        return message.rstrip("。")
    return next((_listed(found.expand(chinese)) for english, chinese in _VALUES if (found := english.fullmatch(message))), "写法不对")


_COMPLAINTS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
    (re.compile(english), chinese)
    for english, chinese in (
        (r"Missing command\.?", lambda found: "后面要写一个命令。"),
        (r"No such command '(.+?)'\.(?: Did you mean (.+)\?)?", lambda found: f"没有“{found[1]}”这个命令{_meant(found[2])}"),
        (r"No such option:? '?(.+?)'?\.?(?: \(Possible options: (.+)\))?", lambda found: f"没有 {found[1]} 这个选项{_meant(found[2])}"),
        (r"Option '(.+)' requires .*", lambda found: f"{found[1]} 后面要写一个值。"),
        (r"Option '(.+)' does not take a value\.?", lambda found: f"{found[1]} 后面不写值。"),
        (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", lambda found: f"多写了“{found[1]}”。"),
        (r"Missing argument '(.+?)'.*", lambda found: f"少写了“{found[1]}”。"),
        (r"Missing option '(.+?)'.*", lambda found: f"少写了 {found[1]}。"),
        (r"Invalid value for '(.+?)': (.+)", lambda found: f"{found[1]} 的值不对：{_value(found[2])}。"),
    )
]


def chinese_help(text: str) -> str:
    """Help with a Chinese frame; what stands in it is Chinese already."""
    for english, chinese in _HELP:
        text = english.sub(chinese, text)
    return text


def chinese_complaint(message: str) -> str:
    """Why words can't be used. A sentence of our own stays as it is."""
    return next((chinese(found) for english, chinese in _COMPLAINTS if (found := english.fullmatch(message.strip()))), message)


class _ChineseHelp:
    """Help and usage of a command or a group, with a Chinese frame."""

    def get_help(self, ctx: typer.Context) -> str:
        """The whole help."""
        return chinese_help(super().get_help(ctx))  # type: ignore[misc]

    def get_usage(self, ctx: typer.Context) -> str:
        """The line before a complaint."""
        return chinese_help(super().get_usage(ctx))  # type: ignore[misc]


class ChineseCommand(_ChineseHelp, TyperCommand):  # type: ignore[misc]
    """A command with Chinese help."""


class ChineseGroup(_ChineseHelp, TyperGroup):  # type: ignore[misc]
    """Commands with Chinese help and complaints."""

    def main(self, args: Sequence[str] | None = None, **named: Any) -> Any:  # type: ignore[override]
        """Run, and say in Chinese what was wrong with the words."""
        if not named.get("standalone_mode", True):
            return super().main(args, **named)
        try:
            code = super().main(args, **(named | {"standalone_mode": False}))
        except typer.Abort:
            typer.echo("停下了，什么都没做完。", err=True)
            sys.exit(1)
        except Exception as problem:
            # Click's own, whichever copy of Click it is.
            if not hasattr(problem, "format_message"):
                raise
            sys.exit(_complain(problem))
        sys.exit(code if isinstance(code, int) else 0)


def _complain(problem: Any) -> int:
    """Print usage and complaint; the exit code."""
    message, ctx = problem.format_message(), getattr(problem, "ctx", None)
    if type(problem).__name__ == "NoArgsIsHelpError":
        typer.echo(message, err=True)
        return int(problem.exit_code)
    if ctx is not None:
        typer.echo(f"{ctx.get_usage()}\n怎样用：{ctx.command_path} {ctx.help_option_names[0]}\n", err=True)
    typer.echo(chinese_complaint(message), err=True)
    return int(problem.exit_code)
