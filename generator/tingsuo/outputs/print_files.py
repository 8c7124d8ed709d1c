"""The print folder: every chosen sheet as a file, a list of them for people and one for the program.

Written beside the old folder and put in its place at the end. A sheet whose data, template and
program are as they were is taken over from the old folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..case_store import Progress, no_progress
from ..library import Library
from ..printed import AT, FOLDER, LIST, printed_list
from ..printing import KINDS, Sheet
from ..printing.typeset import TEMPLATES, NotPrintable, Typesetter, is_setting
from ..workers import spread
from .docx_files import PaperFile, blank_docx
from .swap import clear_leftovers, delete, put

_setters: dict[tuple[int, int], Typesetter] = {}


@dataclass(frozen=True)
class Failure:
    """A sheet that couldn't be made: what it is of, and why, in plain Chinese."""

    sheet: Sheet
    said: str


@dataclass(frozen=True)
class Printed:
    """What a print run did: how many files were made and how many kept, and what failed (then nothing was replaced)."""

    made: int
    kept: int
    failures: list[Failure]


def document_sheets(library: Library) -> Iterator[Sheet]:
    """The Word files of the desk, one for each published paper."""
    for paper in library.reference.documents.values():
        if paper.published:
            key = hashlib.blake2b(blank_docx(library, paper), digest_size=16).hexdigest()
            source = library.reference.files["document", paper.id]
            yield Sheet(f"{KINDS['document']}/{paper.title}.docx", "document", ("document", paper.id), paper.title, "", {"docx": key}, (source,))


@cache
def _program() -> bytes:
    """Hash of the templates, of the code that finishes what they make, and of the versions of what sets type."""
    whole = hashlib.blake2b(digest_size=16)
    for path in sorted([*TEMPLATES.glob("*.typ"), *TEMPLATES.parent.glob("*.py")]):
        whole.update(path.name.encode() + path.read_bytes())
    for name in ("typst", "manimgx-fonts-cjk", "segno", "pypdf", "pillow"):
        whole.update(f"{name} {metadata.version(name)}".encode())
    return whole.digest()


def key_of(sheet: Sheet, stamp: int) -> str:
    """What a sheet's file depends on."""
    whole = hashlib.blake2b(_program(), digest_size=16)
    whole.update(json.dumps([sheet.template, sheet.data, sheet.ppi, stamp], ensure_ascii=False, sort_keys=True).encode())
    return whole.hexdigest()


def print_files(
    library: Library, sheets: Iterable[Sheet], target: Path, stamp: int, *, part: bool = False, progress: Progress = no_progress
) -> Printed:
    """Make the sheets into `target`. With failures nothing is replaced.

    `stamp`: the time in the files, seconds since 1970; `part`: these are not all, so what else was printed stays.
    """
    wanted = list(sheets)
    clear_leftovers(target)
    staging = target.parent / f".{target.name}.{os.getpid()}.new"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    old = {row["path"]: row for row in printed_list(target)}
    keys = {sheet.path: key_of(sheet, stamp) for sheet in wanted}
    assert len(keys) == len(wanted), "two sheets have one name"
    for sheet in wanted:
        (staging / sheet.path).parent.mkdir(parents=True, exist_ok=True)
    try:
        todo = [sheet for sheet in wanted if not _kept(sheet, keys[sheet.path], old, target, staging)]
        failures = _make(library, todo, staging, stamp, progress)
        if not failures:
            # A sheet's file is named after what it says: the former one of the same thing goes.
            done = {(sheet.kind, *sheet.about) for sheet in wanted}
            others = [row for row in old.values() if part and (row["kind"], *row["about"]) not in done and _taken(row, target, staging)]
            _write_lists(library, wanted, keys, others, staging)
            delete(put(staging, target))
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Printed(len(todo) - len(failures), len(wanted) - len(todo), failures)


