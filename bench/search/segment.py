"""rjieba's words: `python segment.py OUT`, run by the peers' interpreter. Imports nothing of ours.

Reads `docs.jsonl` and `queries.json` (a list) in OUT; writes `words.jsonl` (a case a line: words of the title, words
of the body) and `queries.words.json` (query → words). The same segmenter on both sides is more than a browser
has: it would have to cut queries with Intl.Segmenter.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import rjieba

_WORD = re.compile(r"\w")


def words(text: str) -> list[str]:
    """The words of a text, lower case, without punctuation."""
    return [word for word in rjieba.cut(text.lower()) if _WORD.search(word)]


def main() -> int:
    """Cut all texts and queries."""
    out = Path(sys.argv[1])
    with (out / "docs.jsonl").open(encoding="utf-8") as docs, (out / "words.jsonl").open("w", encoding="utf-8") as file:
        for line in docs:
            row = json.loads(line)
            file.write(json.dumps([" ".join(words(row["title"])), " ".join(words(row["body"]))], ensure_ascii=False) + "\n")
    queries = json.loads((out / "queries.json").read_text("utf-8"))
    cut = {query: words(query) for query in queries}
    (out / "queries.words.json").write_text(json.dumps(cut, ensure_ascii=False), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
