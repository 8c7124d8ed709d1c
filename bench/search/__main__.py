"""`python -m bench.search`: search engines side by side, on the same cases, in one run."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Error as PageError

from ..measure import Run, run
from ..report import environment
from .browser import measure
from .engines import LIBRARIES, TOKENS, Engine, Step, library, material, pagefind, write_queries
from .ours import ours
from .queries import FIXED
from .report import FROM_FINDINGS, NOTES, browser_table, build_table, retrieval_table
from .retrieval import retrieval
from .tools import Tools, install

REPO = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
MEMORY = Path("/dev/shm")
MATERIAL_MOST, PEERS_MOST = 1_000, 10_000
NAMES = ("tingsuo", "pagefind", "material", *LIBRARIES)
RACED = ("Tingsuo", "Pagefind")
"""Their builds are held against each other: in turns, several rounds."""
QUERIES = [query for _, query in FIXED]


def main() -> int:
    """Measure, print the tables, write results.json. Exit code 1 when something failed."""
    options = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    options.add_argument("--sizes", default="1000,10000", help="numbers of cases, comma-separated (default: 1000,10000)")
    options.add_argument("--with-100k", action="store_true", help="100,000 cases too: ours alone")
    options.add_argument("--engines", default=",".join(NAMES), help=f"of {', '.join(NAMES)}")
    options.add_argument("--tokens", default=",".join(TOKENS), help="what the libraries index (default: words,bigrams)")
    options.add_argument("--throttles", default="1,5")
    options.add_argument("--rounds", type=int, default=3, help="builds of ours and of Pagefind, in turns; the others are built once")
    options.add_argument("--substrings", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", action="store_true", help="use corpora that are in the work folder already")
    options.add_argument("--work", type=Path, help="work in this folder and leave corpora there (default: in memory)")
    options.add_argument("--tools", type=Path, help="install the peers here and leave them there (default: in the work folder)")
    options.add_argument("--results", type=Path, default=RESULTS)
    chosen = options.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",") if size] + ([100_000] if chosen.with_100k else [])
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="tingsuo-bench-", dir=MEMORY if MEMORY.is_dir() else None) as temporary:
        work = chosen.work or Path(temporary)
        tools = install(chosen.tools or work / "tools")
        made = environment(work)
        made["versions"] = {**made["versions"], **tools.versions(), "chromium": _chromium()}
        data = {"on": datetime.now(UTC).date().isoformat(), **made, "seed": chosen.seed, "rows": rows}
        for size in sizes:
            for row in _size(work, size, tools, chosen):
                rows.append(row)
                # A long run that is stopped leaves what it has.
                chosen.results.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    versions = ", ".join(f"{name} {number}" for name, number in made["versions"].items() if number)
    print(f"\n{made['machine']}, on {made['file_system']}; Python {made['python']}, {versions}\n")
    print("\n\n".join((build_table(rows), browser_table(rows), retrieval_table(rows))) + "\n")
    print("\n".join(f"- {note}" for note in NOTES))
    return 1 if any(row.get("failed") for row in rows) else 0


def _size(work: Path, size: int, tools: Tools, chosen: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """A row for every engine on a corpus of one size."""
    project, texts = work / f"project-{size}", work / f"texts-{size}"
    if not (chosen.keep and (texts / "truth.json").is_file()):
        _say(f"{size:,} cases: making the corpus and the peers' texts")
        command = [sys.executable, "-m", "bench.search.texts", str(project), str(texts), "--make", str(size), "--seed", str(chosen.seed)]
        command += ["--count", str(chosen.substrings), "--material" if size <= MATERIAL_MOST else "--no-material"]
        subprocess.run([*command, *(["--no-html"] if size > PEERS_MOST else [])], cwd=REPO, check=True)
    sampled = [row["query"] for row in json.loads((texts / "truth.json").read_text("utf-8"))]
    write_queries(texts, [*QUERIES, *sampled])
    races = _race([e for e in _engines(project, texts, size, tools, chosen) if isinstance(e, Engine) and e.name in RACED], chosen.rounds)
    for engine in _engines(project, texts, size, tools, chosen):
        if isinstance(engine, str):
            yield {"cases": size, "engine": engine, "not_run": FROM_FINDINGS[engine]}
            continue
        row: dict[str, Any] = {"cases": size, "engine": engine.name, "note": engine.note, "load": os.getloadavg()[0]}
        try:
            _fill(row, engine, texts, chosen, races.get(engine.name, []))
        except (PageError, OSError, AssertionError, _FailedError) as error:
            row["failed"] = str(error)
            _say(f"{size:,} {engine.name}: FAILED {error}")
        yield row


def _engines(project: Path, texts: Path, size: int, tools: Tools, chosen: argparse.Namespace) -> Iterator[Engine | str]:
    """The wanted engines; a name alone for one that this corpus is too large for. Ours and Pagefind are neighbours."""
    wanted = chosen.engines.split(",")
    if "tingsuo" in wanted:
        yield ours(project, texts)
    if size > PEERS_MOST:
        return
    if "pagefind" in wanted:
        yield pagefind(texts, tools)
    for name in LIBRARIES:
        if name in wanted:
            for tokens in chosen.tokens.split(","):
                yield library(name, tokens, texts, tools)
    if "material" in wanted:
        yield material(texts, tools) if size <= MATERIAL_MOST else "Material"


class _FailedError(Exception):
    """A build command that failed."""


def _race(engines: list[Engine], rounds: int) -> dict[str, list[dict[str, Any]]]:
    """All builds of the engines whose ratio matters but the last (that is `_fill`'s), in turns, who goes first changing."""
    done: dict[str, list[dict[str, Any]]] = {engine.name: [] for engine in engines}
    if len(engines) < 2:
        return done
    for turn in range(rounds - 1):
        for engine in engines if turn % 2 else engines[::-1]:
            engine.prepare()
            done[engine.name].append(_sum([_step(step) for step in engine.steps]))
    return done


def _fill(row: dict[str, Any], engine: Engine, texts: Path, chosen: argparse.Namespace, before: list[dict[str, Any]]) -> None:
    """Build, look, ask."""
    engine.prepare()
    rounds = [*before, _sum([_step(step) for step in engine.steps])]
    row["build"] = {
        **{key: median(built[key] for built in rounds) for key in ("seconds", "cpu")},
        "peak": max(built["peak"] for built in rounds),
        "rounds": rounds,
    }
    if engine.whole:
        row["whole"] = _sum([_step(engine.whole)])
    engine.finish()
    files = engine.index()
    row["index"] = {"files": len(files), "bytes": sum(path.stat().st_size for path in files)}
    _say(f"{row['cases']:,} {engine.name}: built in {row['build']['seconds']:.1f} s, {row['index']['bytes'] / 1e6:.1f} MB")
    row["chromium"] = {}
    for throttle in map(int, chosen.throttles.split(",")):
        row["chromium"][str(throttle)] = measure(engine, throttle, QUERIES, QUERIES)
        _say(f"{row['cases']:,} {engine.name}: {throttle}× ready {row['chromium'][str(throttle)]['ready_ms']:.0f} ms")
    ways: dict[str, Callable[[], dict[str, Any]]] = {"plain": lambda: retrieval(engine, texts / "truth.json")}
    if engine.name == "Pagefind":
        ways["quoted"] = lambda: retrieval(engine, texts / "truth.json", quoted=True)
    row["retrieval"] = {}
    for name, ask in ways.items():
        try:
            row["retrieval"][name] = ask()
        except PageError as error:
            row["retrieval"][name] = {"failed": str(error).splitlines()[0]}


def _step(step: Step) -> Run:
    try:
        done = run(step.command, step.cwd, step.env)
    except FileNotFoundError:
        raise _FailedError(f"{step.command[0]} is not installed") from None
    if done.code:
        raise _FailedError(f"exit {done.code} of {Path(step.command[0]).name} after {done.seconds:.0f} s: {done.tail}")
    return done


def _sum(runs: list[Run]) -> dict[str, Any]:
    return {"seconds": round(sum(r.seconds for r in runs), 2), "cpu": round(sum(r.cpu for r in runs), 2), "peak": max(r.peak for r in runs)}


def _chromium() -> str:
    from .browser import CHROMIUM

    said = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=False).stdout.split()
    return next((word for word in said if word[0].isdigit()), "")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
