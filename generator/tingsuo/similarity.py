"""Similar cases: shared cause, cited articles and keywords, rarer features counting more."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .library import CaseCard

_WINDOW = 24
"""A feature compares a case with this many nearest in the list (newest first): common features say
little, and an unbounded comparison grows with the square of the library."""

_WEIGHTS = {"cause": 1.0, "article": 1.2, "keyword": 0.9}


def _features(card: CaseCard) -> list[tuple[str, str]]:
    return [
        ("cause", card.cause),
        *(("article", f"{law} {article}") for law, article in card.cites if article),
        *(("keyword", word) for word in card.keywords),
    ]


def similar_cases(cards: Sequence[CaseCard], most: int = 4) -> dict[str, list[str]]:
    """For each case the ids of its most similar ones among `cards`, best first.

    Deterministic: ties go to the newer case (earlier in the list). Cost grows linearly with the
    number of cases.
    """
    postings: dict[tuple[str, str], list[int]] = defaultdict(list)
    features = []
    for position, card in enumerate(cards):
        own = _features(card)
        features.append(own)
        for feature in own:
            postings[feature].append(position)
    total = len(cards)
    out: dict[str, list[str]] = {}
    place: dict[tuple[str, str], int] = defaultdict(int)
    for position, card in enumerate(cards):
        scores: dict[int, float] = defaultdict(float)
        for feature in features[position]:
            found = postings[feature]
            here = place[feature]
            place[feature] = here + 1
            if len(found) < 2:
                continue
            weight = _WEIGHTS[feature[0]] * math.log(1 + total / len(found))
            low = max(0, here - _WINDOW // 2)
            for other in found[low : low + _WINDOW]:
                scores[other] += weight
        scores.pop(position, None)
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
        out[card.id] = [cards[other].id for other, score in best if score > 0.5]
    return out
