"""A pack opened for reading, from a folder or a zip that may have been made to do harm: what is in it, and what is wrong with its shape."""

from __future__ import annotations

import os
import re
import stat
import struct
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import checksums
from .file_names import same_on_windows, shown, why_not

STAGING = ".tingsuo-update"
MOST_BYTES = 16 << 30
_SMALL = 1 << 20
_MOST_TIMES = 200
"""Pages shrink to a tenth; a file that grows two-hundredfold was made to fill the disk."""
_MOST_DIRECTORY = 256 << 20
_LINKS = (0xA000000C, 0xA0000003)  # Windows: symbolic link, junction
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error)
_SYSTEM_TOP = re.compile(
    r"System Volume Information|\$RECYCLE\.BIN|RECYCLER|LOST\.DIR|lost\+found|\.Trashes|\.Trash-\d+|\.Spotlight-V100|\.fseventsd"
)
_SYSTEM_FILE = re.compile(r"Thumbs\.db|desktop\.ini|\.DS_Store|\._.+")


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, and with which file; `name` may be empty."""

    what: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.what}：{shown(self.name)}" if self.name else self.what


class Unreadable(Exception):
    """Something can't be read at all."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("；".join(map(str, faults)))
        self.faults = faults


@dataclass
class Contents(ABC):
    """`sizes`: bytes of each file that can be read; `faults`: what else is there and shouldn't be; `left`: what the system put there."""

    place: Path
    sizes: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unfinished: bool = False

    @abstractmethod
    def pieces(self, name: str) -> Iterator[bytes]:
        """A file's bytes; Unreadable when they can't be had."""

    def whole(self, name: str, most: int) -> bytes:
        """A small file's bytes; Unreadable when it is bigger than `most` bytes or isn't there."""
        if name not in self.sizes:
            raise Unreadable([Fault("少了文件", name)])
        if self.sizes[name] > most:
            raise Unreadable([Fault("大得不正常", name)])
        return b"".join(self.pieces(name))

    def close(self) -> None:  # noqa: B027 - a folder holds nothing open
        """Give back what is held open."""


class FolderContents(Contents):
    """A folder. Links are named and not followed; what is no plain file isn't opened."""

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        folders = [""]
        while folders:
            here = folders.pop()
            try:
                with os.scandir(place / here) as listed:
                    entries = sorted(listed, key=lambda entry: entry.name)
            except OSError:
                self.faults.append(Fault("读不了文件夹", here or str(place)))
                continue
            for entry in entries:
                self._take(entry, f"{here}/{entry.name}" if here else entry.name, folders)
            if len(self.sizes) > checksums.MOST_FILES:
                raise Unreadable([Fault(f"文件多得不正常，超过 {checksums.MOST_FILES} 个")])
        self.faults += [Fault("换一个系统就是同一个文件", "、".join(names)) for names in same_on_windows(self.sizes)]

    def _take(self, entry: os.DirEntry[str], name: str, folders: list[str]) -> None:
        try:
            info = entry.stat(follow_symlinks=False)
        except OSError:
            self.faults.append(Fault("读不了", name))
            return
        folder = stat.S_ISDIR(info.st_mode)
        if name == STAGING and folder:
            self.unfinished = True
        elif _SYSTEM_TOP.fullmatch(name) or (_SYSTEM_FILE.fullmatch(entry.name) and stat.S_ISREG(info.st_mode)):
            self.left.append(name)
        elif stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) in _LINKS:
            self.faults.append(Fault("是链接，不是文件", name))
        elif why := why_not(name):
            self.faults.append(Fault(why, name))
        elif folder:
            folders.append(name)
        elif stat.S_ISREG(info.st_mode):
            self.sizes[name] = info.st_size
        else:
            self.faults.append(Fault("是设备或管道，不是文件", name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file's bytes."""
        yield from file_pieces(self.place / name, name)


def file_pieces(path: Path, name: str) -> Iterator[bytes]:
    """A file's bytes; Unreadable under the name that it has in the pack."""
    try:
        yield from checksums.chunks(path)
    except OSError:
        raise Unreadable([Fault("读不出来", name)]) from None


class ZipContents(Contents):
    """A zip, or what is below its only folder. Anything unusual in its shape is Unreadable: such a zip isn't unpacked at all."""

    def __init__(self, place: Path) -> None:
        super().__init__(place)
        _look_at_the_end(place)
        try:
            self._zip = zipfile.ZipFile(place)
        except _BROKEN:
            raise Unreadable([Fault("不是完整的 zip 文件：没有下载完，或者坏了")]) from None
        try:
            self._read()
        except BaseException:
            self._zip.close()
            raise

    def _read(self) -> None:
        entries = self._zip.infolist()
        faults = _shape_faults(entries)
        if not faults:
            try:
                faults = _place_faults(self.place, entries)
            except _BROKEN:
                faults = [Fault("不是完整的 zip 文件：没有下载完，或者坏了")]
        if faults:
            raise Unreadable(faults)
        files = {entry.filename: entry for entry in entries if not entry.is_dir()}
        if not files:
            raise Unreadable([Fault("zip 是空的")])
        tops = {name.split("/")[0] for name in files}
        self._prefix = f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in files) else ""
        self._entries = {name.removeprefix(self._prefix): entry for name, entry in files.items()}
        self.sizes = {name: entry.file_size for name, entry in self._entries.items()}

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file's bytes, unpacked; the CRC is checked on the way."""
        try:
            with self._zip.open(self._entries[name]) as file:
                while piece := file.read(_SMALL):
                    yield piece
        except _BROKEN:
            raise Unreadable([Fault("压缩包坏了，读不出来", name)]) from None

    def close(self) -> None:
        """Close the file."""
        self._zip.close()


def open_contents(place: Path) -> Contents:
    """A folder or a zip; Unreadable with all that is wrong with its shape."""
    return FolderContents(place) if place.is_dir() else ZipContents(place)


def _look_at_the_end(place: Path) -> None:
    """A central directory that says it is enormous would be read into memory before anything else could be looked at."""
    try:
        with place.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 65557))
            tail = file.read()
            if not size:
                raise Unreadable([Fault("文件是空的，一个字节也没有")])
            at = tail.rfind(b"PK\5\6")
            if at < 0 or len(tail) < at + 22:
                raise Unreadable([Fault("不是完整的 zip 文件：没有下载完，或者坏了")])
            count, length = struct.unpack_from("<HL", tail, at + 10)
            locator = tail.rfind(b"PK\6\7", 0, at)
            if 0 <= locator <= at - 20:
                file.seek(min(struct.unpack_from("<Q", tail, locator + 8)[0], size))
                record = file.read(56)
                if len(record) == 56:
                    count, length = struct.unpack_from("<QQ", record, 32)
    except OSError:
        raise Unreadable([Fault("读不了文件", place.name)]) from None
    if count > checksums.MOST_FILES or length > _MOST_DIRECTORY:
        raise Unreadable([Fault(f"zip 里的文件多得不正常，超过 {checksums.MOST_FILES} 个")])


