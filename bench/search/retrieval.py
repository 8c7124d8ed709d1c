"""Recall and precision against exact substrings: all results of an engine, from its page, held against the truth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from .browser import opened
from .engines import Engine


def retrieval(engine: Engine, truth_file: Path, quoted: bool = False) -> dict[str, Any]:
    """Means over the sampled substrings.

    A case that has the substring only in words which the peers weren't given counts neither for nor against.
    Results that aren't cases (our guides, law, handbook) don't count either. `quoted` asks for an exact phrase.
    """
    truth = json.loads(truth_file.read_text("utf-8"))
    names = engine.ids() or {}
    recalls, precisions, empty, found_all, returned = [], [], 0, 0, 0
    lost: list[dict[str, Any]] = []
    with opened(engine) as page:
        for row in truth:
            urls = page.call("urls", f'"{row["query"]}"' if quoted else row["query"])
            found = _cases(urls, names) - set(row["rest"])
            true = set(row["in"])
            hit = len(found & true)
            recalls.append(hit / len(true))
            returned += len(found)
            if found:
                precisions.append(hit / len(found))
            else:
                empty += 1
            if hit == len(true):
                found_all += 1
            else:
                lost.append({"query": row["query"], "true": len(true), "hit": hit})
    return {
        "queries": len(truth),
        "recall": round(mean(recalls), 4),
        "precision": round(mean(precisions), 4) if precisions else None,
        "complete": found_all,
        "empty": empty,
        "returned": returned,
        "true": sum(len(row["in"]) for row in truth),
        "lost": lost[:20],
    }


def _cases(urls: Sequence[str], names: dict[str, str]) -> set[str]:
    """Ids of the cases among some addresses: `…cases/labour/x.html?…#…` → `x`."""
    out = set()
    for given in urls:
        url = names.get(given, given).split("#")[0].split("?")[0]
        parts = url.rsplit("/", 3)
        if len(parts) >= 3 and parts[-3] == "cases" and parts[-1] != "index.html":
            out.add(parts[-1].removesuffix(".html"))
    return out
