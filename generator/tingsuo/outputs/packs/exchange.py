"""Old files of a stick against new ones: both are on the stick, whole, before the first is moved, and moving can be taken up again.

    STICK/.tingsuo-update/new/…        the new stick, complete and checked
    STICK/.tingsuo-update/state.json   from now on: exchange; without it, what lies here is rubbish
    STICK/.tingsuo-update/old/…        what has been moved away

Only the entries at the top are moved, a dozen renames, which FAT can do; no links are needed. A kill before `state.json` leaves the
old stick; one after it leaves a state from which `finish` goes on and `undo` goes back.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .contents import STAGING, Contents, Fault, FolderContents, Unreadable, file_pieces
from .facts import NotFacts, plain_object
from .file_names import folded, why_not

_MOVING, _DONE = "moving", "done"
_MOST = 1 << 20


@dataclass(frozen=True)
class Exchange:
    """`away`, `here`: names at the top that go and that come; `arriving`: SHA-256 of the new SHA256SUMS."""

    stick: Path
    away: tuple[str, ...]
    here: tuple[str, ...]
    arriving: str
    done: bool = False

    @property
    def staging(self) -> Path:
        """Where everything of this exchange lies."""
        return self.stick / STAGING

    def begin(self) -> None:
        """Say that the new stick is complete; then `finish`."""
        _to_disk(self.staging)
        self._write(_MOVING)

    def finish(self) -> None:
        """Move what hasn't been moved. OSError when the system refuses; then `undo` or `finish` again."""
        (self.staging / "old").mkdir(exist_ok=True)
        for name, goes, comes in self._names():
            if goes and not os.path.lexists(self.staging / "old" / name):
                (self.stick / name).rename(self.staging / "old" / name)
            if comes and os.path.lexists(self.staging / "new" / name):
                (self.staging / "new" / name).rename(self.stick / name)
        _to_disk(self.stick)
        self._write(_DONE)
        drop(self.stick)

    def undo(self) -> None:
        """Move everything back and forget the new stick."""
        for name, goes, comes in reversed(list(self._names())):
            if comes and not os.path.lexists(self.staging / "new" / name):
                (self.stick / name).rename(self.staging / "new" / name)
            if goes and os.path.lexists(self.staging / "old" / name):
                (self.staging / "old" / name).rename(self.stick / name)
        self._write(_DONE)
        drop(self.stick)

    def old_tree(self) -> Contents:
        """The old stick, wherever its parts are now."""
        return _Scattered(self.stick, {name: self.staging / "old" if _there(self.staging / "old" / name) else self.stick for name in self.away})

    def new_tree(self) -> Contents:
        """The new stick, wherever its parts are now."""
        return _Scattered(self.stick, {name: self.staging / "new" if _there(self.staging / "new" / name) else self.stick for name in self.here})

    def _names(self) -> Iterator[tuple[str, bool, bool]]:
        """(name, goes, comes). Where two names are one on Windows, the old one goes before the new one comes."""
        for name in sorted({*self.away, *self.here}, key=lambda name: (folded(name), name not in self.away, name)):
            yield name, name in self.away, name in self.here

    def _write(self, phase: str) -> None:
        place = self.staging / "state.json"
        draft = place.with_suffix(".new")
        text = json.dumps({"phase": phase, "away": self.away, "here": self.here, "arriving": self.arriving}, ensure_ascii=False)
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)


class _Scattered(Contents):
    """Parts of one tree in several folders; `bases`: {name at the top: folder that has it}."""

    def __init__(self, place: Path, bases: dict[str, Path]) -> None:
        super().__init__(place)
        self._bases = bases
        for top, base in bases.items():
            path = base / top
            if path.is_symlink() or not path.exists():
                self.faults.append(Fault("少了文件", top))
            elif path.is_file():
                self.sizes[top] = path.stat().st_size
            else:
                below = FolderContents(path)
                self.sizes |= {f"{top}/{name}": size for name, size in below.sizes.items()}
                self.faults += below.faults

    def pieces(self, name: str) -> Iterator[bytes]:
        """A file's bytes."""
        return file_pieces(self._bases[name.partition("/")[0]] / name, name)


def left_over(stick: Path) -> Exchange | None:
    """The exchange that was cut short, or None when nothing or only rubbish is there. Unreadable when it can't be made out."""
    staging = stick / STAGING
    if not os.path.lexists(staging):
        return None
    if staging.is_symlink() or not staging.is_dir():
        raise Unreadable([Fault("是链接或文件，不是上次更新留下的文件夹", STAGING)])
    for name in ("old", "new"):
        if (staging / name).is_symlink():
            raise Unreadable([Fault("是链接，不是上次更新留下的文件夹", f"{STAGING}/{name}")])
    place = staging / "state.json"
    if not os.path.lexists(place):
        return None
    try:
        if place.is_symlink() or not place.is_file() or place.stat().st_size > _MOST:
            raise NotFacts("")
        found = plain_object(place.read_bytes(), place.name)
        if found.get("phase") not in (_MOVING, _DONE) or not isinstance(found.get("arriving"), str):
            raise NotFacts("")
        return Exchange(stick, _tops(found.get("away")), _tops(found.get("here")), found["arriving"], found["phase"] == _DONE)
    except (NotFacts, OSError):
        raise Unreadable([Fault("上次更新留下的记录看不懂", f"{STAGING}/state.json")]) from None


def _tops(found: Any) -> tuple[str, ...]:
    """Names at the top of a stick, and nothing else: they are going to be moved."""
    if not isinstance(found, list) or not all(isinstance(name, str) and not why_not(name) and "/" not in name for name in found):
        raise NotFacts("")
    if any(folded(name) == folded(STAGING) for name in found):
        raise NotFacts("")
    return tuple(found)


def drop(stick: Path) -> None:
    """Remove what an exchange left; the record goes last, so that a kill in between is known for what it is."""
    staging = stick / STAGING
    for name in ("old", "new"):
        if (staging / name).is_symlink() or (staging / name).is_file():
            (staging / name).unlink()
        elif (staging / name).exists():
            shutil.rmtree(staging / name, onerror=_writable)
    for name in ("state.new", "state.json"):
        (staging / name).unlink(missing_ok=True)
    if staging.is_dir():
        shutil.rmtree(staging, onerror=_writable)


def _there(path: Path) -> bool:
    return os.path.lexists(path)


def _writable(action: Callable[[str], None], path: str, problem: Any) -> None:
    """Windows doesn't delete what is read-only."""
    if action not in (os.unlink, os.remove, os.rmdir) or Path(path).is_symlink():
        raise problem[1]
    Path(path).chmod(stat.S_IRWXU)
    action(path)


def _to_disk(folder: Path) -> None:
    """Everything written is on the stick, not in the computer's memory."""
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())
