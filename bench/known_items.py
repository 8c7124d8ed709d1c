"""How often the search page brings up what answers: a case asked for by its own words, a page that cites the right article.

    python -m bench.known_items [--site site] [--show]

- Known items: every published case with a 裁判要点 or 裁判要旨 is asked for by that text's first sentence,
  unless another case has the sentence too.
- Statutes: `../shared/data/queries/statute-questions.jsonl`, where it is present: lay questions with the articles that
  answer them. Only questions with an article that some page cites count. Top 5 and 10 are places in the order in which
  the page lists its answers: guides, procedures, papers, cases, law.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path

from tingsuo.library import Library
from tingsuo.load import load_text, read_text
from tingsuo.model import KINDS
from tingsuo.model.case import sections_of
from tingsuo.pages.html import anchor
from tingsuo.prepare import prepare

from .search_page import ask

REPO = Path(__file__).resolve().parents[1]
STATUTES = REPO.parent / "shared" / "data" / "queries" / "statute-questions.jsonl"
RULES = ("裁判要点", "裁判要旨")
Article = tuple[str, str]


def known_cases(root: Path, library: Library) -> list[tuple[str, str]]:
    """(first sentence of its rule, address) of every published case that states one which no other case has."""
    rules, bodies = [], []
    for card in library.cards.values():
        text = read_text(root / card.file, card.file)
        case = load_text(text, card.file, KINDS["case"])[0] if isinstance(text, str) else None
        for name, body in sections_of(case) if case else []:
            bodies.append(body)
            if name in RULES:
                rules.append((re.split("[。；\n]", body.strip().removeprefix("1. "))[0], card.url))
    whole = "\0".join(bodies)
    return [(sentence, url) for sentence, url in rules if whole.count(sentence) == 1]


def citing(library: Library) -> dict[Article, set[str]]:
    """Addresses of the pages that cite each article, the article's own place among them."""
    pages: dict[Article, set[str]] = defaultdict(set)
    folders = {"guide": "disputes", "procedure": "procedures", "document": "documents", "pathway": "pathways"}
    for article, items in library.guides_citing.items():
        pages[article] |= {f"{folders[kind]}/{item.id}.html" for kind, item in items if kind in folders}
    for article, cards in library.cases_citing.items():
        pages[article] |= {card.url for card in cards}
    for (law, label), urls in pages.items():
        urls.add(f"laws/{law}.html#{anchor(label)}")
    return pages


def statutes(library: Library) -> list[tuple[str, set[str]]]:
    """(question, addresses of the pages that cite an article which answers it)."""
    if not STATUTES.is_file():
        return []
    pages, laws = citing(library), {name: law.id for law in library.reference.register.laws.values() for name in (law.name, law.short)}
    out = []
    for line in STATUTES.read_text("utf-8").splitlines():
        row = json.loads(line)
        right = set().union(*(pages.get((laws.get(a["law"], ""), f"第{a['num']}条"), set()) for a in row["relevant"]))
        if right:
            out.append((row["query"], right))
    return out


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m bench.known_items", description=__doc__)
    options.add_argument("--root", type=Path, default=REPO)
    options.add_argument("--show", action="store_true", help="print the misses")
    chosen = options.parse_args()
    prepared = prepare(chosen.root, use_cache=False, bodies=False, search=False)
    assert prepared.library
    rows = known_cases(chosen.root, prepared.library)
    answers = [[url for url in urls if url.startswith("cases/")] for urls in ask(chosen.root / "site", [query for query, _ in rows])]
    for most in (1, 3):
        hits = sum(wanted in urls[:most] for urls, (_, wanted) in zip(answers, rows, strict=True))
        print(f"known cases: {len(rows)}, among the first {most} cases {hits / len(rows):.1%}")
    if chosen.show:
        for urls, (query, wanted) in zip(answers, rows, strict=True):
            if wanted not in urls[:1]:
                print(f"  {wanted:36} {query[:50]!r} {urls[:2]}")
    asked = statutes(prepared.library)
    if asked:
        answers = ask(chosen.root / "site", [query for query, _ in asked])
        for most in (5, 10):
            hits = sum(bool(right & set(urls[:most])) for urls, (_, right) in zip(answers, asked, strict=True))
            print(f"statute questions: {len(asked)}, a page citing a right article in the top {most} {hits / len(asked):.1%}")
        hits = sum(any(url in right for url in urls if url.startswith("laws/")) for urls, (_, right) in zip(answers, asked, strict=True))
        print(f"statute questions: the article itself among the law that is listed {hits / len(asked):.1%}")
        if chosen.show:
            for urls, (query, right) in zip(answers, asked, strict=True):
                if not right & set(urls[:10]):
                    print(f"  {query[:40]!r} wants {sorted(right)[:2]} got {urls[:3]}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
