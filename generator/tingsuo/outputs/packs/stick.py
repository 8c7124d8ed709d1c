"""The stick (U 盘): a folder to copy and to open by a double click, and the same as a zip."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from ...case_store import Progress
from ...pages.html import day_text, render
from . import archive, update
from .checksums import NotListable
from .facts import Facts
from .sealing import seal
from .source import PackFailed, PackSource

OPEN = "打开.html"
READ_ME = "先读我.txt"
SITE, PRINTED = "site", "print"


def make(source: PackSource, target: Path, progress: Progress) -> list[Path]:
    """`<name>-stick/` and `<name>-stick.zip` in the folder `target`, and the update. Raises PackFailed for names that Windows refuses."""
    folder = target / f"{source.name}-stick"
    copied = dict(_copied(source))
    own = _own_pages(source)
    archive.refuse([*copied, *own], folder.name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = set()
    for done, (name, path) in enumerate(copied.items(), 1):
        place = folder / name
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        shutil.copyfile(path, place)
        if done % 256 == 0 or done == len(copied):
            progress("拷文件", done, len(copied))
    for name, content in own.items():
        (folder / name).write_bytes(content)
    progress("算校验码", 0, 1)
    try:
        seal(folder, Facts.of(source), source.stamp, source.key)
    except NotListable as problem:
        raise PackFailed("\n".join(problem.sentences)) from None
    progress("算校验码", 1, 1)
    for path in folder.rglob("*"):
        os.utime(path, (source.stamp, source.stamp))
    packed = target / f"{folder.name}.zip"
    archive.write(folder, packed, source.stamp, progress)
    return [folder, packed, *([update.make(folder, source.since, target, source.stamp, progress)] if source.since else [])]


def _copied(source: PackSource) -> Iterator[tuple[str, Path]]:
    """(name in the stick, where it is now) of the site's and the printed files."""
    for name in source.files():
        yield f"{SITE}/{name}", source.site / name
    if source.printed:
        for path in sorted(source.printed.rglob("*")):
            if path.is_file():
                yield f"{PRINTED}/{path.relative_to(source.printed).as_posix()}", path


def _own_pages(source: PackSource) -> dict[str, bytes]:
    """What only the stick has: its first page and the note beside it."""
    reference = source.library.reference
    office = reference.office
    facts = {
        "office": office,
        "edition_day": day_text(office.edition.date),
        "law_day": day_text(reference.day),
        "review_day": day_text(office.edition.review_due),
        "holds": reference.holds,
        "printed": PRINTED if source.printed else f"{SITE}/{PRINTED}" if (source.site / PRINTED).is_dir() else "",
        "signed": source.key is not None,
    }
    # Notepad on every Windows reads UTF-8 only by the mark at its beginning, and old ones break lines only at CR LF.
    note = render("stick_note.txt", **facts).replace("\n", "\r\n")
    return {OPEN: render("stick_open.html", **facts).encode(), READ_ME: note.encode("utf-8-sig")}
