"""One form for text and query: NFKC, lower case, Traditional to Simplified, and its cut into terms.

The same rules stand in `theme/assets/tingsuo/search-core.js`; `tests/browser` holds both against each other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HAN_RUN = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")


@cache
def traditional() -> dict[int, str]:
    """Traditional → Simplified for single characters, from OpenCC's tables (the first choice where there are several)."""
    import opencc

    folder = Path(opencc.__file__).parent / "dictionary"
    pairs: dict[int, str] = {}
    for line in (folder / "TSCharacters.txt").read_text("utf-8").splitlines():
        old, _, new = line.partition("\t")
        new = new.split(" ")[0]
        if len(old) == 1 and len(new) == 1 and old != new and ord(old) < 0x10000 and ord(new) < 0x10000:
            pairs[ord(old)] = new
    return pairs


def normal(text: str) -> str:
    """The form in which texts and queries are compared."""
    return unicodedata.normalize("NFKC", text).lower().translate(traditional())


@cache
def _unusual() -> re.Pattern[str]:
    """Characters that `normal` may turn into letters, digits or other Han characters: all but those known to stay."""
    usual = r"\x00-\x7e\u00b7\u00d7\u00f7\u2010-\u2023\u2026\u2030-\u203b\u3000-\u3029\u3030\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff0d\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    return re.compile(f"[^{usual}]|[{''.join(map(chr, traditional()))}]")


def plain(text: str) -> str:
    """A text whose terms are those of `normal(text)`. Punctuation, which bears no term, may differ; many times quicker."""
    return normal(text) if _unusual().search(text) else text.lower()


def words(text: str) -> list[str]:
    """Latin words and numbers of a normal text."""
    return _WORD.findall(text)


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of neighbouring Han characters of a normal text."""
    return [run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)]


def terms(text: str) -> list[str]:
    """All terms of a normal text."""
    return bigrams(text) + words(text)


def traditional_table() -> tuple[str, str]:
    """The Traditional table for the browser: two strings of equal length."""
    pairs = sorted(traditional().items())
    return "".join(chr(old) for old, _ in pairs), "".join(new for _, new in pairs)
