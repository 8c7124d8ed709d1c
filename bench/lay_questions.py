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
from urllib.parse import quote

from playwright.sync_api import sync_playwright

REPO = Path(__file__).resolve().parents[1]
CONSULT = REPO.parent / "shared" / "data" / "queries" / "consult-topics.jsonl"
TOPICS = {"婚姻家庭": "marriage", "劳动争议": "labour", "交通事故": "traffic", "民间借贷": "loans", "人身损害": "injury", "消费者": "consumer"}
"""Topics that are one of the twelve disputes; the others (担保, 建设工程, 合同纠纷 …) are none."""

ASK = """async (queries) => {
  const out = [];
  for (const q of queries) {
    location.hash = 'q=' + encodeURIComponent(q);
    await new Promise((done) => setTimeout(done, 30));
    for (let n = 0; n < 200; n++) {
      if (window.tingsuoSearch.shown === tingsuoSearchCore.clean(q)) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    out.push([...document.querySelectorAll('#hits-g + ul a')].map((a) => a.getAttribute('href').replace(/.*disputes\\/|\\.html/g, '')));
  }
  return out;
}"""


def questions() -> dict[str, list[tuple[str, str]]]:
    """(question, dispute) by set."""
    own = [json.loads(line) for line in (REPO / "bench" / "questions.jsonl").read_text("utf-8").splitlines()]
    sets = {"bench/questions.jsonl": [(row["query"], row["dispute"]) for row in own]}
    if CONSULT.is_file():
        rows = [json.loads(line) for line in CONSULT.read_text("utf-8").splitlines()]
        sets["consult-topics.jsonl"] = [(row["query"], TOPICS[row["project_topic"]]) for row in rows if row["project_topic"] in TOPICS]
    return sets


def ask(site: Path, queries: list[str]) -> list[list[str]]:
    """The guides that the search page lists for each query, best first."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((site / "search.html").resolve().as_uri() + "#q=" + quote("一"))
        page.wait_for_function("window.tingsuoSearch && window.tingsuoSearch.stats.readyMs > 0")
        answers: list[list[str]] = page.evaluate(ASK, queries)
        browser.close()
    return answers


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m bench.lay_questions", description=__doc__)
    options.add_argument("--site", type=Path, default=REPO / "site")
    options.add_argument("--show", action="store_true", help="print the misses")
    chosen = options.parse_args()
    for name, rows in questions().items():
        answers = ask(chosen.site, [query for query, _ in rows])
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
