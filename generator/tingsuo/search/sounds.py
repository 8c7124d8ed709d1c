"""Pinyin for input: what `laodong`, `ldzy` and same-sound slips (离昏) can mean.

The lexicon holds the words that lead somewhere: ways of saying, legal terms, guides, procedures, causes.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..library import Library
from .normal import normal

_HEARD = {
    "还款": ["huan", "kuan"],
    "还钱": ["huan", "qian"],
    "还账": ["huan", "zhang"],
    "归还": ["gui", "huan"],
    "重婚": ["chong", "hun"],
}
"""pypinyin's first reading is wrong for these."""


def lexicon(library: Library) -> list[str]:
    """Words of 2 to 8 Han characters that lead somewhere, most telling first."""
    reference = library.reference
    words: dict[str, None] = {}
    for guide in reference.guides.values():
        if guide.published:
            words |= dict.fromkeys((guide.title, *guide.says))
    for term in reference.terms:
        words |= dict.fromkeys((term.means, *term.say))
    words |= dict.fromkeys(p.title for p in reference.procedures.values() if p.published)
    words |= dict.fromkeys(card.cause for card in library.cards.values())
    words |= dict.fromkeys(name for guide in reference.guides.values() for name in (e.name for e in guide.elements))
    out = dict.fromkeys(normal(word) for word in words)
    # 农村土地承包 is also typed as 土地承包.
    out |= dict.fromkeys(word[-4:] for word in list(out) if 5 <= len(word) <= 8)
    return [word for word in out if 2 <= len(word) <= 8 and all("\u3400" <= c <= "\u9fff" for c in word)]


def sounds(words: Iterable[str]) -> tuple[str, str]:
    """(the lexicon, with readings where they differ from their characters'; every common character by its reading), lines each."""
    from pypinyin import Style, lazy_pinyin, load_phrases_dict

    load_phrases_dict({word: [[s] for s in reading] for word, reading in _HEARD.items()})
    listed = list(words)
    characters = sorted({c for word in listed for c in word} | set(_COMMON))
    reading = {c: lazy_pinyin(c, style=Style.NORMAL)[0] for c in characters}
    rows = []
    for word in listed:
        own = lazy_pinyin(word, style=Style.NORMAL)
        rows.append(word if own == [reading[c] for c in word] else f"{word} {' '.join(own)}")
    by_sound: dict[str, list[str]] = {}
    for c in characters:
        by_sound.setdefault(reading[c], []).append(c)
    table = "\n".join(f"{sound} {''.join(chars)}" for sound, chars in sorted(by_sound.items()))
    return "\n".join(rows), table


def _gb2312_first_level() -> str:
    """The 3,755 commonest characters: GB 2312's first level."""
    return "".join(bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))


_COMMON = _gb2312_first_level()
