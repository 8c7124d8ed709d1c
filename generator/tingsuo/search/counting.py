"""Count the terms of a run of documents, into arrays small enough to keep between builds.

Vectorised: texts become arrays of code points, neighbouring Han pairs become 32-bit keys, and sorting
does the rest. A run is a few hundred documents, so an edited case recounts its own run alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .documents import FIELDS, Document
from .normal import plain, words

WORD = 1 << 31
"""Keys from here on are words: WORD + their number. Below are Han pairs."""
LOWEST = 0x3400
LONGEST_WORD = 16

_FIELDS = len(FIELDS)
_GAP = "\x00"
_ARTICLE = re.compile(r"[\u4e00-\u9fff]{2,12}§[0-9]+(?:之.)?")


class Counted(NamedTuple):
    """The terms of a run.

    `keys` are sorted and occur once; the postings of key n are `starts[n]` to `starts[n + 1]`. A posting's
    place is the document's number in the run × 4 + its field. `lengths` are terms by place, `words` the
    spellings of the keys from WORD on, sorted.
    """

    keys: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    places: npt.NDArray[np.uint16]
    counts: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.uint32]
    words: list[str]

    @property
    def documents(self) -> int:
        """How many documents the run has."""
        return len(self.lengths) // _FIELDS


def count(documents: Sequence[Document]) -> Counted:
    """Count a run of at most 16,383 documents. Counts above 255 are kept as 255."""
    parts: list[str] = []
    found: list[tuple[str, int]] = []
    for n, document in enumerate(documents):
        for f, text in enumerate((document.title, document.keywords, document.gist, f"{document.body}\n{document.aside}")):
            folded = plain(text)
            parts.append(folded)
            place = n * _FIELDS + f
            found += [(word, place) for word in words(folded) if len(word) <= LONGEST_WORD]
            if f < 2:
                found += [(law, place) for law in _ARTICLE.findall(folded)]
    points = np.frombuffer(_GAP.join(parts).encode("utf-32-le"), np.uint32)
    place_of = np.repeat(np.arange(len(parts), dtype=np.uint64), [len(part) + 1 for part in parts])[: len(points)]
    han = ((points >= 0x4E00) & (points <= 0x9FFF)) | ((points >= LOWEST) & (points <= 0x4DBF))
    pair = np.flatnonzero(han[:-1] & han[1:])
    key = ((points[pair] - LOWEST).astype(np.uint64) << np.uint64(16)) | points[pair + 1].astype(np.uint64)
    composite = (key << np.uint64(16)) | place_of[pair]
    spellings = sorted({word for word, _ in found})
    if found:
        number = {word: WORD + n for n, word in enumerate(spellings)}
        rest = np.array([(number[word] << 16) | place for word, place in found], np.uint64)
        composite = np.concatenate([composite, rest])
    composite.sort()
    first = np.flatnonzero(np.concatenate(([True], composite[1:] != composite[:-1]))) if len(composite) else np.zeros(0, np.int64)
    unique = composite[first]
    counts = np.diff(np.append(first, len(composite)))
    terms = (unique >> np.uint64(16)).astype(np.uint32)
    places = (unique & np.uint64(0xFFFF)).astype(np.uint16)
    starts = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))) if len(terms) else np.zeros(0, np.int64)
    lengths = np.bincount(places, weights=counts, minlength=len(parts)).astype(np.uint32)
    return Counted(
        terms[starts], np.append(starts, len(terms)).astype(np.uint32), places, np.minimum(counts, 255).astype(np.uint8), lengths, spellings
    )  # fmt: skip


def save(counted: Counted, path: Path) -> None:
    """Write a run's arrays to a file."""
    spelt = "\n".join(counted.words).encode()
    head = np.array([len(counted.keys), len(counted.places), len(counted.lengths), len(spelt)], np.uint32)
    arrays = (head, counted.keys, counted.starts, counted.lengths, counted.places, counted.counts)
    path.write_bytes(b"".join((*(array.tobytes() for array in arrays), spelt)))


def load(path: Path) -> Counted | None:
    """A saved run, its arrays mapped from the file; None when there is none or it is damaged."""
    try:
        data = np.memmap(path, np.uint8, "r")
    except (OSError, ValueError):
        return None
    if len(data) < 16:
        return None
    keys, postings, lengths, spelt = (int(n) for n in data[:16].view(np.uint32))
    sizes = (4 * keys, 4 * (keys + 1), 4 * lengths, 2 * postings, postings, spelt)
    if 16 + sum(sizes) != len(data):
        return None
    cuts = np.cumsum((16, *sizes)).tolist()
    parts = [data[a:b] for a, b in pairwise(cuts)]
    text = parts[5].tobytes().decode()
    return Counted(
        parts[0].view(np.uint32), parts[1].view(np.uint32), parts[3].view(np.uint16), parts[4], parts[2].view(np.uint32), text.split("\n") if text else []
    )  # fmt: skip
