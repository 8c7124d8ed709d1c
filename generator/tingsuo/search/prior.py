"""Which dispute do these words speak for? Learned at build from the library itself, shipped as a small table.

Lay questions (“老公打我还不让我回家怎么办”) name no legal term. Every guide, with its terms and its cases, is
one heap of words; how much likelier a word is in a dispute's heap than in the others (log-odds with an
informative Dirichlet prior, shrunk where the counts are small: Monroe, Colaresi and Quinn 2008) is its
vote. Phrases that `terms.yaml` knows vote as a whole.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from ..library import Library
from .documents import item_text
from .normal import HAN, normal, plain

PRIOR_WEIGHT = 500.0
SHRINK = 4.0
LEAST = 0.6
"""A word whose largest vote is smaller says nothing worth its bytes."""
FAINT = 2
"""Steps; smaller votes are left out."""
SINGLE = 0.7
"""A single character says less than a pair."""
PHRASE = 2.0
STEP = 0.1
ZERO = 0x4F
"""Weights are steps of STEP around the character with this code."""

_RUN = re.compile(f"[{HAN}]+")


def grams(text: str) -> Iterator[str]:
    """Characters and neighbouring pairs of a normal text's Han runs."""
    for run in _RUN.findall(text):
        yield from run
        for i in range(len(run) - 1):
            yield run[i : i + 2]


def heaps(library: Library, case_texts: Iterable[tuple[str, str, float]]) -> dict[str, Counter[str]]:
    """Word counts by dispute. `case_texts` are (dispute, text, weight)."""
    reference = library.reference
    disputes = [key for key, guide in reference.guides.items() if guide.published]
    # Counted by weight first: a Counter fills a list in C, but without weights.
    counted: dict[tuple[str, float], Counter[str]] = {}

    def add(dispute: str, text: str, weight: float) -> None:
        if dispute in disputes:
            counted.setdefault((dispute, weight), Counter()).update(grams(plain(text)))

    for key in disputes:
        guide = reference.guides[key]
        add(key, item_text(guide), 0.5)
        for words in (guide.title, *guide.says):
            add(key, words, 4)
    for term in reference.terms:
        for rank, dispute in enumerate(term.disputes):
            for words in (*term.say, term.means):
                add(dispute, words, 3 / (rank + 1))
    for dispute, text, weight in case_texts:
        add(dispute, text, weight)
    out: dict[str, Counter[str]] = {key: Counter() for key in disputes}
    for (dispute, weight), counts in sorted(counted.items()):
        heap = out[dispute]
        for gram, n in counts.items():
            heap[gram] += n * weight  # type: ignore[assignment]
    return out


def votes(counts: dict[str, Counter[str]]) -> dict[str, list[float]]:
    """For each telling word its vote for every dispute, in the order of `counts`."""
    words = sorted(set().union(*counts.values()))
    own = np.array([[heap[word] for heap in counts.values()] for word in words]).reshape(len(words), len(counts))
    n = own.sum(axis=1, keepdims=True)
    sizes = own.sum(axis=0, keepdims=True)
    whole = float(n.sum()) or 1.0
    prior = PRIOR_WEIGHT * n / whole
    odds = np.log((own + prior) / (sizes + PRIOR_WEIGHT - own - prior)) - np.log(
        (n - own + prior) / (whole - sizes + PRIOR_WEIGHT - (n - own) - prior)
    )
    z2 = odds**2 / (1 / (own + prior) + 1 / (n - own + prior))
    vote = np.where(z2 > 0.49, np.maximum(odds, -1.0) * z2 / (z2 + SHRINK), 0.0)
    telling = np.flatnonzero((n[:, 0] >= 1.5) & (vote.max(axis=1, initial=0.0) > LEAST))
    return {words[i]: [v * (SINGLE if len(words[i]) == 1 else 1.0) for v in vote[i].tolist()] for i in telling.tolist()}


def phrases(library: Library) -> dict[str, tuple[list[str], str]]:
    """Known ways of saying: normal phrase → (disputes, likeliest first, legal term)."""
    out: dict[str, tuple[list[str], str]] = {}
    reference = library.reference
    for term in reference.terms:
        for words in (*term.say, term.means):
            key = normal(words)
            if len(key) >= 2:
                found, means = out.setdefault(key, ([], term.means))
                found += [d for d in term.disputes if d not in found]
    for guide in reference.guides.values():
        if guide.published:
            for words in (guide.title, *guide.says):
                found, means = out.setdefault(normal(words), ([], ""))
                out[normal(words)] = ([guide.id], means) if words == guide.title else ([guide.id, *(d for d in found if d != guide.id)], means)
    return out


def prior_table(library: Library, case_texts: Iterable[tuple[str, str, float]]) -> dict[str, Any]:
    """The table for the browser.

    `rows` are lines of a word, a tab, and for each dispute that it votes on a letter (a is the first) and the
    vote as the character `zero` + vote / `step`; `phrases` are lines of phrase, disputes as letters and the number
    of its legal term in `means`. Both are sorted, so that a line is found without reading the others.
    """
    counts = heaps(library, case_texts)
    disputes = list(counts)
    rows = []
    for gram, row in votes(counts).items():
        steps = [round(vote / STEP) for vote in row]
        rows.append(
            f"{gram}\t" + "".join(chr(ord("a") + n) + chr(min(0x7E, max(0x23, ZERO + step))) for n, step in enumerate(steps) if abs(step) >= FAINT)
        )
    means: dict[str, int] = {}
    lines = []
    for words, (found, legal) in sorted(phrases(library).items()):
        letters = "".join(chr(ord("a") + disputes.index(d)) for d in found if d in disputes)
        number = means.setdefault(legal, len(means)) if legal and normal(legal) != words else ""
        lines.append(f"{words}\t{letters}\t{number}")
    guides = library.reference.guides
    return {
        "disputes": disputes,
        "titles": [guides[d].title for d in disputes],
        "leads": [guides[d].lead for d in disputes],
        "step": STEP,
        "zero": ZERO,
        "phrase": PHRASE,
        "rows": "\n".join(rows),
        "phrases": "\n".join(lines),
        "means": list(means),
        "danger": sorted({normal(w) for t in library.reference.terms if t.danger for w in t.say}),
    }


def rank(table: dict[str, list[float]], known: dict[str, tuple[list[str], str]], disputes: list[str], query: str) -> list[str]:
    """Disputes that a query speaks for, best first. The same as `rankDisputes` in search-core.js."""
    scores = dict.fromkeys(disputes, 0.0)
    said = normal(query)
    for gram in dict.fromkeys(grams(said)):
        for dispute, vote in zip(disputes, table.get(gram, ()), strict=False):
            scores[dispute] += vote
    at = 0
    while at < len(said):
        for size in range(min(14, len(said) - at), 1, -1):
            entry = known.get(said[at : at + size])
            if entry:
                shares = {d: 1 / (n + 1) for n, d in enumerate(entry[0])}
                for d, share in shares.items():
                    if d in scores:
                        scores[d] += PHRASE * share / sum(shares.values()) * math.sqrt(size / 2)
                at += size - 1
                break
        at += 1
    return [d for d in sorted(disputes, key=lambda d: (-scores[d], disputes.index(d))) if scores[d] > 0]
