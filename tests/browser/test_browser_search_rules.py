"""The rules of the search stand twice, in Python for the build and in JavaScript for the page: both give the same."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from browsing import Look, Site
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from searching import handed, numbered
from site_pages import DESKTOP

from project import REPO
from tingsuo.citation import Names, find
from tingsuo.library import Library
from tingsuo.prepare import prepare
from tingsuo.search.normal import bigrams, normal, plain, traditional, words
from tingsuo.search.postings import LAST, LEAD, RATIO, STEPS, encode
from tingsuo.search.prior import phrases, rank

pytestmark = pytest.mark.browser

CUT = """async said => {
  await tingsuoSearch.index.ready();
  return said.map(text => { const n = tingsuoSearchCore.normal(text); return [n, tingsuoSearchCore.bigrams(n), tingsuoSearchCore.words(n)]; });
}"""
RANK = """async ([said, step]) => {
  const index = tingsuoSearch.index;
  await index.ready();
  const prior = {...index.prior, step};
  return said.map(text => tingsuoSearchCore.rankDisputes(prior, tingsuoSearchCore.normal(text)).map(([n, score]) => [index.prior.disputes[n], score]));
}"""
STEP = 1 / 16
"""In place of the tenth that is shipped: sixteenths add up exactly, in whatever order."""
DECODE = "rows => rows.map(row => { const list = tingsuoSearchCore.decode(row); return [[...list.docs], [...list.weights]]; })"
ARTICLES = """async said => {
  const index = tingsuoSearch.index;
  await index.ready();
  const laws = await index.lawNames();
  return said.map(text => tingsuoSearchCore.articleTerm(laws, tingsuoSearchCore.normal(text)));
}"""


@pytest.fixture
def tab(look: Look) -> Page:
    """The search page, ready to be asked."""
    return look("search.html", DESKTOP)


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped content without its cases' texts."""
    library = prepare(REPO, bodies=False, search=False).library
    assert library
    return library


# ---- text --------------------------------------------------------------------------


def every_character() -> Iterator[str]:
    """All characters that Unicode names, 48 a string, kept apart so that none joins its neighbour; and each next to Han."""
    named = [c for n in range(sys.maxunicode + 1) if unicodedata.category(c := chr(n)) not in ("Cn", "Cs", "Co")]
    for at in range(0, len(named), 48):
        yield "|".join(named[at : at + 48])
        yield "".join(f"漏{c}水" for c in named[at : at + 48 : 8])


def invented(count: int) -> list[str]:
    """Strings that Hypothesis thinks of, from all of Unicode and from what people paste."""
    pasted = st.text(st.sampled_from("漏水樓上討債離婚㈠①½ﷺ㍿ＡＢｃ１２．,.0aZßİΣσ\u0307\u200b\u3000 \n（）《》龜龜️㐀鿿𠮷豈é"), max_size=40)
    out: list[str] = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=30) | pasted)
    def collect(text: str) -> None:
        out.append(text)

    collect()
    return out


def disagreements(tab: Page, said: list[str]) -> list[tuple[str, Any, Any]]:
    """The texts that the page normalises or cuts otherwise than Python."""
    ours = [[normal(text), list(dict.fromkeys(bigrams(normal(text)))), words(normal(text))] for text in said]
    return [(text, py, js) for text, py, js in zip(said, ours, tab.evaluate(CUT, said), strict=True) if py != js]


def test_every_character_has_one_normal_form(tab: Page) -> None:
    """Every named character, alone and between two Han, gives the same text, pairs and words in Python and in the page."""
    assert disagreements(tab, list(every_character())) == []


def test_every_traditional_character_is_simplified(tab: Page) -> None:
    """All Traditional characters of the table become the same Simplified ones, and cut the same."""
    old = "".join(map(chr, sorted(traditional())))
    said = [old[at : at + 20] for at in range(0, len(old), 20)]
    assert len(old) > 2_500
    assert disagreements(tab, said) == []
    assert [normal(text) for text in said] == [js[0] for js in tab.evaluate(CUT, said)]


