"""Postings: which document bears which term, how strongly, written small.

A posting is gap × 4 + weight in base-93 varints of printable characters: one last digit of 64 symbols,
leading digits of 29 others. The weight is a two-bit step of the posting's BM25 impact below the largest
impact of its term, which stands once before the term's postings. BM25 is lunr's (k1 1.2, b 0.75, every
field on its own, boosted, added up), so that the ranking can be held against lunr's.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_SAFE = [chr(c) for c in range(0x20, 0x7F) if chr(c) not in '"\\']
LAST = "".join(_SAFE[:64])
LEAD = "".join(_SAFE[64:93])
WEIGHT_BITS = 2
STEPS = 1 << WEIGHT_BITS

_LAST = np.frombuffer(LAST.encode(), np.uint8)
_LEAD = np.frombuffer(LEAD.encode(), np.uint8)

Ints = npt.NDArray[np.int64]


def encode(values: Ints) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Varints of non-negative values: all bytes, and how many each value takes."""
    sizes = np.ones(len(values), np.int64)
    rest = values // 64
    while True:
        more = rest > 0
        if not more.any():
            break
        sizes += more
        rest = rest // 29
    ends = np.cumsum(sizes)
    out = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    out[ends - 1] = _LAST[values % 64]
    rest = values // 64
    place = ends - 2
    open_ = rest > 0
    while open_.any():
        out[place[open_]] = _LEAD[rest[open_] % 29]
        rest = rest // 29
        place -= 1
        open_ = rest > 0
    return out, sizes


def impacts(
    tf: Ints, field: Ints, length: npt.NDArray[np.float64], average: npt.NDArray[np.float64], idf: npt.NDArray[np.float64], boosts: tuple[float, ...]
) -> npt.NDArray[np.float64]:
    """The BM25 of lunr for each (term, document, field): k1 1.2, b 0.75, times the field's boost."""
    k1, b = 1.2, 0.75
    norm = 1 - b + b * (length / average[field])
    score: npt.NDArray[np.float64] = idf * ((k1 + 1) * tf) / (k1 * norm + tf) * np.asarray(boosts)[field]
    return score


RATIO = 1.9
"""A step down divides the impact by this."""
_SCALE = 6.0


def quantise(score: npt.NDArray[np.float64], starts: Ints) -> tuple[Ints, Ints]:
    """(steps 0 … STEPS-1 of each posting, level of each term).

    `starts` are where terms begin in `score`. A term's largest impact is RATIO ** (level / _SCALE) / 16,
    level 0 … 63; step STEPS-1 is that impact, each step below divides it by RATIO.
    """
    largest = np.maximum.reduceat(score, starts)
    level = np.clip(np.ceil(np.log(np.maximum(largest, 1e-9) * 16) / np.log(RATIO) * _SCALE), 0, 63).astype(np.int64)
    of_term = np.repeat(largest, np.diff(np.append(starts, len(score))))
    step = (STEPS - 1) - np.rint(np.log(of_term / np.maximum(score, 1e-12)) / np.log(RATIO))
    return np.clip(step, 0, STEPS - 1).astype(np.int64), level
