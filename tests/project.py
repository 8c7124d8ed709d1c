"""A project folder to test with: put something in, see what a person would see. Every step returns the project.

Project(tmp_path).change(LANE, "title: ", "titel: ").check().expect(f"{LANE}:3:1 错误 [schema-unknown] 不认识“titel”")
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from typer.testing import CliRunner

from html_page import HtmlPage
from tingsuo.cli import app

REPO = Path(__file__).resolve().parents[1]
DATA = REPO.parent / "shared" / "data"
"""Real data kept beside the repository; tests that need it skip when it isn't there."""
SMALL = REPO / "tests" / "small"
"""A real project of one guide, one procedure and two cases, without a single finding."""
LANE = "cases/neighbours/lane.yaml"
EAVES = "cases/neighbours/eaves.yaml"
GUIDE = "guides/disputes/neighbours.yaml"
PROCEDURE = "guides/procedures/judicial-confirmation.yaml"
LAWS = "guides/reference/laws.yaml"
OFFICE = "guides/reference/office.yaml"

SEVERITIES = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Both streams."""
        return self.out + self.err


class Project:
    """A project folder: a copy of the small one, or of another."""

    def __init__(self, root: Path, source: Path | None = SMALL) -> None:
        self.root = root
        self.said = Said(0, "", "")
        self.findings: list[dict[str, Any]] = []
        if source:
            shutil.copytree(source, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("site", ".tingsuo", "__pycache__"))

    @classmethod
    def shipped(cls, root: Path) -> Self:
        """The repository's own content."""
        project = cls(root, None)
        for name in ("cases", "guides", "docs"):
            shutil.copytree(REPO / name, root / name)
        shutil.copy2(REPO / "mkdocs.yml", root)
        return project

    # ---- what a person does ----

    def write(self, name: str, content: str | bytes) -> Self:
        """Write a file, folders included."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def change(self, name: str, old: str, new: str) -> Self:
        """Replace a text that occurs exactly once in a file."""
        text = self.read(name)
        assert text.count(old) == 1, f"{name} has {text.count(old)} times {old!r}"
        return self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> Self:
        """Add a text at the end of a file."""
        return self.write(name, self.read(name) + text)

    def remove(self, name: str) -> Self:
        """Delete a file."""
        (self.root / name).unlink()
        return self

    def read(self, name: str) -> str:
        """A file's text."""
        return (self.root / name).read_text("utf-8")

    # ---- commands ----

    def run(self, *args: str, env: dict[str, str] | None = None) -> Self:
        """A command in this process."""
        result = CliRunner().invoke(app, ["-C", str(self.root), *args], env=env)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.said = Said(result.exit_code, result.stdout, result.stderr)
        return self._no_traceback()

    def command(self, *args: str, program: tuple[str, ...] = ("tingsuo",), env: dict[str, str] | None = None) -> Self:
        """The real command, as typed."""
        words = [*program[:-1], str(Path(sys.executable).parent / program[-1])]
        project = ("-C", str(self.root)) if program[-1] == "tingsuo" else ()
        done = subprocess.run(
            [*words, *project, *args], capture_output=True, text=True, cwd=self.root, env={**os.environ, **(env or {})}, check=False
        )
        self.said = Said(done.returncode, done.stdout, done.stderr)
        return self._no_traceback()

    def _no_traceback(self) -> Self:
        assert "Traceback" not in self.said.all, self.said.all
        return self

    def check(self, *args: str) -> Self:
        """`tingsuo check --format json`: afterwards `findings` has what it found."""
        self.run("check", "--format", "json", *args)
        self.findings = json.loads(self.said.out)
        return self

    def build(self, *args: str) -> Self:
        """`tingsuo build`."""
        return self.run("build", *args)

    # ---- what a person sees ----

    @property
    def lines(self) -> list[str]:
        """The findings as `file:line:column 错误 [code] message`."""
        return [f"{f['file']}:{f['line']}:{f['column']} {SEVERITIES[f['severity']]} [{f['code']}] {f['message']}" for f in self.findings]

    def expect(self, *lines: str) -> Self:
        """Exactly these findings."""
        assert sorted(lines) == sorted(self.lines)
        return self

    def exits(self, code: int) -> Self:
        """The last command's exit code."""
        assert code == self.said.code, self.said.all
        return self

    def says(self, text: str) -> Self:
        """The last command's output has this text."""
        assert text in self.said.all
        return self

    def page(self, name: str) -> HtmlPage:
        """A built page."""
        return HtmlPage((self.root / "site" / name).read_text("utf-8"))

    def pages(self) -> Iterator[str]:
        """The names of all built pages."""
        site = self.root / "site"
        for path in sorted(site.rglob("*.html")):
            yield path.relative_to(site).as_posix()

    def site(self) -> dict[str, str]:
        """Every file of the site with the hash of its bytes."""
        return digests(self.root / "site")


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder with the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
