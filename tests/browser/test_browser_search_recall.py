"""Nothing that stands in the content is lost to the search, and nothing is given out for what it isn't: in the real page, file by file."""

from __future__ import annotations

import random
import re

import pytest
from browsing import Look, Site
from searching import texts
from site_pages import DESKTOP

from project import REPO
from tingsuo.prepare import prepare
from tingsuo.search.normal import normal
from tingsuo.search.prior import phrases

pytestmark = pytest.mark.browser

FOUND = "async said => { const out = []; for (const query of said) out.push(await tingsuoSearch.urls(query)); return out; }"
QUERIES = 200


def substrings(indexed: dict[str, str]) -> list[str]:
    """Substrings of 2 to 6 Han characters, as many of each length, each from a random place of a random text."""
    dice = random.Random(20261123)
    runs = {url: re.findall("[\u3400-\u4dbf\u4e00-\u9fff]{6,}", text) for url, text in indexed.items()}
    urls = sorted(url for url, found in runs.items() if found)
    out: dict[str, None] = {}
    while len(out) < QUERIES:
        run, size = dice.choice(runs[dice.choice(urls)]), 2 + len(out) % 5
        start = dice.randint(0, len(run) - size)
        out[run[start : start + size]] = None
    return list(out)


def in_law() -> dict[str, str]:
    """Known phrases → what they are called in law; pages that say this are found too."""
    library = prepare(REPO, bodies=False, search=False).library
    assert library
    return {words: normal(means) for words, (_, means) in phrases(library).items() if means}


def test_every_page_that_bears_the_words_is_found(look: Look, site: Site) -> None:
    """200 substrings of the shipped content: every page with the substring is found (recall 1), and what is found has it, or the term in law for it."""
    indexed = {url: normal(text) for url, text in texts(site).items()}
    said = substrings(indexed)
    known = in_law()
    found = dict(zip(said, look("search.html", DESKTOP).evaluate(FOUND, said), strict=True))
    lost, right, wrong = {}, 0, {}
    for query, urls in found.items():
        assert len(urls) == len(set(urls)), query
        bearing = {url for url, text in indexed.items() if query in text}
        missing = bearing - set(urls)
        if missing:
            lost[query] = missing
        # Where a guide alone has the words, looser answers stand beside it and are labelled as such.
        if all(url.startswith("disputes/") for url in bearing):
            continue
        wanted = {query, *(means for words, means in known.items() if words in query)}
        fitting = [url for url in urls if any(all(run in indexed[url] for run in re.findall("[\u4e00-\u9fff]+", words)) for words in wanted)]
        right += len(fitting)
        if len(fitting) < len(urls):
            wrong[query] = set(urls) - set(fitting)
    assert lost == {}
    print(f"{QUERIES} substrings: {right} pages found, {sum(map(len, wrong.values()))} of them without the words {list(wrong)[:5]}")
    assert sum(map(len, wrong.values())) <= 0.01 * right
    assert right > QUERIES
