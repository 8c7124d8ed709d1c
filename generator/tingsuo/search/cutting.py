"""Where the sequence of documents is cut: into blocks of texts for snippets, and into runs that are counted together.

Cuts depend on the documents' own addresses, not on their numbers, so that a new case moves no cut but its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

ALONE = {"g": 1, "w": 2, "p": 1, "t": 8, "d": 3, "h": 1, "l": 48, "m": 3, "e": 1, "o": 96, "c": 4}
"""Documents a block, about, by kind: short texts lie together."""
LEAST_CASES = 3
LARGEST = 4
"""A block is at most this many times what it is about."""
RUN = 48
"""Blocks a run, about."""
LONGEST_RUN = 2_048


class Run(NamedTuple):
    """Documents `blocks[0]` to `blocks[-1]` (not included), cut into text blocks at each of `blocks`."""

    blocks: tuple[int, ...]

    @property
    def start(self) -> int:
        """The first document."""
        return self.blocks[0]

    @property
    def stop(self) -> int:
        """The first document of the next run."""
        return self.blocks[-1]


def cut(documents: Sequence[tuple[str, str]]) -> list[Run]:
    """Runs of documents given as (kind, address)."""
    out: list[Run] = []
    blocks = [0]
    for n in range(1, len(documents)):
        (kind, url), size = documents[n], n - blocks[-1]
        mark, about = crc32(url.encode()), ALONE[kind]
        least = LEAST_CASES if kind == "c" else 1
        if kind == documents[n - 1][0] and (size < least or (mark % about and size < about * LARGEST)):
            continue
        blocks.append(n)
        if (mark // about) % RUN == 0 or n - blocks[0] >= LONGEST_RUN:
            out.append(Run(tuple(blocks)))
            blocks = [n]
    if documents:
        out.append(Run((*blocks, len(documents))))
    return out
