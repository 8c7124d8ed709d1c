"""`python -m bench`: the same cases built by us and by the peers, in interleaved rounds, in one run."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from . import builders
from .builders import Builder
from .edit import change
from .measure import run, size_of
from .report import NOTES, Row, environment, table

REPO = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("results.json")
MEMORY = Path("/dev/shm")
"""A disk is where people build, so it is the default; its file creation can vary tenfold within an hour, so memory is there to compare."""

MATERIAL_MOST = 1_000
"""Stock Material is built up to here: 10,000 cases take it nine minutes and 4 GB."""

COLD, WARM, CHANGED = "Tingsuo without search", "… no change", "… one case changed"
FULL, FULL_CHANGED = "Tingsuo with search", "… with search, one case changed"


def main() -> int:
    """Measure, print the table, write results.json. Exit code 1 when a build failed."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--sizes", default="1000,10000", help="numbers of cases, comma-separated (default: 1000,10000)")
    options.add_argument("--with-100k", action="store_true", help="100,000 cases too")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument(
        "--work", type=Path, help="work in this folder and leave corpora and sites there (default: a temporary one beside the project)"
    )
    options.add_argument("--in-memory", action="store_true", help="work in /dev/shm: no disk, so only the generators' own work counts")
    options.add_argument("--results", type=Path, default=RESULTS)
    chosen = options.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")] + ([100_000] if chosen.with_100k else [])
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=MEMORY if chosen.in_memory and MEMORY.is_dir() else REPO) as temporary:
        work = chosen.work or Path(temporary)
        for size in sizes:
            rows += _size(work, size, chosen.rounds, chosen.seed)
        made = environment(work)
    data = {"on": datetime.now(UTC).date().isoformat(), **made, "rounds": chosen.rounds, "rows": [row.data() for row in rows]}
    chosen.results.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    versions = ", ".join(f"{name} {number}" for name, number in made["versions"].items() if number)
    print(f"\n{made['machine']}, on {made['file_system']}; Python {made['python']}, {versions}\n\n{table(rows)}\n")
    print("\n".join(f"- {note}" for note in NOTES))
    failed = [row for row in rows if row.failed]
    for row in failed:
        print(f"\n{row.cases:,} {row.name}: {row.failed}", file=sys.stderr)
    return 1 if failed else 0


def _size(work: Path, size: int, rounds: int, seed: int) -> list[Row]:
    """All builders on a corpus of one size."""
    project, hugo, material = (work / f"{name}-{size}" for name in ("tingsuo", "hugo", "material"))
    stock = size <= MATERIAL_MOST
    _say(f"{size:,} cases: making the corpus")
    # Its own process: the measuring one must stay small (see measure.run).
    command = [sys.executable, "-m", "bench.corpus", str(project), str(size), "--seed", str(seed), "--hugo", str(hugo)]
    subprocess.run([*command, *(["--material", str(material)] if stock else [])], cwd=REPO, check=True)
    names = [COLD, WARM, CHANGED, FULL, FULL_CHANGED, "Hugo", *(["Material"] if stock else [])]
    rows = {name: Row(size, name) for name in names}
    us, peers = (
        (builders.ours(project, search=False), builders.ours(project, search=True)),
        [builders.hugo(hugo), *([builders.material(material)] if stock else [])],
    )
    for turn in range(rounds):
        # Who goes first changes with the round.
        if turn % 2:
            _peers(peers, rows)
        _ours(*us, rows, turn)
        if turn % 2 == 0:
            _peers(peers, rows)
    return list(rows.values())


def _ours(bare: Builder, whole: Builder, rows: dict[str, Row], turn: int) -> None:
    for builder, cold, warm, changed in ((bare, COLD, WARM, CHANGED), (whole, FULL, "", FULL_CHANGED)):
        builder.clear()
        _measure(builder, rows[cold])
        if rows[cold].failed:
            return
        if warm:
            _measure(builder, rows[warm])
        change(builder.folder, turn * 2 + (cold == FULL))
        _measure(builder, rows[changed])


def _peers(peers: list[Builder], rows: dict[str, Row]) -> None:
    for peer in peers:
        peer.clear()
        _measure(peer, rows[peer.name])


def _measure(builder: Builder, row: Row) -> None:
    try:
        done = run(builder.command, builder.folder, builder.env)
    except FileNotFoundError:
        raise SystemExit(f"bench: {builder.command[0]} is not installed: run `make site` first") from None
    row.runs.append(done)
    row.files, row.size = size_of(builder.folder / builder.result)
    _say(f"{row.cases:,} {row.name}: {done.seconds:.2f} s" + (f", exit {done.code}" if done.code else ""))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
