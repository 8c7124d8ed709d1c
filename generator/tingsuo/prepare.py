"""From a project folder to a Library with all findings: the one way in for every command and for the plugin."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

from . import case_store
from .case_store import CaseStore, Progress, no_progress
from .checks import check_library
from .findings import Finding
from .library import TEXTS, Library, Reference, load_reference
from .load import files_of, locate
from .model import KINDS

CACHE = ".tingsuo/cache"


@dataclass
class Prepared:
    """What a build needs. `findings` have their places; `reference_key` stands for all but the cases."""

    root: Path
    library: Library | None
    store: CaseStore | None
    findings: list[Finding]
    reference_key: bytes
    elsewhere: Path | None = None
    """A folder for the site and its caches, for a build that leaves the project's own site alone."""

    @property
    def cache(self) -> Path:
        """Where this build's caches are."""
        return self.elsewhere / "cache" if self.elsewhere else self.root / CACHE

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop the publication."""
        return [f for f in self.findings if f.severity == "error"]

    def close(self) -> None:
        """Drop temporary files."""
        if self.store:
            self.store.close()


@cache
def code_digest() -> bytes:
    """Hash of this package's files and of the versions of what renders: a changed one voids all caches."""
    whole = hashlib.blake2b(digest_size=16)
    package = Path(__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(path.relative_to(package).as_posix().encode())
            whole.update(path.read_bytes())
    for name in ("mkdocs", "mkdocs-material", "markdown", "jinja2", "pydantic"):
        whole.update(f"{name} {metadata.version(name)}".encode())
    return whole.digest()


def reference_digest(root: Path, reference: Reference, names: tuple[str, ...]) -> bytes:
    """Hash of all content but the cases, of the law in force on the day, and of the code."""
    whole = hashlib.blake2b(code_digest(), digest_size=16)
    for kind in KINDS.values():
        if kind.name != "case":
            for source in files_of(kind, root):
                whole.update(source.name.encode())
                whole.update(Path(source.path).read_bytes())
    texts = root / TEXTS
    for path in sorted(texts.glob("*.json")) if texts.is_dir() else ():
        whole.update(path.name.encode())
        whole.update(path.read_bytes())
    for law in reference.register.laws.values():
        version = reference.register.version_on(law, reference.day)
        whole.update(f"{law.id} {version.passed if version else ''}".encode())
    whole.update(repr(reference.printed).encode())
    whole.update("\n".join(names).encode())
    return whole.digest()


def _can_write(folder: Path) -> bool:
    """Whether a folder can be made or written to: a project on a write-protected stick is checked all the same."""
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    return os.access(standing, os.W_OK)


def prepare(
    root: Path,
    *,
    day: date | None = None,
    names: tuple[str, ...] = (),
    bodies: bool = True,
    search: bool = True,
    use_cache: bool = True,
    progress: Progress = no_progress,
) -> Prepared:
    """Load, check and relate everything below a project folder. Never raises for bad content."""
    progress("读指引和法条", 0, 1)
    reference, findings = load_reference(root, day)
    if reference is None:
        return Prepared(root, None, None, locate(findings, root), b"")
    key = reference_digest(root, reference, names)
    cache_file = root / CACHE / "cases" if use_cache and _can_write(root / CACHE) else None
    store = case_store.take(reference, cache_file, key, names=names, bodies=bodies, search=search, progress=progress)
    library = Library.of(reference, store.cards)
    progress("核对", 0, 1)
    findings = [*findings, *store.findings, *check_library(library, store.ids, names)]
    return Prepared(root, library, store, locate(findings, root), key)
