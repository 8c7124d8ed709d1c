"""Work spread over the machine's cores, in order, with what the parent already knows at hand.

Workers are forked, so a Library of any size is shared without copying; where the system can't
fork (Windows), the work is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_job: Callable[[Any], Any] | None = None
_items: Sequence[Any] = ()
_FEW = 96
"""Below this many items forking costs more than it saves."""


def _run(part: tuple[int, int]) -> list[Any]:
    assert _job is not None
    gc.disable()  # a worker lives for seconds, and what it makes is garbage without cycles
    return [_job(item) for item in _items[part[0] : part[1]]]


def spread(job: Callable[[T], R], items: Sequence[T], chunk: int = 64, few: int = _FEW) -> Iterator[R]:
    """`job(item)` for every item, in order. Results are pickled when workers are used; items never are."""
    global _job, _items
    cores = min(os.cpu_count() or 1, 8)
    if cores < 2 or len(items) < few or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(job, items)
        return
    _job, _items = job, items
    parts = [(n, min(n + chunk, len(items))) for n in range(0, len(items), chunk)]
    gc.collect()
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            for results in pool.imap(_run, parts):
                yield from results
    finally:
        _job, _items = None, ()
        gc.unfreeze()
