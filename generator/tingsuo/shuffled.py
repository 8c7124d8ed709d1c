"""The order of a quiz, drawn from a number: the same number gives the same paper on every tablet and in print.

The browser's twin is `order` and `paper` in theme/assets/tingsuo/event-core.js. Both use whole numbers of 32 bits only,
so that no machine rounds differently; tests hold both to the same vectors.

Sources: mulberry32 (Tommy Ettinger, public domain) for the numbers, Fisher–Yates (Durstenfeld's form) for the order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

_ALL = 0xFFFFFFFF
_POINTS_BACK = ("以上", "上述", "上面", "前面")

LOWEST, HIGHEST = 1000, 9999
"""Paper numbers (卷号) that are drawn; any whole number from 1 to 999999 may be typed."""


def _numbers(seed: int, lane: int) -> Callable[[], int]:
    """A stream of numbers from 0 to 2³²−1. Each lane of a seed is a stream of its own."""
    state = (seed * 0x9E3779B1 + (lane + 1) * 0x85EBCA6B) & _ALL

    def following() -> int:
        nonlocal state
        state = (state + 0x6D2B79F5) & _ALL
        mixed = (state ^ state >> 15) * (state | 1) & _ALL
        mixed = (mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & _ALL)) & _ALL ^ mixed
        return mixed ^ mixed >> 14

    return following


def order(count: int, seed: int, lane: int = 0) -> list[int]:
    """0 … count−1 in the order that belongs to the seed."""
    following = _numbers(seed, lane)
    out = list(range(count))
    for last in range(count - 1, 0, -1):
        at = following() * (last + 1) >> 32
        out[last], out[at] = out[at], out[last]
    return out


def stays(options: Sequence[str]) -> bool:
    """Whether the options must keep their order, because one speaks of those before it (以上都对)."""
    return any(option.startswith(_POINTS_BACK) for option in options)


def paper(options: Sequence[Sequence[str]], seed: int, most: int | None = None) -> list[tuple[int, list[int]]]:
    """The questions of a paper as (index of the question, indices of its options), in the order of the paper.

    `options` are each question's options as the quiz has them; `most` is how many questions are asked, None for all.
    A question's options are in the same order however many questions are asked.
    """
    picked = order(len(options), seed)[:most]
    return [(at, list(range(len(options[at]))) if stays(options[at]) else order(len(options[at]), seed, at + 1)) for at in picked]