def test_invented_texts_are_cut_the_same(tab: Page) -> None:
    """Two thousand invented strings, mixed scripts and compatibility forms among them, are cut the same; `plain` has the same terms."""
    said = invented(2_000)
    assert len(set(said)) > 1_000
    assert disagreements(tab, said) == []
    assert [(bigrams(plain(text)), words(plain(text))) for text in said] == [(bigrams(normal(text)), words(normal(text))) for text in said]


# ---- disputes ----------------------------------------------------------------------


def questions() -> list[str]:
    """The lay questions of the bench."""
    return [json.loads(line)["query"] for line in (REPO / "bench" / "questions.jsonl").read_text("utf-8").splitlines()]


def shipped_votes(prior: dict[str, Any]) -> dict[str, list[float]]:
    """The votes as the page has them, in sixteenths: word → vote for each dispute."""
    table = {}
    for line in prior["rows"].split("\n"):
        gram, _, row = line.partition("\t")
        votes = [0.0] * len(prior["disputes"])
        for letter, step in zip(row[::2], row[1::2], strict=True):
            votes[ord(letter) - ord("a")] = (ord(step) - prior["zero"]) * STEP
        table[gram] = votes
    return table


def test_disputes_are_ranked_the_same(tab: Page, site: Site, library: Library) -> None:
    """For all questions of the bench and all known phrases, `prior.rank` and the page give the same order."""
    prior = handed(site.root / "search" / "index.js")["prior"]
    known, table = phrases(library), shipped_votes(prior)
    said = [*questions(), *known, "！？", "", "漏水", "abc", "漏 水 漏 水"]
    assert len(said) > 1_000
    for text, js in zip(said, tab.evaluate(RANK, [said, STEP]), strict=True):
        scores = dict(js)
        ours = rank(table, known, prior["disputes"], text)
        assert (text, set(ours)) == (text, set(scores))
        # Shares of a phrase may differ in the last digit.
        assert (text, [round(scores[dispute], 9) for dispute in ours]) == (text, [round(score, 9) for _, score in js])


# ---- postings ----------------------------------------------------------------------


def decoded(row: str) -> tuple[list[int], list[float]]:
    """A row's documents and impacts, after the description in `postings.py`."""
    top = RATIO ** (LAST.index(row[0]) / 6) / 16
    docs, weights, doc, lead = [], [], -1, 0
    for c in row[1:]:
        if c in LEAD:
            lead = lead * len(LEAD) + LEAD.index(c)
            continue
        value, lead = lead * len(LAST) + LAST.index(c), 0
        doc += value // STEPS + 1
        docs.append(doc)
        weights.append(top / RATIO ** (STEPS - 1 - value % STEPS))
    return docs, weights


def test_encoded_rows_are_read_as_written(tab: Page) -> None:
    """Rows of `postings.encode` with gaps from nothing to millions come back from the page's decoder, documents and impacts."""
    dice = random.Random(11)
    written = []
    for size in [0, 1, 2, 64, *(dice.randint(1, 300) for _ in range(200))]:
        largest = dice.choice((1, 15, 16, 463, 464, 13_455, 13_456, 500_000))
        gaps = [dice.choice((0, largest, dice.randint(0, largest))) for _ in range(size)]
        steps = [dice.randrange(STEPS) for _ in range(size)]
        written.append((dice.randrange(len(LAST)), gaps, steps))
    rows = []
    for level, gaps, steps in written:
        data, _ = encode(np.array([gap * STEPS + step for gap, step in zip(gaps, steps, strict=True)], np.int64))
        rows.append(LAST[level] + data.tobytes().decode("ascii"))
    for (level, gaps, steps), (docs, weights) in zip(written, tab.evaluate(DECODE, rows), strict=True):
        assert (np.cumsum(np.array(gaps, np.int64) + 1) - 1).tolist() == docs
        assert weights == pytest.approx([RATIO ** (level / 6) / 16 / RATIO ** (STEPS - 1 - step) for step in steps], rel=1e-6)


