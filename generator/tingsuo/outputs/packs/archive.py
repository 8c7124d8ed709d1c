"""A folder as a zip that is the same byte for byte each time, and whose names Windows accepts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from ...case_store import Progress
from .file_names import same_on_windows, shown, why_not
from .source import PackFailed

LONGEST_PATH = 180
"""Characters of a name with the top folder's. Windows Explorer stops at 260, and people unpack into deep folders."""
_LEVEL = 6
_PACKED = frozenset([".docx", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".pptx", ".webp", ".xlsx", ".zip"])
"""What is compressed already."""
_FIRST = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier time."""
_SHOWN = 20


def refuse(names: Iterable[str], top: str) -> None:
    """Raise PackFailed when any name below the folder `top` can't be unpacked on Windows; the text names each."""
    names = list(names)
    wrong = [f"{why}：{shown(name)}" for name in names if (why := why_not(name))]
    wrong += [
        f"文件名太长（{len(top) + 1 + len(name)} 个字，最多 {LONGEST_PATH} 个）：{shown(name)}"
        for name in names
        if len(top) + 1 + len(name) > LONGEST_PATH
    ]
    wrong += [f"Windows 不分大小写，会当成同一个：{'、'.join(map(shown, same))}" for same in same_on_windows(names)]
    if wrong:
        more = [f"另有 {len(wrong) - _SHOWN} 个没有列出"] if len(wrong) > _SHOWN else []
        raise PackFailed("\n".join(["这些文件在 Windows 上放不下，改了名再打包：", *wrong[:_SHOWN], *more]))


def write(folder: Path, place: Path, stamp: int, progress: Progress) -> None:
    """Zip every file below `folder` under the folder's own name, ordered by the names' bytes; `stamp` is every file's time."""
    names = sorted((path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()), key=str.encode)
    time = max(_FIRST, datetime.fromtimestamp(stamp, UTC).timetuple()[:6])
    with zipfile.ZipFile(place, "w") as archive:
        for done, name in enumerate(names, 1):
            # Names outside ASCII get the UTF-8 flag from zipfile.
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", time)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if Path(name).suffix.lower() in _PACKED else zipfile.ZIP_DEFLATED
            archive.writestr(entry, (folder / name).read_bytes(), compresslevel=_LEVEL)
            if done % 256 == 0 or done == len(names):
                progress("压缩", done, len(names))