def _shape_faults(entries: list[zipfile.ZipInfo]) -> list[Fault]:
    """What the zip's list of contents already shows."""
    faults = []
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        kind = entry.external_attr >> 16
        if why := why_not(name.removesuffix("/")):
            faults.append(Fault(why, name))
        if name in seen:
            faults.append(Fault("同一个文件在 zip 里有两份", name))
        seen.add(name)
        if entry.flag_bits & 0x41:
            faults.append(Fault("加了密码，不能核对", name))
        if stat.S_IFMT(kind) not in (0, stat.S_IFREG, stat.S_IFDIR) or (entry.create_system == 0 and entry.external_attr & 0x400):
            faults.append(Fault("是链接或设备，不是文件", name))
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            faults.append(Fault("压缩方法不认识", name))
        if entry.file_size > _SMALL and entry.file_size > _MOST_TIMES * max(entry.compress_size, 1):
            faults.append(Fault(f"解开会大 {_MOST_TIMES} 倍以上（压缩炸弹）", name))
    total, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if total > MOST_BYTES or (total > 64 * _SMALL and total > _MOST_TIMES * max(packed, 1)):
        faults.append(Fault(f"全部解开有 {total >> 20} MB，大得不正常（压缩炸弹）"))
    files = [entry.filename for entry in entries if not entry.is_dir()]
    return faults + [Fault("换一个系统就是同一个文件", "、".join(names)) for names in same_on_windows(dict.fromkeys(files))]


def _place_faults(place: Path, entries: list[zipfile.ZipInfo]) -> list[Fault]:
    """Whether each entry begins where the list says, under the same name, and none reaches into the next."""
    faults = []
    end = 0
    with place.open("rb") as file:
        for entry in sorted(entries, key=lambda one: one.header_offset):
            name = entry.orig_filename
            file.seek(entry.header_offset)
            mark, name_length, extra_length = struct.unpack("<4s22xHH", file.read(30))
            if mark != b"PK\3\4":
                raise zipfile.BadZipFile
            encoded = file.read(name_length)
            if encoded.decode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace") != name:
                faults.append(Fault("在 zip 的两个地方名字不同", name))
            if entry.header_offset < end:
                faults.append(Fault("和别的文件叠在一起", name))
            end = entry.header_offset + 30 + name_length + extra_length + entry.compress_size
    return faults
