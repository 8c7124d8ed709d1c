"""What is asked: twenty fixed queries for the clock, sampled substrings for recall and precision."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

FIXED: tuple[tuple[str, str], ...] = (
    ("two", "工资"),
    ("two", "彩礼"),
    ("two", "漏水"),
    ("two", "借条"),
    ("two", "押金"),
    ("two", "赡养"),
    ("two", "土地"),
    ("four", "交通事故"),
    ("four", "民间借贷"),
    ("four", "物业服务"),
    ("four", "劳动合同"),
    ("four", "经济补偿"),
    ("five", "经济补偿金"),
    ("phrase", "拒不支付剩余工程款"),
    ("phrase", "原告要求被告返还彩礼"),
    ("article", "民法典第1087条"),
    ("article", "劳动法第4条"),
    ("rare", "滴水 界石"),
    ("rare", "鱼塘"),
    ("nonsense", "魑魅饕餮"),
)
"""(kind, query)."""

LENGTHS = (2, 3, 4, 5, 6)
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


def sample(texts: Sequence[str], count: int, seed: int) -> list[str]:
    """`count` different substrings of 2 to 6 Han characters, as many of each length, each cut at random from a random text."""
    rng = random.Random(f"substrings:{seed}")
    found: dict[str, None] = {}
    while len(found) < count:
        length = LENGTHS[len(found) % len(LENGTHS)]
        runs = [run for run in _RUN.findall(rng.choice(texts)) if len(run) >= length]
        if runs:
            run = rng.choice(runs)
            start = rng.randint(0, len(run) - length)
            found[run[start : start + length]] = None
    return list(found)
