"""A new file or folder in the place of an old one: one step where the system has it (Linux: renameat2 with RENAME_EXCHANGE).

What is being made stands beside its place as `.name.<process>.new`, what is being replaced as `.name.<process>.old`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

from ..case_store import alive


def put(new: Path, target: Path) -> Path | None:
    """Put a finished file or folder in the target's place. Returns where the old folder is now, to be deleted by the caller."""
    if not target.is_dir() or target.is_symlink():
        if new.is_dir() and (target.is_symlink() or target.exists()):
            target.unlink()
        new.replace(target)
        return None
    old = target.parent / f".{target.name}.{os.getpid()}.old"
    if _exchange(new, target):
        new.rename(old)
    else:
        # Two steps; a kill between them is mended by the next build (clear_leftovers).
        target.rename(old)
        new.rename(target)
    return old


def delete(path: Path | None) -> None:
    """Delete a file or a folder, if it is there."""
    if path and path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    elif path:
        path.unlink(missing_ok=True)


def clear_leftovers(target: Path) -> None:
    """Mend what a killed run left: bring back what was moved aside, drop what dead processes didn't finish."""
    parent = target.parent
    if not parent.is_dir():
        return
    for path in sorted(parent.glob(f".{target.name}.*.*")):
        _, _, rest = path.name.partition(f".{target.name}.")
        pid, _, what = rest.partition(".")
        if what not in ("new", "old") or not pid.isdigit() or (int(pid) != os.getpid() and alive(int(pid))):
            continue
        if what == "old" and not target.exists():
            path.rename(target)
        else:
            delete(path)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step. False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        here = -100  # AT_FDCWD
        return bool(libc.renameat2(here, os.fsencode(one), here, os.fsencode(other), 2) == 0)  # 2: RENAME_EXCHANGE
    except (OSError, AttributeError):
        return False
