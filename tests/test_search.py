"""The search index: nothing is lost to segmentation, the coding is exact, the ranking is lunr's, and it is made the same twice."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from project import REPO
from tingsuo.prepare import Prepared, prepare
from tingsuo.search.cutting import cut
from tingsuo.search.documents import BOOSTS, Document, reference_documents
from tingsuo.search.index import Entry, build, build_all
from tingsuo.search.normal import bigrams, normal, plain, terms, words
from tingsuo.search.postings import LAST, LEAD, RATIO, STEPS, encode, quantise


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    """The shipped content."""
    return prepare(REPO, use_cache=False)


@pytest.fixture(scope="module")
def documents(prepared: Prepared) -> list[Document]:
    """Everything that is searched in the shipped content."""
    assert prepared.library
    assert prepared.store
    return [*reference_documents(prepared.library, []), *(prepared.store.document(card) for card in prepared.library.cards.values())]


def decode(row: str) -> list[tuple[int, float]]:
    """A row's postings as search-core.js reads them: (document, impact)."""
    top = RATIO ** (LAST.index(row[0]) / 6) / 16
    out, doc, lead = [], -1, 0
    for c in row[1:]:
        if c in LEAD:
            lead = lead * 29 + LEAD.index(c)
            continue
        value = lead * 64 + LAST.index(c)
        lead = 0
        doc += value // STEPS + 1
        out.append((doc, top / RATIO ** (STEPS - 1 - value % STEPS)))
    return out


def called(script: bytes) -> Any:
    """What a file of the index hands to the page."""
    call = re.fullmatch(r"tingsuoIndex\((.*)\);\n", script.decode(), re.DOTALL)
    assert call
    return json.loads(call[1])


def read(files: dict[str, bytes]) -> dict[str, list[tuple[int, float]]]:
    """All postings of an index by term."""
    out = {}
    for name, data in files.items():
        if name.startswith("terms-"):
            for line in called(data).split("\n"):
                term, _, row = line.partition("\t")
                out[term] = decode(row)
    return out


@given(st.lists(st.integers(0, 5_000_000), max_size=200))
def test_varints_come_back(values: list[int]) -> None:
    """What is written is what is read, whatever the gaps."""
    data, sizes = encode(np.asarray(values, np.int64))
    text, at, out = data.tobytes().decode("ascii"), 0, []
    for size in sizes:
        digits = text[at : at + int(size)]
        value = 0
        for c in digits[:-1]:
            value = value * 29 + LEAD.index(c)
        out.append(value * 64 + LAST.index(digits[-1]))
        at += int(size)
    assert out == values


@given(st.text(max_size=200))
def test_the_quick_form_has_the_same_terms(text: str) -> None:
    """`plain` and `normal` cut a text into the same Han pairs and words."""
    assert bigrams(plain(text)) == bigrams(normal(text))
    assert words(plain(text)) == words(normal(text))


def test_every_pair_of_han_characters_is_found(documents: list[Document]) -> None:
    """Recall against exact substring is 1 for Han queries of two and more characters, on 400 sampled substrings."""
    postings = read(build_all(documents))
    texts = [normal("\n".join((d.title, d.keywords, d.gist, d.body))) for d in documents]
    dice = random.Random(7)
    runs = [run for text in texts for run in re.findall("[\u4e00-\u9fff]{6,}", text)]
    for _ in range(400):
        run = dice.choice(runs)
        size = dice.randint(2, 6)
        start = dice.randint(0, len(run) - size)
        query = run[start : start + size]
        exact = {n for n, text in enumerate(texts) if query in text}
        found = set.intersection(*({doc for doc, _ in postings.get(pair, [])} for pair in bigrams(query)))
        assert exact <= found, query


def test_drafts_are_not_in_the_index(prepared: Prepared, documents: list[Document]) -> None:
    """Unpublished cases are nowhere in the index."""
    assert prepared.store
    hidden = [card for card in prepared.store.cards if not card.published]
    assert hidden, "the shipped content has cases that wait for review"
    assert not {card.url for card in hidden} & {document.url for document in documents}


def entries_of(documents: list[Document]) -> list[Entry]:
    """What the index knows of documents that it hasn't read."""
    return [Entry(d.kind, d.url, "\0".join(d).encode(), d.title, d.dispute, d.year, d.town, d.sort) for d in documents]


def test_the_index_is_the_same_twice(documents: list[Document]) -> None:
    """Two runs give the same bytes."""
    assert build_all(documents) == build_all(documents)


