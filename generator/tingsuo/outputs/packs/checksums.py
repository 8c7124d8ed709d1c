"""SHA256SUMS: the list of a pack's files, as `sha256sum -c` and every other program of its kind reads it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .file_names import same_on_windows, shown, why_not

NAME = "SHA256SUMS"
SIGNATURE = NAME + ".minisig"
UNLISTED = (NAME, SIGNATURE)
MOST_BYTES = 128 << 20
MOST_FILES = 500_000
_CHUNK = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class NotListable(Exception):
    """A folder has files that can't stand in a pack, or a list isn't one; each sentence in Chinese."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("；".join(sentences))
        self.sentences = sentences


def chunks(path: Path) -> Iterator[bytes]:
    """A file's bytes in pieces of at most 1 MB."""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def digest(pieces: Iterator[bytes]) -> str:
    """SHA-256 of the pieces, 64 lower-case hexadecimal digits."""
    count = hashlib.sha256()
    for piece in pieces:
        count.update(piece)
    return count.hexdigest()


def text(sums: Mapping[str, str]) -> str:
    """{name: digest} → the list: one line a file, ordered by the names' bytes."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums, key=str.encode))


def write(folder: Path) -> Path:
    """List every file of the folder in SHA256SUMS, but the list and its signature; NotListable names what can't be in a pack."""
    sums, wrong = {}, []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            wrong.append(f"不是普通文件：{shown(name)}")
        elif why := why_not(name):
            wrong.append(f"{why}：{shown(name)}")
        elif path.is_file() and name not in UNLISTED:
            sums[name] = digest(chunks(path))
    wrong += [f"换一个系统就是同一个文件：{'、'.join(map(shown, names))}" for names in same_on_windows(sums)]
    if wrong:
        raise NotListable(wrong)
    target = folder / NAME
    target.write_bytes(text(sums).encode())
    return target


def read(data: bytes) -> dict[str, str]:
    """The bytes of SHA256SUMS → {name: digest}; NotListable says what is wrong with it."""
    if len(data) > MOST_BYTES:
        raise NotListable([f"清单 {NAME} 大得不正常（{len(data) >> 20} MB）"])
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise NotListable([f"清单 {NAME} 不是 UTF-8 文本"]) from None
    if lines.pop():
        raise NotListable([f"清单 {NAME} 不完整：最后一行没有写完"])
    if not lines:
        raise NotListable([f"清单 {NAME} 是空的"])
    if len(lines) > MOST_FILES:
        raise NotListable([f"清单 {NAME} 有 {len(lines)} 行，多得不正常"])
    sums: dict[str, str] = {}
    wrong = []
    for number, line in enumerate(lines, start=1):
        found = _LINE.fullmatch(line)
        where = f"清单 {NAME} 第 {number} 行"
        if not found:
            wrong.append(f"{where}看不懂：{shown(line[:80])}")
            continue
        hexadecimal, name = found.groups()
        if name in UNLISTED:
            wrong.append(f"{where}写的是清单自己：{name}")
        elif why := why_not(name):
            wrong.append(f"{where}，{why}：{shown(name)}")
        elif name in sums:
            wrong.append(f"{where}重复：{shown(name)}")
        sums.setdefault(name, hexadecimal)
    if not wrong:
        wrong = [f"清单 {NAME} 里，换一个系统就是同一个文件：{'、'.join(map(shown, names))}" for names in same_on_windows(sums)]
    if wrong:
        raise NotListable(wrong)
    return sums