def test_shipped_rows_are_read_the_same(tab: Page, site: Site) -> None:
    """Every tenth row of the shipped index, and the longest, is the same list in Python and in the page."""
    rows = sorted((line.partition("\t")[2] for shard in numbered(site, "terms") for line in shard.split("\n")), key=len)
    sample = [*rows[::10], *rows[-50:]]
    for row, (docs, weights) in zip(sample, tab.evaluate(DECODE, sample), strict=True):
        expected_docs, expected_weights = decoded(row)
        assert expected_docs == docs
        assert expected_weights == pytest.approx(weights, rel=1e-6)


# ---- law articles ------------------------------------------------------------------

SPELLINGS = (
    "民法典第1084条",
    "民法典1084条",
    "民法典第一千零八十四条",
    "民法典一千零八十四条",
    "《民法典》第一千零八十四条",
    "《民法典》第一千零八十四条第三款",
    "中华人民共和国民法典第1084条",
    "《中华人民共和国民法典》第1084条",
    "民法典 第 1084 条",
    "民法典第１０８４条",
    "民法典第一〇八四条",
    "民法典第十条",
    "民法典第二十条",
    "民法典第一百零二条",
    "民法典第两百条",
    "民法典第一百一十条",
    "民法典第一百一条",
    "刑法第二百七十六条之一",
    "刑法第276条之一",
    "劳动合同法第八十二条",
    "劳动合同法第82条第2款",
    "劳动法第44条",
    "民法典1084条 离婚",
    "劳动合同法规定了什么",
    "刑法第276条之1",
    "劳动争议调解仲裁法第二十七条",
    "民诉法第205条",
    "中华人民共和国民事诉讼法第205条",
    "中華人民共和國民法典第1084條",
    "婚姻家庭编解释（一）第5条",
    "婚姻家庭编解释(一)第5条",
    "婚姻家庭编解释（一）第五条",
    "《婚姻家庭编解释（二）》第十二条",
    "最高人民法院关于适用《中华人民共和国民法典》婚姻家庭编的解释（一）第五条",
    "《最高人民法院关于适用〈中华人民共和国民法典〉婚姻家庭编的解释（一）》第五条",
    "民间借贷规定第25条",
    "最高人民法院关于审理民间借贷案件适用法律若干问题的规定第25条",
    "没有这部法第1条",
    "合同第三条",
    "民法典",
    "第1084条",
)


def test_articles_are_read_as_the_citation_finder_reads_them(tab: Page, site: Site) -> None:
    """However an article is written, the page looks for the one that the citation finder finds there."""
    laws = handed(site.root / "search" / "laws.js")
    known = Names(laws)
    shorts = {normal(name).replace(" ", ""): short for name, short in laws.items()}

    def expected(text: str) -> str:
        refs = [ref for ref in find(normal(text), known) if ref.num]
        short = shorts.get(normal(refs[0].law).strip("《》")) if refs else None
        return f"{short}§{refs[0].label[1:].replace('条', '')}" if short else ""

    theirs = {text: expected(text) for text in SPELLINGS}
    assert sum(bool(term) for term in theirs.values()) >= len(SPELLINGS) - 5, theirs
    assert theirs == dict(zip(SPELLINGS, tab.evaluate(ARTICLES, list(SPELLINGS)), strict=True))


@pytest.mark.parametrize("said", ["劳动法三个月", "民法典一方出轨", "民法典第三编", "劳动合同法十年了"])
def test_a_number_of_something_else_is_no_article(tab: Page, said: str) -> None:
    """A law's name with months, sides or a book of it after it asks for no article."""
    assert tab.evaluate(ARTICLES, [said]) == [""]


@pytest.mark.parametrize("said", ["民法典1084", "民法典第1084", "民法典1084 离婚", "民法典一〇八四"])
def test_an_article_may_be_written_short(tab: Page, said: str) -> None:
    """Typed in a hurry, without 条: the citation finder wants it, the search doesn't."""
    assert tab.evaluate(ARTICLES, [said]) == ["民法典§1084"]
