"""Which names files in a pack may have: those that every system can keep, and that lead nowhere else."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

LONGEST_PART = 255
LONGEST = 1000

_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³")}
_FORBIDDEN = set('<>"|?*')


def shown(name: str) -> str:
    """A name as it can be printed: what would move the cursor or turn the text round is written out."""
    return "".join(c if c == " " or c.isprintable() and unicodedata.category(c) not in ("Cf", "Cs") else f"\\u{ord(c):04x}" for c in name)


def why_not(name: str) -> str:
    """Why a relative name with forward slashes can't stand in a pack, in Chinese; empty when it can."""
    if not name:
        return "没有文件名"
    if any(ord(c) < 32 or ord(c) == 127 for c in name) or any(unicodedata.category(c) in ("Cf", "Cs") for c in name):
        return "文件名里有看不见的字符"
    if "\\" in name:
        return "文件名里有反斜杠"
    if name.startswith("/"):
        return "文件名从根目录写起"
    if ":" in name:
        return "文件名里有冒号（盘符或附加流）"
    if set(name) & _FORBIDDEN:
        return "文件名里有 Windows 不许用的符号"
    if len(name) > LONGEST:
        return "文件名太长"
    if unicodedata.normalize("NFC", name) != name:
        return "文件名的字符写法不统一"
    for part in name.split("/"):
        if part in ("", ".", ".."):
            return "文件名里有空的一段、“.”或“..”"
        if len(part.encode()) > LONGEST_PART:
            return "文件名太长"
        if part[-1] in ". ":
            return "文件名以点或空格结尾"
        if part.split(".")[0].rstrip().upper() in _RESERVED:
            return "文件名是 Windows 的保留名"
    return ""


def folded(name: str) -> str:
    """What names become where upper and lower case, and ways of writing a character, are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def same_on_windows(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Names of which one would overwrite the other on Windows or macOS; a file and a folder of one name, too."""
    found: dict[str, set[str]] = defaultdict(set)
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        parts = name.split("/")
        for count in range(1, len(parts) + 1):
            path = "/".join(parts[:count])
            found[folded(path)].add(path)
            (files if count == len(parts) else folders).add(path)
    twice = [tuple(sorted(paths)) for paths in found.values() if len(paths) > 1]
    return sorted(twice) + sorted((name, name + "/") for name in files & folders)