def _kept(sheet: Sheet, key: str, old: dict[str, Any], target: Path, staging: Path) -> bool:
    """Take an unchanged file over from the former run."""
    row = old.get(sheet.path)
    return row is not None and row["key"] == key and _taken(row, target, staging)


def _taken(row: dict[str, Any], target: Path, staging: Path) -> bool:
    """Whether a file of the former run is as it was made; it is copied then."""
    try:
        data = (target / row["path"]).read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        return False
    (staging / row["path"]).parent.mkdir(parents=True, exist_ok=True)
    (staging / row["path"]).write_bytes(data)
    return True


def _make(library: Library, todo: list[Sheet], staging: Path, stamp: int, progress: Progress) -> list[Failure]:
    def make(sheet: Sheet) -> str:
        try:
            paper = library.reference.documents[sheet.about[1]] if sheet.kind == "document" else None
            data = blank_docx(library, paper) if paper else sheet.make(_typesetter(stamp))
        except NotPrintable as problem:
            return str(problem)
        (staging / sheet.path).write_bytes(data)
        return ""

    failures = []
    few = len(todo) + 1 if is_setting() else 24
    for done, said in enumerate(spread(make, todo, chunk=8, few=few), 1):
        if said:
            failures.append(Failure(todo[done - 1], said))
        progress("排印", done, len(todo))
    return failures


def _typesetter(stamp: int) -> Typesetter:
    """One for each process: a compiler's threads don't survive a fork."""
    return _setters.setdefault((os.getpid(), stamp), Typesetter(stamp))


def _write_lists(library: Library, wanted: list[Sheet], keys: dict[str, str], others: list[dict[str, Any]], staging: Path) -> None:
    root = library.reference.root
    sources = {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for sheet in wanted for name in sheet.sources}
    rows: list[dict[str, Any]] = [
        {
            "path": sheet.path,
            "kind": sheet.kind,
            "about": list(sheet.about),
            "title": sheet.title,
            "key": keys[sheet.path],
            "sha256": hashlib.sha256((staging / sheet.path).read_bytes()).hexdigest(),
            "sources": {name: sources[name] for name in sheet.sources},
        }
        for sheet in wanted
    ]
    order = list(KINDS)
    rows = sorted([*rows, *others], key=lambda row: (order.index(row["kind"]), row["path"]))
    (staging / LIST).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (staging / "目录.html").write_text(_contents(library, rows), "utf-8")


def _contents(library: Library, rows: list[dict[str, Any]]) -> str:
    """A page that lists the folder for people; works with nothing but a browser."""
    office = library.reference.office
    parts = []
    for kind, label in KINDS.items():
        own = [row["path"] for row in rows if row["kind"] == kind]
        if own:
            items = "".join(f'<li><a href="{quote(path)}">{escape(Path(path).stem)}</a></li>' for path in own)
            parts.append(f"<details{' open' if len(own) < 30 else ''}><summary>{label}（{len(own)}份）</summary><ul>{items}</ul></details>")
    style = "body{font:18px/1.75 'Microsoft YaHei','PingFang SC',sans-serif;max-width:46em;margin:1.5em auto;padding:0 1em;color:#1b1b1b}summary{font-weight:700;padding:.4em 0;cursor:pointer}a{color:#123f73}li{margin:.2em 0}"
    head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>打印件目录</title><style>{style}</style>'
    return f"{head}<h1>打印件目录</h1><p>{escape(office.name)}，{escape(office.edition.name)}。双击打开，选纸张打印。</p>{''.join(parts)}</html>\n"


def site_prints(library: Library) -> Iterator[PaperFile]:
    """The printed files as files of the site; papers of the desk are there already."""
    folder = library.reference.root / FOLDER
    for file in library.reference.printed:
        if file.kind != "document":
            yield PaperFile(f"{AT}/{file.path}", bytes.fromhex(file.sha256), lambda path=folder / file.path: path.read_bytes())  # type: ignore[misc]
