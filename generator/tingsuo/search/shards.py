"""Counted runs to shards of postings: every term with its documents and impacts, in files of about 64 KB.

Works through ranges of terms, one at a time or spread over workers, so that memory is bounded by a range
and not by the collection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..workers import spread
from .counting import LOWEST, WORD, Counted
from .documents import BOOSTS, FIELDS
from .postings import LAST, WEIGHT_BITS, Ints, encode, impacts, quantise

SHARD_BYTES = 64 * 1024
RANGE_POSTINGS = 2_000_000
"""Postings that are worked on at once; each takes about 100 bytes meanwhile."""

_FIELDS = len(FIELDS)
_FEW_RANGES = 2


class Shard(NamedTuple):
    """One file of postings; `often` are (documents, term) of the terms that many documents bear."""

    first: str
    data: bytes
    often: list[tuple[int, str]]


@dataclass(frozen=True)
class Collection:
    """All runs with what scoring needs to know of the whole.

    `starts` are the runs' first documents, `numbers` the number of each run's words among all words.
    """

    runs: Sequence[Counted]
    starts: list[int]
    numbers: list[npt.NDArray[np.int64]]
    words: list[str]
    total: int
    lengths: npt.NDArray[np.float64]
    average: npt.NDArray[np.float64]


def collect(runs: Sequence[Counted]) -> Collection:
    """Put runs together, in the order of their documents."""
    spellings = sorted({word for run in runs for word in run.words})
    known = {word: n for n, word in enumerate(spellings)}
    lengths = np.concatenate([run.lengths for run in runs]).astype(np.float64) if runs else np.zeros(_FIELDS)
    return Collection(
        runs,
        np.cumsum([0, *(run.documents for run in runs)]).tolist(),
        [np.array([known[word] for word in run.words], np.int64) for run in runs],
        spellings,
        sum(run.documents for run in runs),
        lengths,
        np.array([max(1.0, float(lengths[f::_FIELDS].mean())) for f in range(_FIELDS)]),
    )


def shards(whole: Collection) -> Iterator[Shard]:
    """Every shard, in the order of terms: Han pairs by code point, then words by spelling."""
    job = _Job(whole)
    for made in spread(job, list(pairwise(_bounds(whole))), chunk=1, few=_FEW_RANGES):
        yield from (Shard(*shard) for shard in made)


def _bounds(whole: Collection) -> list[int]:
    """Term keys that cut the vocabulary into ranges of about equal work, the words being numbered through."""
    postings = sum(len(run.places) for run in whole.runs)
    ranges = max(1, -(-postings // RANGE_POSTINGS))
    end = WORD + len(whole.words)
    if ranges == 1:
        return [0, end]
    step = max(1, postings // (ranges * 2_000))
    sample = [np.repeat(_keys(whole, n), np.diff(run.starts))[::step] for n, run in enumerate(whole.runs)]
    ordered = np.sort(np.concatenate(sample))
    inner = [int(ordered[len(ordered) * n // ranges]) for n in range(1, ranges)]
    return sorted({0, *inner, end})


def _keys(whole: Collection, n: int) -> npt.NDArray[np.uint32]:
    """A run's keys with words numbered as in the whole. Still sorted: both lists of words are."""
    keys = np.array(whole.runs[n].keys)
    cut = int(np.searchsorted(keys, np.uint32(WORD)))
    keys[cut:] = WORD + whole.numbers[n][keys[cut:] - np.uint32(WORD)]
    return keys


class _Job:
    """Makes the shards of a range of terms."""

    def __init__(self, whole: Collection) -> None:
        self.whole = whole
        self.keys = [_keys(whole, n) for n in range(len(whole.runs))]

    def __call__(self, bounds: tuple[int, int]) -> list[Shard]:
        keys, docs, score, starts = self._scored(*bounds)
        if not len(keys):
            return []
        gaps = np.diff(docs, prepend=-1)
        gaps[starts] = docs[starts] + 1
        steps, levels = quantise(score, starts)
        data, sizes = encode((gaps - 1) * (1 << WEIGHT_BITS) + steps)
        text = data.tobytes().decode("ascii")
        edges = np.append(starts, len(docs))
        offsets = np.concatenate(([0], np.cumsum(sizes)))[edges].tolist()
        bearing, level = np.diff(edges).tolist(), levels.tolist()
        names = [self._spelling(key) for key in keys[starts].tolist()]
        return list(_cut(names, [f"{LAST[level[n]]}{text[offsets[n] : offsets[n + 1]]}" for n in range(len(names))], bearing, self.whole.total))

    def _spelling(self, key: int) -> str:
        return self.whole.words[key - WORD] if key >= WORD else chr((key >> 16) + LOWEST) + chr(key & 0xFFFF)

    def _scored(self, low: int, high: int) -> tuple[Ints, Ints, npt.NDArray[np.float64], Ints]:
        """Terms in [low, high): (key of each posting, document, impact, where each term starts)."""
        terms, places, counts = [], [], []
        edges = np.array((low, high), np.uint32)
        for keys, run, start in zip(self.keys, self.whole.runs, self.whole.starts, strict=False):
            a, b = np.searchsorted(keys, edges).tolist()
            from_, to = int(run.starts[a]), int(run.starts[b])
            terms.append(np.repeat(keys[a:b], np.diff(run.starts[a : b + 1])))
            places.append(run.places[from_:to].astype(np.int64) + start * _FIELDS)
            counts.append(run.counts[from_:to])
        term = np.concatenate(terms)
        if not len(term):
            none = np.zeros(0, np.int64)
            return none, none, np.zeros(0), none
        order = np.argsort(term, kind="stable")
        term, place, tf = term[order], np.concatenate(places)[order], np.concatenate(counts)[order].astype(np.int64)
        new_term = np.concatenate(([True], term[1:] != term[:-1]))
        term_number = np.cumsum(new_term) - 1
        # lunr counts a term once for each field of each document that bears it.
        bearing = np.bincount(term_number)
        idf = np.log(1 + np.abs((self.whole.total - bearing + 0.5) / (bearing + 0.5)))
        score = impacts(tf, place % _FIELDS, self.whole.lengths[place], self.whole.average, idf[term_number], BOOSTS)
        doc = place // _FIELDS
        starts = np.flatnonzero(new_term | np.concatenate(([True], doc[1:] != doc[:-1])))
        summed = np.add.reduceat(score, starts)
        keys_at, docs_at = term[starts].astype(np.int64), doc[starts]
        return keys_at, docs_at, summed, np.flatnonzero(np.concatenate(([True], keys_at[1:] != keys_at[:-1])))


def _cut(names: list[str], rows: list[str], bearing: list[int], total: int) -> Iterator[Shard]:
    """Rows into files. A term is frequent when more than one document in fifty bears it."""
    open_: list[str] = []
    often: list[tuple[int, str]] = []
    size = 0
    for n, (name, row) in enumerate(zip(names, rows, strict=True)):
        if size and size + len(row) > SHARD_BYTES:
            yield _shard(open_, often)
            open_, often, size = [], [], 0
        open_.append(f"{name}\t{row}")
        size += len(row) + 8
        if bearing[n] * 50 > total > 500:
            often.append((bearing[n], name))
    yield _shard(open_, often)


def _shard(rows: list[str], often: list[tuple[int, str]]) -> Shard:
    text = json.dumps("\n".join(rows), ensure_ascii=False).replace("<", "\\u003c")
    return Shard(rows[0].partition("\t")[0], f"tingsuoIndex({text});\n".encode(), often)
