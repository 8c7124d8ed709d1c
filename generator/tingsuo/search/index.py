"""Documents to the files of the index. Pure but for a folder of its own, in which counted runs are kept between builds.

    index.js      what a first answer needs: the dispute prior, where the shards begin, how blocks are cut
    terms-N.js    shards of postings
    text-N.js     titles, addresses and texts of a few documents each, for hits and their snippets
    columns.js    dispute, year, town and outcome of every document, for narrowing
    sounds.js …   what only some queries need; made elsewhere (see `Tables`)

Each is one call, `tingsuoIndex(data)`: the page knows from the script which file it asked for, so a file says
nothing of its own number and stays the same when others come before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ..workers import spread
from .counting import count, load, save
from .cutting import Run, cut
from .documents import KINDS, Document
from .shards import collect, shards

FREQUENT = 2_500
"""Frequent terms that the first file lists, so that a query starts with its rarest."""
_FEW_RUNS = 3


class Entry(NamedTuple):
    """What the index knows of a document without reading it. `digest` stands for its content."""

    kind: str
    url: str
    digest: bytes
    title: str = ""
    dispute: str = ""
    year: str = ""
    town: str = ""
    sort: str = ""


class File(NamedTuple):
    """A file of the index. `data` is None when a file with this key is known already."""

    name: str
    key: bytes
    data: bytes | None


class _Todo(NamedTuple):
    run: Run
    place: str
    recount: bool
    blocks: tuple[int, ...]


def build(
    entries: Sequence[Entry],
    read: Callable[[int], Document],
    kept: Path,
    *,
    known: Callable[[bytes], bool] = lambda key: False,
    tables: Mapping[str, Any] | None = None,
    first: Mapping[str, Any] | None = None,
    key: bytes = b"",
) -> Iterator[File]:
    """Every file of the index. The same entries give the same files, whatever was kept.

    Parameters
    ----------
    entries: the documents, those of one kind together.
    read: gives the document of an entry's number; called only for what isn't kept.
    kept: folder of counted runs.
    known: whether a text block with this key stands already.
    tables: more files, by name.
    first: more of the first file.
    key: key of all files but the text blocks.
    """
    runs = cut([(entry.kind, entry.url) for entry in entries])
    blocks = [(a, b) for run in runs for a, b in pairwise(run.blocks)]
    keys = {a: _digest(entries[a:b]) for a, b in blocks}
    places = [str(kept / _digest(entries[run.start : run.stop]).hex()) for run in runs]
    wanted = [tuple(a for a in run.blocks[:-1] if not known(keys[a])) for run in runs]
    todo = [_Todo(run, place, load(Path(place)) is None, missing) for run, place, missing in zip(runs, places, wanted, strict=True)]
    todo = [task for task in todo if task.recount or task.blocks]
    kept.mkdir(parents=True, exist_ok=True)
    number = {a: n for n, (a, _) in enumerate(blocks)}
    for a in number.keys() - {a for missing in wanted for a in missing}:
        yield File(f"text-{number[a]}.js", keys[a], None)
    for task, texts in zip(todo, spread(_worker(read), todo, chunk=1, few=_FEW_RUNS), strict=True):
        for a, text in zip(task.blocks, texts, strict=True):
            yield File(f"text-{number[a]}.js", keys[a], text)
    counted = [run for run in (load(Path(place)) for place in places) if run is not None]
    if len(counted) != len(places):
        raise OSError(f"counted runs are missing in {kept}")
    heads: list[str] = []
    frequent: list[tuple[int, str]] = []
    for n, shard in enumerate(shards(collect(counted))):
        heads.append(shard.first)
        frequent += shard.often
        yield File(f"terms-{n}.js", key, shard.data)
    for path in kept.iterdir():
        if str(path) not in places:
            path.unlink()
    for name, table in (tables or {}).items():
        yield File(name, key, call(table))
    yield File("columns.js", key, call(_columns(entries)))
    head = {
        "count": len(entries),
        "kinds": _kinds(entries),
        "names": KINDS,
        "titles": {n: [entry.title, entry.url] for n, entry in enumerate(entries) if entry.title and entry.kind not in "cl"},
        "blocks": "".join(chr(0x23 + b - a) for a, b in blocks),
        "first": "\n".join(heads),
        "frequent": "\n".join(term for _, term in sorted(frequent, reverse=True)[:FREQUENT]),
        **(first or {}),
    }
    yield File("index.js", key, call(head))


def build_all(documents: Iterable[Document]) -> dict[str, bytes]:
    """The index of documents in memory, by file name; nothing is kept."""
    given = list(documents)
    entries = [
        Entry(d.kind, d.url, "\0".join(d).encode(), d.title, d.dispute, d.year, d.town, d.sort) for d in given
    ]  # fmt: skip
    with TemporaryDirectory(prefix="tingsuo-") as folder:
        return {file.name: file.data or b"" for file in build(entries, given.__getitem__, Path(folder))}


def call(data: Any) -> bytes:
    """A script that hands `data` to the page."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"tingsuoIndex({text});\n".replace("<", "\\u003c").encode()


def _digest(entries: Sequence[Entry]) -> bytes:
    whole = hashlib.blake2b(digest_size=12)
    for entry in entries:
        whole.update(b"%d %s" % (len(entry.digest), entry.digest))
    return whole.digest()


def _worker(read: Callable[[int], Document]) -> Callable[[_Todo], list[bytes]]:
    def work(task: _Todo) -> list[bytes]:
        """Count a run into its place; returns the wanted text blocks."""
        run = task.run
        wanted = range(run.start, run.stop) if task.recount else [n for a in task.blocks for n in range(a, run.blocks[run.blocks.index(a) + 1])]
        documents = {n: read(n) for n in wanted}
        if task.recount:
            half = Path(f"{task.place}.half")
            save(count([documents[n] for n in range(run.start, run.stop)]), half)
            half.replace(task.place)
        ends = dict(pairwise(run.blocks))
        return [call([documents[n].text for n in range(a, ends[a])]) for a in task.blocks]

    return work


def _kinds(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """(kind, first document) of each stretch of one kind."""
    out: list[tuple[str, int]] = []
    for n, entry in enumerate(entries):
        if not out or out[-1][0] != entry.kind:
            out.append((entry.kind, n))
    return out


def _columns(entries: Sequence[Entry]) -> dict[str, tuple[list[str], str]]:
    """By column: its values, and for each document the character 0x23 + the value's number."""
    columns = {}
    for name in ("dispute", "year", "town", "sort"):
        values = [str(getattr(entry, name)) for entry in entries]
        known = sorted(set(values))
        number = {value: chr(0x23 + n) for n, value in enumerate(known)}
        columns[name] = (known, "".join(number[value] for value in values))
    return columns
