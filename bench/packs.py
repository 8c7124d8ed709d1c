"""`python -m bench.packs`: what each pack costs in time, memory and bytes, beside the site that it is made from."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from .__main__ import MEMORY, REPO
from .measure import run, size_of
from .report import environment

RESULTS = Path(__file__).with_name("packs.json")
KINDS = ("stick", "zim", "web", "epub", "single")
_TINGSUO = str(Path(sys.executable).parent / "tingsuo")


class Row(NamedTuple):
    """One command on a corpus: wall seconds, peak bytes of memory, files and bytes of what it made, why it failed ('' when it didn't)."""

    cases: int
    what: str
    seconds: float
    peak: int
    files: int
    bytes: int
    failed: str


def main() -> int:
    """Measure, print the table, write packs.json. Exit code 1 when a pack failed."""
    options = argparse.ArgumentParser(prog="python -m bench.packs", description=__doc__)
    options.add_argument("--sizes", default="1000,10000", help="numbers of cases, comma-separated (default: 1000,10000)")
    options.add_argument("--kinds", default=",".join(KINDS), help=f"packs to make, comma-separated (default: {','.join(KINDS)})")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--in-memory", action="store_true", help="work in /dev/shm: no disk, so only the program's own work counts")
    options.add_argument("--results", type=Path, default=RESULTS)
    chosen = options.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=MEMORY if chosen.in_memory and MEMORY.is_dir() else REPO) as work:
        for size in map(int, chosen.sizes.split(",")):
            rows += _size(Path(work), size, chosen.kinds.split(","), chosen.seed)
        made = environment(Path(work))
    chosen.results.write_text(
        json.dumps({"on": datetime.now(UTC).date().isoformat(), **made, "rows": [row._asdict() for row in rows]}, ensure_ascii=False, indent=1)
        + "\n",
        "utf-8",
    )
    print(f"\n{made['machine']}, on {made['file_system']}; Python {made['python']}\n\n{table(rows)}\n")
    for row in rows:
        if row.failed:
            print(f"{row.cases:,} {row.what}: {row.failed}", file=sys.stderr)
    return 1 if any(row.failed for row in rows) else 0


def _size(work: Path, size: int, kinds: list[str], seed: int) -> list[Row]:
    """The site, then each pack of it; every pack command finds the site built and all caches there."""
    project = work / f"project-{size}"
    print(f"{size:,} cases: making the corpus", flush=True)
    # Its own process: the measuring one must stay small (see measure.run).
    subprocess.run([sys.executable, "-m", "bench.corpus", str(project), str(size), "--seed", str(seed)], cwd=REPO, check=True)
    rows = [_measured(project, size, "site, from nothing", ["build"], project / "site")]
    rows.append(_measured(project, size, "site, no change", ["build"], project / "site"))
    for kind in kinds:
        shutil.rmtree(project / "dist", ignore_errors=True)
        row = _measured(project, size, kind, ["pack", kind], project / "dist")
        if kind == "stick" and not row.failed:
            archive = next((project / "dist").glob("*.zip"))
            rows.append(row._replace(what="stick: folder and zip"))
            row = row._replace(what="… the zip of it", files=1, bytes=archive.stat().st_size)
        rows.append(row)
    shutil.rmtree(project)
    return rows


def _measured(project: Path, size: int, what: str, words: list[str], made: Path) -> Row:
    print(f"{size:,} cases: {what}", flush=True)
    done = run([_TINGSUO, "-C", str(project), *words], project)
    return Row(size, what, done.seconds, done.peak, *size_of(made), done.tail if done.code else "")


def table(rows: list[Row]) -> str:
    """Markdown."""
    lines = ["| cases | what | seconds | memory MB | files | MB |", "|--:|---|--:|--:|--:|--:|"]
    for row in rows:
        figures = f"{row.seconds:.1f} | {row.peak / 1e6:,.0f} | {row.files:,} | {row.bytes / 1e6:,.1f}" if not row.failed else "failed | | |"
        lines.append(f"| {row.cases:,} | {row.what} | {figures} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
