"""One changed sentence, as a clerk would change it. Imports nothing of ours: the measuring process stays small."""

from __future__ import annotations

from pathlib import Path


def change(project: Path, turn: int) -> Path:
    """Edit one sentence in a section of one generated case, another case each turn. Returns the file."""
    files = sorted((project / "cases").glob("*/bench-*.yaml"))
    path = files[(turn * 7919 + len(files) // 2) % len(files)]
    head, mark, body = path.read_text("utf-8").partition(": |\n    ")
    path.write_text(f"{head}{mark}第{turn + 1}次核对以后，{body}", "utf-8")
    return path
