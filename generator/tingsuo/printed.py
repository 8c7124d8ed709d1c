"""What was printed before: the list that `tingsuo print` leaves in its folder, and which of it still says what the content says."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .findings import Finding, warning

FOLDER = "dist/print"
LIST = "打印件.json"
"""Which file is of what, and of which content; made by the program for the program."""
AT = "print"
"""Where printed files are in the site."""


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A printed file: its path in the print folder, kind and title in words, SHA-256 of its bytes in hex."""

    path: str
    kind: str
    about: tuple[str, str]
    title: str
    sha256: str

    @property
    def url(self) -> str:
        """The file, from the site's root."""
        return f"{AT}/{self.path}"


def printed_list(folder: Path) -> list[dict[str, Any]]:
    """The list of a print folder; empty when there is none that can be read."""
    try:
        rows = json.loads((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return rows if isinstance(rows, list) and all(isinstance(row, dict) and _whole(row) for row in rows) else []


def _whole(row: dict[str, Any]) -> bool:
    return {"path", "kind", "about", "title", "key", "sha256", "sources"} <= row.keys()


def printed_files(root: Path) -> tuple[list[PrintedFile], list[Finding]]:
    """The printed files that are whole and of today's content, and a warning that counts the others."""
    folder = root / FOLDER
    rows = printed_list(folder)
    digests: dict[str, str] = {}
    fresh, old = [], 0
    for row in rows:
        if (folder / row["path"]).is_file() and all(_digest(root, name, digests) == was for name, was in row["sources"].items()):
            fresh.append(PrintedFile(row["path"], row["kind"], (row["about"][0], row["about"][1]), row["title"], row["sha256"]))
        else:
            old += 1
    if not old:
        return fresh, []
    return fresh, [warning(f"{FOLDER}/{LIST}", "printed-old", f"有 {old} 份打印件比内容旧，网页上先不列出", "内容定了以后，再运行一次 tingsuo print")]


def _digest(root: Path, name: str, kept: dict[str, str]) -> str:
    if name not in kept:
        try:
            kept[name] = hashlib.sha256((root / name).read_bytes()).hexdigest()
        except OSError:
            kept[name] = ""
    return kept[name]
