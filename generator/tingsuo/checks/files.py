"""Files that nobody would read: links, .yml for .yaml, and content in a folder that isn't looked into."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from ..findings import Finding, error
from ..library import Library
from ..model import KINDS

_TREES = ("cases", "guides")
_PATTERNS = [kind.pattern.split("/") for kind in KINDS.values()]


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Everything below cases/ and guides/ that looks like content and would be passed over in silence."""
    root = library.reference.root
    for tree in _TREES:
        yield from _below(root, tree)


def _below(root: Path, folder: str) -> Iterator[Finding]:
    try:
        with os.scandir(root / folder) as found:
            entries = sorted(found, key=lambda e: e.name)
    except FileNotFoundError:
        return
    except OSError as problem:
        yield error(folder, "file-unreadable", f"文件夹打不开（{problem.strerror or '系统拒绝'}）", "检查文件夹的权限")
        return
    for entry in entries:
        name = f"{folder}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if not entry.name.isprintable():
            shown = "".join(c if c.isprintable() else "?" for c in name)
            yield error(shown, "file-name", "文件名里有看不见的字，或者不是 UTF-8，不会被读取", "改成小写英文字母、数字和连字符")
        elif entry.is_symlink():
            yield error(name, "file-link", "这是指向别处的链接，不读取", "把文件本身复制到这里")
        elif entry.is_dir():
            yield from _below(root, name)
        elif not entry.is_file():
            yield error(name, "file-link", "这不是普通文件，不读取", "把文件本身复制到这里")
        elif entry.name.lower().endswith((".yaml", ".yml")):
            yield from _placed(name)


def _placed(name: str) -> Iterator[Finding]:
    parts = name.split("/")
    if any(len(parts) == len(pattern) and all(map(fnmatchcase, parts, pattern)) for pattern in _PATTERNS):
        return
    stem, _, ending = name.rpartition(".")
    if ending != "yaml":
        yield error(name, "file-name", f"文件名以“.{ending}”结尾，不会被读取", f"改名为 {stem.rpartition('/')[2]}.yaml")
    elif parts[0] == "cases":
        yield error(name, "file-place", "放在这里的案例不会被读取", "案例放在 cases/纠纷类型/ 里，例如 cases/neighbours/，不再分下一层")
    else:
        known = sorted({"/".join(pattern[:-1]) for pattern in _PATTERNS if pattern[0] == "guides"})
        yield error(name, "file-place", "放在这里的文件不会被读取", "可以放的文件夹：" + "、".join(known) + "；reference 里的文件名是固定的")