def test_an_edit_recounts_its_own_run_alone(documents: list[Document], tmp_path: Path) -> None:
    """After an edit and a new case, documents of untouched runs aren't read, and all files are as if made afresh."""
    before = many(documents, 1200)
    standing = {file.key for file in build(entries_of(before), before.__getitem__, tmp_path)}
    changed = [d._replace(body=d.body + "新写的一句话。") if n == 700 else d for n, d in enumerate(before)]
    after = [*changed[:900], changed[900]._replace(url="cases/x/new.html", title="新添案"), *changed[900:]]
    asked: list[int] = []

    def ask(n: int) -> Document:
        asked.append(n)
        return after[n]

    made = list(build(entries_of(after), ask, tmp_path, known=standing.__contains__))
    whole = build_all(after)
    assert {file.name: file.data for file in made if file.data is not None} == {
        name: data for name, data in whole.items() if any(file.name == name and file.data is not None for file in made)
    }
    assert {file.name for file in made} == set(whole)
    texts = [file for file in made if file.name.startswith("text-")]
    assert sum(file.data is not None for file in texts) <= 3
    assert len(texts) > 100


def many(documents: list[Document], count: int) -> list[Document]:
    """More cases from those that there are."""
    cases = [d for d in documents if d.kind == "c"]
    return [cases[n % len(cases)]._replace(url=f"cases/x/{n:05}.html", title=f"第{n}案") for n in range(count)]


def test_cuts_depend_on_the_documents_alone() -> None:
    """A document more moves the cuts near it and no others, and no block or run is too long."""
    given = [("c", f"cases/x/{n:05}.html") for n in range(20_000)]
    old, new = cut(given), cut([*given[:5_000], ("c", "cases/x/05000b.html"), *given[5_000:]])
    assert old[0].start == 0
    assert old[-1].stop == 20_000
    assert all(a.stop == b.start for a, b in pairwise(old))
    same = {tuple(given[run.start : run.stop]) for run in old} & {
        tuple([*given[:5_000], ("c", "cases/x/05000b.html"), *given[5_000:]][run.start : run.stop]) for run in new
    }
    assert len(same) >= len(old) - 1
    assert max(b - a for run in old for a, b in pairwise(run.blocks)) <= 16


def test_texts_come_back(documents: list[Document]) -> None:
    """Every text block holds the texts of its documents."""
    files = build_all(documents[:30])
    texts = [text for n in range(sum(name.startswith("text-") for name in files)) for text in called(files[f"text-{n}.js"])]
    assert texts == [document.text for document in documents[:30]]


def test_the_ranking_agrees_with_lunr(documents: list[Document]) -> None:
    """On the same tokens and up to 1,000 documents, our first ten share at least 7 of 10 with lunr's on average, and our first is nearly always among its first three.

    lunr (Python) is given our terms; each query's documents are ordered by the sum of impacts. The
    difference is the two-bit step of the impact.
    """
    from lunr.builder import Builder
    from lunr.query import Query

    sample = documents[:400] + documents[-64:]
    builder = Builder()
    builder.ref("id")
    for name, boost in zip(("title", "keywords", "gist", "body"), BOOSTS, strict=True):
        builder.field(name, boost=int(boost))
    for n, d in enumerate(sample):
        builder.add({"id": str(n), **{f: _tokens(getattr(d, f)) for f in ("title", "keywords", "gist", "body")}})
    index = builder.build()
    postings = read(build_all(sample))
    shared, firsts, asked = 0.0, 0, 0
    dice = random.Random(3)
    pairs = sorted(term for term, rows in postings.items() if 12 <= len(rows) <= 200 and len(term) == 2)
    for _ in range(60):
        query_terms = dice.sample(pairs, 2)
        query = Query(index.fields)
        for term in query_terms:
            query.term(term, use_pipeline=False)
        theirs = [int(hit["ref"]) for hit in index.query(query)][:10]
        scores: dict[int, float] = {}
        for term in query_terms:
            for doc, impact in postings[term]:
                scores[doc] = scores.get(doc, 0.0) + impact
        ours = sorted(scores, key=lambda doc: (-scores[doc], doc))[:10]
        shared += len(set(ours) & set(theirs)) / len(theirs)
        firsts += ours[0] in theirs[:3]
        asked += 1
    print(f"lunr: {shared / asked:.2f} of the first ten shared, our first among lunr's first three in {firsts / asked:.0%}")
    assert shared / asked >= 0.7
    assert firsts / asked >= 0.8


def _tokens(text: str) -> str:
    return " ".join(terms(plain(text)))


def test_steps_and_levels() -> None:
    """The largest impact of a term keeps its level to within a step, and smaller ones never exceed it."""
    score = np.array([1.0, 0.5, 0.1, 8.0, 7.9])
    steps, levels = quantise(score, np.array([0, 3]))
    assert steps.tolist() == [3, 2, 0, 3, 3]
    for level, largest in zip(levels, (1.0, 8.0), strict=True):
        assert largest <= RATIO ** (level / 6) / 16 <= largest * RATIO ** (1 / 6) * 1.0001
