"""Villagers' words (群众怎么说) in the handbook: what stands in each guide, and the index by pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ..library import Reference
from ..model.reference import Term
from ..search.normal import normal

EVERYWHERE = 5
"""A word of so many dispute types stands once, in front of the guides, instead of in each of them."""
_HEARD = {"还": "huan", "重婚": "chong", "泊": "bo", "圩": "xu"}
"""How words begin that pypinyin reads otherwise than people here."""


def guide_words(reference: Reference, dispute: str) -> list[dict[str, Any]]:
    """The words of one dispute type, by legal term: [{"means", "say": […], "danger": bool}]."""
    return _rows(term for term in reference.terms if dispute in term.disputes and len(term.disputes) < EVERYWHERE)


def general_words(reference: Reference) -> list[dict[str, Any]]:
    """The words of many dispute types or of none, in the same shape."""
    return _rows(term for term in reference.terms if not 0 < len(term.disputes) < EVERYWHERE)


def _rows(terms: Iterable[Term]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for term in terms:
        row = rows.setdefault(term.means, {"means": term.means, "say": {}, "danger": False})
        row["danger"] = row["danger"] or term.danger
        for word in term.say:
            row["say"].setdefault(normal(word), word)
    # Who looks up a Traditional form finds the Simplified one, so one of them is enough.
    return [{**row, "say": [_simpler(key, word) for key, word in row["say"].items()]} for row in rows.values()]


def _simpler(key: str, word: str) -> str:
    """The Simplified form where only characters differ; Latin letters as they were written."""
    return key if len(key) == len(word) and key != word and not any(char.isascii() for char in word) else word


def word_index(words: Iterable[str]) -> list[dict[str, Any]]:
    """Words by pinyin, under letters: [{"letter": A, "words": […]}]; those that begin with a figure or a letter come first."""
    groups: dict[str, list[tuple[list[str], str]]] = {}
    for word in dict.fromkeys(words):
        reading = _reading(word)
        first = reading[0][:1].upper()
        groups.setdefault(first if first.isalpha() and word[0] >= "\u2e80" else "数字和字母", []).append((reading, word))
    return [{"letter": letter, "words": [word for _, word in sorted(groups[letter])]} for letter in sorted(groups, key=lambda k: (len(k) == 1, k))]


def _reading(word: str) -> list[str]:
    reading = list(_pinyin()(word))
    heard = next((sound for start, sound in _HEARD.items() if word.startswith(start)), reading[0])
    return [heard, *reading[1:]]


@cache
def _pinyin() -> Any:
    from pypinyin import lazy_pinyin

    return lazy_pinyin
