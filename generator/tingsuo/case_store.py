"""The case store: reads every case file once, and only again when it has changed.

From a case file come three things: its card (what other pages say of it), its findings, and its own
part (what only its page says). Card and findings are kept between builds by content hash; own parts
go to a temporary spool and are made again from the file when a later build needs one.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from .checks import check_item
from .findings import Finding
from .library import CaseCard, Reference, card_of
from .load import Source, files_of, load_text, read_text
from .model import KINDS
from .model.case import CaseBase
from .pages.case import OwnPart, own_part
from .search.documents import Document, case_document
from .workers import spread

Progress = Callable[[str, int, int], None]
"""(what, done, total)"""

_RACY_NS = 2_000_000_000
"""A file changed this shortly before the cache was written may change again without a new time stamp."""


def no_progress(what: str, done: int, total: int) -> None:
    """Say nothing."""


@dataclass(slots=True)
class _Entry:
    stat: tuple[int, int]
    digest: bytes
    card: CaseCard | None
    findings: list[Finding]


@dataclass
class CaseStore:
    """All cases of a project as cards, findings and own parts.

    `digests` gives the content hash by file; `read` how many files had to be read and parsed.
    """

    reference: Reference
    cards: list[CaseCard] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    read: int = 0
    _spool: tempfile.TemporaryDirectory[str] | None = None
    _places: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    _open: dict[str, IO[bytes]] = field(default_factory=dict)

    def own_part(self, file: str) -> OwnPart:
        """A case's own part, from the spool or made from the file."""
        kept = self._kept(file)
        return OwnPart._make(kept[0]) if kept else own_part(self.case(file), self.reference)

    def document(self, card: CaseCard) -> Document:
        """What search needs of a case, from the spool or made from the file."""
        kept = self._kept(card.file)
        if kept and kept[1]:
            return Document._make(kept[1])
        return case_document(self.case(card.file), card, self.reference)

    def _kept(self, file: str) -> tuple[Any, Any] | None:
        place = self._places.get(file)
        if place is None:
            return None
        name, start, size = place
        # Opened anew in each worker: forked ones would share a file position.
        key = f"{os.getpid()} {name}"
        if key not in self._open:
            self._open[key] = open(name, "rb")  # noqa: SIM115 - closed with the process or by `close`
        self._open[key].seek(start)
        own, document = marshal.loads(self._open[key].read(size))
        return own, document

    def case(self, file: str) -> CaseBase:
        """A whole case, read from its file. Raises FileNotFoundError when it isn't there or isn't a case any more."""
        text = read_text(self.reference.root / file, file)
        case: CaseBase | None = load_text(text, file, KINDS["case"])[0] if isinstance(text, str) else None
        if case is None:
            raise FileNotFoundError(file)
        return case

    def close(self) -> None:
        """Drop the spool."""
        for file in self._open.values():
            file.close()
        self._open.clear()
        if self._spool:
            self._spool.cleanup()
            self._spool = None


