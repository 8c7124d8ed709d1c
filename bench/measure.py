"""A command's wall time and peak memory, and how large its result is."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

INTERVAL = 0.05


class Run(NamedTuple):
    """One run: wall seconds, CPU seconds of all its processes, peak bytes of memory, exit code, its last lines."""

    seconds: float
    cpu: float
    peak: int
    code: int
    tail: str


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end.

    Peak memory is the larger of two readings: resident memory summed over the process tree every
    50 ms (pages that workers share count for each of them), and what the kernel kept as the maximum
    of one process (`wait4`; RUSAGE_CHILDREN would carry one run's maximum into the next). The kernel
    starts a child's maximum at its parent's, so this process must itself stay small.
    Written pages are flushed before the clock starts: nobody pays for the run before.
    """
    os.sync()
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=output, stderr=subprocess.STDOUT)
        watcher = _Watcher(process.pid)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.done.set()
        watcher.join()
        output.seek(0)
        tail = output.read().decode("utf-8", "replace").strip().splitlines()[-4:]
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(watcher.peak, usage.ru_maxrss * 1024), process.returncode, "\n".join(tail))


class _Watcher(threading.Thread):
    """Samples the resident memory of a process and all its descendants until `done`."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        try:
            root = psutil.Process(self.pid)
        except psutil.NoSuchProcess:
            return
        while not self.done.wait(INTERVAL):
            self.peak = max(self.peak, _resident(root))


def _resident(root: psutil.Process) -> int:
    total = 0
    try:
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for process in tree:
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total


def size_of(folder: Path) -> tuple[int, int]:
    """(files, bytes) below a folder; (0, 0) when there is none."""
    files = total = 0
    for place, _, names in os.walk(folder):
        files += len(names)
        total += sum(Path(place, name).lstat().st_size for name in names)
    return files, total
