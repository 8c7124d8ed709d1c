"""results.json and the Markdown tables."""

from __future__ import annotations

from statistics import median
from typing import Any

_MB = 1024 * 1024
FROM_FINDINGS = {
    "Material": "not run: 163 MB index, 145 s, ready 47 s / 151 s, queries ≤ 820 / 1,954 ms, heap 2.07 GB (measured November 2026)",
}
"""What stands in the table for an engine that a corpus is too large for."""

NOTES = (
    "Build: median of the rounds. When clock and CPU ratios differ much, other programs were running (results.json: load): trust neither alone.",
    "1× / 5×: CPU throttle by CDP. Ready: navigation to first possible answer, browser and cache fresh.",
    "Cold: the query right after ready in a fresh page. First: twenty queries one after another in one page. Again: the same twenty once more.",
    "Query times run from the question until results stand in the page: Tingsuo, Pagefind and Material with excerpts or titles as they show them, "
    "the libraries with titles only (their index holds no text).",
    "Tingsuo's times include its wait for quiet fingers after typing; the row “own clock” is window.tingsuoSearch.stats, without it.",
    "Heap after garbage collection: JavaScript + array buffers (Pagefind's WebAssembly lives there).",
    "Libraries, words: rjieba cuts texts and queries; in a browser there is only Intl.Segmenter, which loses more. Bigrams: pairs of characters.",
    "Tingsuo's index build is timed on the very texts that Pagefind gets; its index in the browser is the whole site's.",
    "Recall and precision: means over the sampled substrings; precision over those with results. Complete: every case found.",
)


def build_table(rows: list[dict[str, Any]]) -> str:
    """Build time, memory, index size."""
    ours = {row["cases"]: row["build"] for row in rows if row["engine"] == "Tingsuo" and "build" in row}
    lines = [
        "| cases | engine | build s | CPU s | × ours, clock / CPU | peak MB | index MB | files | note |",
        "|--:|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        head = f"| {row['cases']:,} | {row['engine']} |"
        if "build" not in row:  # too large, or the build failed
            lines.append(f"{head} – | – | – | – | – | – | {_words(row)} |")
            continue
        build, index = row["build"], row["index"]
        mine = ours.get(row["cases"])
        ratio = f"{build['seconds'] / mine['seconds']:.1f} / {build['cpu'] / mine['cpu']:.1f}" if mine else "–"
        note = row["note"] + (f"; FAILED: {_words(row)}" if row.get("failed") else "")
        if "whole" in row:
            note += f"; whole site {row['whole']['seconds']:.1f} s, {row['whole']['peak'] / _MB:.0f} MB"
        size = f"{index['bytes'] / _MB:.1f} | {index['files']:,}" if index["files"] else "– | –"
        lines.append(f"{head} {build['seconds']:.1f} | {build['cpu']:.1f} | {ratio} | {build['peak'] / _MB:.0f} | {size} | {note} |")
    return "\n".join(lines)


def browser_table(rows: list[dict[str, Any]]) -> str:
    """What a visitor's browser does; each cell 1× / 5×."""
    lines = [
        "| cases | engine | ready ms | cold ms median (max) | first ms median (max) | snippets ms, cold, median (max) | again ms max | read to ready KB "
        "| a query KB median (max) | files a query max | heap MB |",
        "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        if not row.get("chromium"):
            continue
        parts = list(row["chromium"].values())
        lines.append(_browser_row(row, row["engine"], parts))
        if "said" in parts[0]["queries"][0]:
            lines.append(_browser_row(row, f"{row['engine']}, own clock", [_by_own_clock(part) for part in parts]))
    return "\n".join(lines)


def _browser_row(row: dict[str, Any], name: str, parts: list[dict[str, Any]]) -> str:
    reads = parts[0].get("cold") or parts[0]["queries"]
    sizes = [answer["bytes"] for answer in reads]
    files = f"{max(answer['files'] for answer in reads)}"
    if "scriptsFirst" in reads[0]:
        files += f" ({max(answer['scriptsFirst'] for answer in reads)} before the first results)"
    cells = (
        " / ".join(f"{part['ready_ms']:,.0f}" for part in parts),
        " / ".join(_times(part["cold"]) if "cold" in part else "–" for part in parts),
        " / ".join(_times(part["queries"]) for part in parts),
        " / ".join(_times(part.get("cold") or part["queries"], "snippetsMs") for part in parts),
        " / ".join(f"{max(answer['firstMs'] for answer in part['again']):,.0f}" for part in parts),
        f"{parts[0]['ready_bytes'] / 1024:,.0f}",
        f"{median(sizes) / 1024:,.0f} ({max(sizes) / 1024:,.0f})",
        files,
        f"{max(part['heap']['js'] for part in parts) / _MB:.0f} + {max(part['heap']['buffers'] for part in parts) / _MB:.0f}",
    )
    return f"| {row['cases']:,} | {name} | " + " | ".join(cells) + " |"


def _by_own_clock(part: dict[str, Any]) -> dict[str, Any]:
    """The same figures by the page's stats: without its wait for quiet fingers."""

    def own(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**answer, "firstMs": answer["said"]["firstResultsMs"], "snippetsMs": answer["said"]["snippetsMs"]} for answer in answers]

    return {**part, **{key: own(part[key]) for key in ("queries", "again", "cold") if key in part}}


def retrieval_table(rows: list[dict[str, Any]]) -> str:
    """Recall and precision."""
    lines = ["| cases | engine | recall | precision | complete | empty | returned / true |", "|--:|---|--:|--:|--:|--:|--:|"]
    for row in rows:
        for name, found in row.get("retrieval", {}).items():
            engine = f"{row['engine']}{'' if name == 'plain' else ', ' + name}"
            if "failed" in found:
                lines.append(f"| {row['cases']:,} | {engine} | – | – | – | – | {found['failed'][:80]} |")
                continue
            precision = "–" if found["precision"] is None else f"{found['precision']:.3f}"
            lines.append(
                f"| {row['cases']:,} | {engine} | {found['recall']:.3f} | {precision} | {found['complete']} of {found['queries']} "
                f"| {found['empty']} | {found['returned']:,} / {found['true']:,} |"
            )
    return "\n".join(lines)


def _times(answers: list[dict[str, Any]], key: str = "firstMs") -> str:
    times = [answer[key] for answer in answers if answer[key] is not None]
    if not times:
        return "–"
    return f"{median(times):,.0f} ({max(times):,.0f})"


def _words(row: dict[str, Any]) -> str:
    lines = (row.get("failed") or row.get("not_run") or "not run").strip().splitlines()
    return lines[-1][:140].replace("|", "/")
