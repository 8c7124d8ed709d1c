"""How often the right guide comes first for lay questions, asked of the real page in Chromium.

    python -m bench.lay_questions [--site site] [--show]

Two sets: `bench/questions.jsonl` (ours, written before any tuning; see questions.md) and, where it is
present, `../shared/data/queries/consult-topics.jsonl` (its labels are noisy). Prints guide@1 and guide@3,
the misses and the confusion table.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from .search_page import ask

REPO = Path(__file__).resolve().parents[1]
CONSULT = REPO.parent / "shared" / "data" / "queries" / "consult-topics.jsonl"
TOPICS = {"婚姻家庭": "marriage", "劳动争议": "labour", "交通事故": "traffic", "民间借贷": "loans", "人身损害": "injury", "消费者": "consumer"}
"""Topics that are one of the twelve disputes; the others (担保, 建设工程, 合同纠纷 …) are none."""


def questions() -> dict[str, list[tuple[str, str]]]:
    """(question, dispute) by set."""
    own = [json.loads(line) for line in (REPO / "bench" / "questions.jsonl").read_text("utf-8").splitlines()]
    sets = {"bench/questions.jsonl": [(row["query"], row["dispute"]) for row in own]}
    if CONSULT.is_file():
        rows = [json.loads(line) for line in CONSULT.read_text("utf-8").splitlines()]
        sets["consult-topics.jsonl"] = [(row["query"], TOPICS[row["project_topic"]]) for row in rows if row["project_topic"] in TOPICS]
    return sets


def guides(site: Path, queries: list[str]) -> list[list[str]]:
    """The disputes whose guides the page lists for each query, best first."""
    return [[Path(url).stem for url in urls] for urls in ask(site, queries, guides=True)]


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m bench.lay_questions", description=__doc__)
    options.add_argument("--site", type=Path, default=REPO / "site")
    options.add_argument("--show", action="store_true", help="print the misses")
    chosen = options.parse_args()
    for name, rows in questions().items():
        answers = guides(chosen.site, [query for query, _ in rows])
        first = sum(bool(got) and got[0] == wanted for got, (_, wanted) in zip(answers, rows, strict=True))
        third = sum(wanted in got[:3] for got, (_, wanted) in zip(answers, rows, strict=True))
        print(f"{name}: {len(rows)} questions, guide@1 {first / len(rows):.1%}, guide@3 {third / len(rows):.1%}")
        confused = Counter((wanted, got[0] if got else "none") for got, (_, wanted) in zip(answers, rows, strict=True) if not got or got[0] != wanted)
        for (wanted, got_first), n in confused.most_common():
            print(f"  {wanted} → {got_first}: {n}")
        if chosen.show:
            for got, (query, wanted) in zip(answers, rows, strict=True):
                if not got or got[0] != wanted:
                    print(f"  {wanted:10} {','.join(got[:3]):32} {query[:60]!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