class _Spool:
    """Where own parts wait: one file for each process that reads cases, so that none passes through a pipe."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._process = 0
        self._file: IO[bytes] | None = None
        self._at = 0

    def put(self, own: OwnPart, document: Document | None) -> tuple[str, int, int]:
        """Keep an own part and what search needs; returns (file, offset, size in bytes)."""
        process = os.getpid()
        if self._file is None or self._process != process:
            self._process, self._at = process, 0
            self._file = open(f"{self.folder}/{process}", "wb", buffering=0)  # noqa: SIM115 - closed with the process
        size = self._file.write(marshal.dumps((tuple(own), tuple(document) if document else None), 2)) or 0
        self._at += size
        return self._file.name, self._at - size, size


def _derive(reference: Reference, names: tuple[str, ...], spool: _Spool | None, search: bool) -> Callable[[Source], tuple[Any, ...]]:
    def derive(source: Source) -> tuple[Any, ...]:
        text = read_text(source.path, source.name)
        if isinstance(text, Finding):
            return None, [text], b"", None
        digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
        case, found = load_text(text, source.name, KINDS["case"])
        if case is None:
            return None, found, digest, None
        found = [*found, *check_item(case, source.name, reference, names)]
        card = card_of(case, source.name, reference)
        place = None
        if spool and case.published:
            place = spool.put(own_part(case, reference), case_document(case, card, reference) if search else None)
        return tuple(card), found, digest, place

    return derive


def take(
    reference: Reference,
    cache: Path | None = None,
    key: bytes = b"",
    *,
    names: tuple[str, ...] = (),
    bodies: bool = True,
    search: bool = True,
    progress: Progress = no_progress,
) -> CaseStore:
    """Read all cases of the reference's project.

    Parameters
    ----------
    cache: file that keeps cards and findings between runs; None keeps nothing.
    key: stands for everything but the files that a card or finding depends on.
    names: real names that must occur nowhere.
    bodies: keep own parts of files read now (for a build), or not (for a check).
    search: keep what search needs too.
    """
    sources = list(files_of(KINDS["case"], reference.root))
    known = _read_cache(cache, key) if cache else {}
    written_at = cache.stat().st_mtime_ns if cache and cache.exists() else 0
    store = CaseStore(reference)
    entries: dict[str, _Entry] = {}
    changed: list[Source] = []
    stats: dict[str, tuple[int, int]] = {}
    for source in sources:
        status = os.stat(source.path)
        stats[source.name] = (status.st_size, status.st_mtime_ns)
        entry = known.get(source.name)
        if entry and entry.stat == stats[source.name] and status.st_mtime_ns < written_at - _RACY_NS:
            entries[source.name] = entry
        elif entry and _same_text(source, entry.digest):
            entry.stat = stats[source.name]
            entries[source.name] = entry
        else:
            changed.append(source)
    if bodies and changed:
        store._spool = _spool_folder(cache)
    spool = _Spool(store._spool.name) if store._spool else None
    derive = _derive(reference, names, spool, search)
    for done, (source, (card, found, digest, place)) in enumerate(zip(changed, spread(derive, changed), strict=True), 1):
        entries[source.name] = _Entry(stats[source.name], digest, CaseCard._make(card) if card else None, found)
        if place:
            store._places[source.name] = place
        if done % 64 == 0 or done == len(changed):
            progress("读案例", done, len(changed))
    store.read = len(changed)
    for source in sources:
        entry = entries[source.name]
        store.findings += entry.findings
        store.digests[source.name] = entry.digest
        if entry.card:
            store.cards.append(entry.card)
            store.ids.setdefault(entry.card.id, []).append(source.name)
    if cache and (changed or len(known) != len(entries)):
        _write_cache(cache, key, entries)
    return store


def _spool_folder(cache: Path | None) -> tempfile.TemporaryDirectory[str]:
    """A folder for own parts, beside the cache when there is one; those of killed builds are removed."""
    if cache is None:
        return tempfile.TemporaryDirectory(prefix="tingsuo-")
    cache.parent.mkdir(parents=True, exist_ok=True)
    for left in cache.parent.glob("spool-*-*"):
        pid = left.name.split("-")[1]
        if not (pid.isdigit() and alive(int(pid))):
            shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f"spool-{os.getpid()}-", dir=cache.parent)


def alive(pid: int) -> bool:
    """Whether a process of this number runs, as far as this user can tell."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _same_text(source: Source, digest: bytes) -> bool:
    text = read_text(source.path, source.name)
    return isinstance(text, str) and hashlib.blake2b(text.encode(), digest_size=16).digest() == digest


_FINDING = ("file", "line", "column", "code", "severity", "message", "hint", "loc", "offset", "on_key")


def _read_cache(path: Path, key: bytes) -> dict[str, _Entry]:
    try:
        saved_key, rows = marshal.loads(path.read_bytes())
        if saved_key != key:
            return {}
        return {
            file: _Entry(tuple(stat), digest, CaseCard._make(card) if card else None, [Finding(*f) for f in found])
            for file, stat, digest, card, found in rows
        }
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _write_cache(path: Path, key: bytes, entries: dict[str, _Entry]) -> None:
    rows = [
        (file, e.stat, e.digest, tuple(e.card) if e.card else None, [tuple(getattr(f, n) for n in _FINDING) for f in e.findings])
        for file, e in entries.items()
    ]
    write_atomically(path, marshal.dumps((key, rows), 2))


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    temporary.write_bytes(data)
    temporary.replace(path)
