"""Medians, ratios to Hugo, the Markdown table."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from .measure import Run

_MB = 1024 * 1024
NOTES = (
    "Tingsuo checks all content and relates cases; the rows without search are what compares with Hugo, whose site has none.",
    "Hugo: a bare theme, no search, no checks; it has no cache for pages, so it renders all of them every time.",
    "Material: stock theme, navigation.prune, its own search without jieba (so without Chinese words; with it, it takes longer).",
    "Peak memory sums the process tree: pages that workers share count more than once.",
)


@dataclass
class Row:
    """One builder in one situation on one corpus, all rounds."""

    cases: int
    name: str
    runs: list[Run] = field(default_factory=list)
    files: int = 0
    size: int = 0

    @property
    def failed(self) -> str:
        """The last words of the run that failed, '' when none did."""
        return next((f"exit {run.code}: {run.tail}" for run in self.runs if run.code), "")

    @property
    def seconds(self) -> float:
        """The median of the rounds."""
        return median(run.seconds for run in self.runs)

    def data(self) -> dict[str, Any]:
        """For results.json: seconds of each round, bytes."""
        return {
            "cases": self.cases,
            "builder": self.name,
            "seconds": [round(run.seconds, 3) for run in self.runs],
            "median": round(self.seconds, 3) if self.runs else None,
            "cpu_seconds": [round(run.cpu, 3) for run in self.runs],
            "peak_bytes": max((run.peak for run in self.runs), default=0),
            "files": self.files,
            "bytes": self.size,
            "failed": self.failed,
        }


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table; a failed row says so instead of figures."""
    hugo = {row.cases: row.seconds for row in rows if row.name == "Hugo" and row.runs and not row.failed}
    lines = ["| cases | build | median s | × Hugo | rounds s | CPU s | files | MB | peak MB |", "|--:|---|--:|--:|---|--:|--:|--:|--:|"]
    for row in rows:
        head = f"| {row.cases:,} | {row.name} |"
        if row.failed or not row.runs:
            words = row.failed.splitlines()[-1][:60].replace("|", "/") if row.failed else "not run"
            lines.append(f"{head} – | – | {words} | – | – | – | – |")
            continue
        ratio = f"{row.seconds / hugo[row.cases]:.2f}" if row.cases in hugo else "–"
        rounds = " ".join(f"{run.seconds:.2f}" for run in row.runs)
        cpu = median(run.cpu for run in row.runs)
        peak = max(run.peak for run in row.runs) / _MB
        lines.append(f"{head} {row.seconds:.2f} | {ratio} | {rounds} | {cpu:.1f} | {row.files:,} | {row.size / _MB:.1f} | {peak:.0f} |")
    return "\n".join(lines)


def environment(work: Path) -> dict[str, Any]:
    """What the figures depend on: machine, file system of the work folder, versions."""
    names = ("tingsuo", "hugo", "mkdocs", "mkdocs-material")
    return {
        "machine": f"{_cpu()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "file_system": _file_system(work),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in names},
    }


def _file_system(folder: Path) -> str:
    """The kind of file system a folder is on, '' where the kernel doesn't say."""
    found = [p for p in psutil.disk_partitions(all=True) if folder.resolve().is_relative_to(p.mountpoint)]
    return max(found, key=lambda p: len(p.mountpoint)).fstype if found else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.processor())
