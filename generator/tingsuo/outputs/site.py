"""The site folder: pour every page beside the old site, then swap.

A failed, interrupted or killed build leaves the last good site. What hasn't changed is taken over from
it (as hard links, so that unchanged pages cost no disk); `swap` exchanges the two folders.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..case_store import CaseStore, Progress, no_progress, write_atomically
from ..library import Library
from ..pages import Recipe, event_recipe, push_recipes, recipes
from ..pages.case import Relations, case_page, relations_of
from ..pages.lists import digest
from ..pages.page import Mould
from ..workers import spread
from .calendar_files import calendar_files
from .docx_files import PaperFile, paper_files
from .feed_files import feed_files
from .model_texts import model_text_files
from .print_files import site_prints
from .search_files import FIRST, FOLDER, search_files, search_key
from .swap import clear_leftovers, put
from .xlsx_files import ledger_files

Manifest = dict[str, tuple[bytes, int, int]]
"""Relative file → (key, size in bytes, time of change in ns) of what the last build wrote."""

Moulds = Mapping[tuple[str, int], str]
"""Mould HTML by (section, depth)."""


@dataclass
class SiteReport:
    """What a build did."""

    pages: int = 0
    poured: int = 0
    kept: int = 0
    files: dict[str, str] = field(default_factory=dict)


class Plan:
    """What a build will make: the recipes of all generated pages but the cases' own, and the cases."""

    def __init__(self, library: Library, store: CaseStore, reference_key: bytes) -> None:
        self.library = library
        self.store = store
        self.reference_key = reference_key
        self.recipes: list[Recipe] = [
            *recipes(library, reference_key),
            *push_recipes(library, store, reference_key),
            event_recipe(library, reference_key, store.case, store.digests),
        ]
        self.papers: list[PaperFile] = [
            *paper_files(library, reference_key),
            *model_text_files(library, reference_key),
            *ledger_files(library, reference_key),
            *calendar_files(library, reference_key),
            *feed_files(library, store, reference_key),
            *site_prints(library),
        ]

    @property
    def urls(self) -> list[str]:
        """Every generated page and paper, relative to the site's root."""
        return [r.url for r in self.recipes] + [p.url for p in self.papers] + [card.url for card in self.library.cards.values()]

    @property
    def places(self) -> set[tuple[str, int]]:
        """The (section, depth) pairs that need a mould."""
        return {(r.section, r.depth) for r in self.recipes} | {("cases", 2)}


class Publication:
    """One build of the site into `target`.

    Use: `staging` takes the frame (what MkDocs writes, or `keep_frame`), then `pour`, then `swap`.
    """

    def __init__(self, target: Path, cache: Path) -> None:
        self.target = target
        self.staging = target.parent / f".{target.name}.{os.getpid()}.new"
        self.cache = cache
        self.old: Manifest = {}
        self.new: Manifest = {}
        self._made: set[str] = set()
        clear_leftovers(target)

    def start(self) -> None:
        """An empty folder beside the target, and the manifest of the site that stands there."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)
        self.old = _read_manifest(self.cache / "manifest", self.target)

    def note_frame(self) -> list[tuple[str, bytes]]:
        """Enter what stands in the staging folder now (written by MkDocs) into the manifest: (name, content hash)."""
        entered = []
        for path in sorted(self.staging.rglob("*")):
            if path.is_file():
                name = path.relative_to(self.staging).as_posix()
                key = hashlib.blake2b(path.read_bytes(), digest_size=8).digest()
                self._enter(name, key)
                entered.append((name, key))
        return entered

    def keep_frame(self, entered: list[tuple[str, bytes]]) -> bool:
        """Take the frame over from the old site. False when any of it is not as it was written."""
        return all(self._keep(name, key) for name, key in entered)

    def _enter(self, name: str, key: bytes) -> None:
        status = (self.staging / name).stat()
        self.new[name] = (key, status.st_size, status.st_mtime_ns)

    def _keep(self, name: str, key: bytes) -> bool:
        """Link an unchanged file from the old site."""
        was = self.old.get(name)
        if was is None or was[0] != key:
            return False
        source, place = f"{self.target}/{name}", f"{self.staging}/{name}"
        try:
            status = os.stat(source, follow_symlinks=False)
            if (status.st_size, status.st_mtime_ns) != was[1:]:
                return False
            self._folder(place)
            _link(source, place)
        except OSError:
            return False
        self.new[name] = was
        return True

    def _stands(self, name: str) -> bool:
        """Whether a file of the old site is as it was written."""
        try:
            status = os.stat(f"{self.target}/{name}", follow_symlinks=False)
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == self.old[name][1:]

    def _folder(self, place: str) -> None:
        parent = place.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)

    def pour(self, plan: Plan, moulds: Moulds, progress: Progress = no_progress) -> SiteReport:
        """Make every generated page that is new or changed, keep the others."""
        library, store = plan.library, plan.store
        report = SiteReport()
        poured = {place: Mould(html) for place, html in moulds.items()}
        mould_keys = {place: hashlib.blake2b(html.encode(), digest_size=8).digest() for place, html in moulds.items()}
        todo: list[tuple[str, bytes, tuple[str, int], Callable[[], str]]] = []
        for recipe in plan.recipes:
            report.pages += 1
            place = (recipe.section, recipe.depth)
            key = digest(recipe.key, mould_keys[place])
            if self._keep(recipe.url, key):
                report.kept += 1
            else:
                todo.append((recipe.url, key, place, _maker(recipe, poured[place])))
        case_mould, case_key = poured["cases", 2], mould_keys["cases", 2]
        for card_id, relations, key in _case_keys(plan, self.cache / "relations", case_key):
            report.pages += 1
            card = library.cards[card_id]
            if self._keep(card.url, key):
                report.kept += 1
            else:
                todo.append((card.url, key, ("cases", 2), _case_maker(library, store, card_id, relations, case_mould)))
        for url, *_ in todo:
            self._folder(f"{self.staging}/{url}")

        def write(item: tuple[str, bytes, tuple[str, int], Callable[[], str]]) -> tuple[str, bytes, int, int]:
            url, key, _, make = item
            path = f"{self.staging}/{url}"
            with open(path, "xb") as file:
                file.write(make().encode())
            status = os.stat(path)
            return url, key, status.st_size, status.st_mtime_ns

        for done, (url, key, size, changed) in enumerate(spread(write, todo), 1):
            self.new[url] = (key, size, changed)
            if done % 64 == 0 or done == len(todo):
                progress("写网页", done, len(todo))
        report.poured = len(todo)
        self._papers(plan.papers)
        return report

    def _papers(self, papers: list[PaperFile]) -> None:
        """Write every paper that is new or changed, keep the others."""
        for paper in papers:
            if not self._keep(paper.url, paper.key):
                self._folder(f"{self.staging}/{paper.url}")
                Path(self.staging, paper.url).write_bytes(paper.make())
                self._enter(paper.url, paper.key)

    def index(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make the search index, or keep what stands of it."""
        key = search_key(plan.library, plan.store, plan.reference_key)
        old = {name: was[0] for name, was in self.old.items() if name.startswith(f"{FOLDER}/")}
        if old.get(FIRST) == key and all(self._keep(name, was) for name, was in old.items()):
            return
        progress("编检索", 0, 1)
        shutil.rmtree(self.staging / FOLDER, ignore_errors=True)
        (self.staging / FOLDER).mkdir()
        for name in old:
            self.new.pop(name, None)
        standing = {was: name for name, was in old.items() if self._stands(name)}
        for name, made, data in search_files(plan.library, plan.store, plan.reference_key, self.cache, standing.__contains__):
            if data is None:
                _link(f"{self.target}/{standing[made]}", f"{self.staging}/{name}")
            else:
                (self.staging / name).write_bytes(data)
            self._enter(name, made)
        progress("编检索", 1, 1)

    def swap(self) -> None:
        """Put the new site in the old one's place."""
        whole = hashlib.blake2b(repr(sorted((name, key) for name, (key, _, _) in self.new.items())).encode(), digest_size=8).hexdigest()
        (self.staging / "build-id.txt").write_text(whole + "\n", "utf-8")
        old = put(self.staging, self.target)
        write_atomically(self.cache / "manifest", marshal.dumps((whole, self.new), 2))
        if old:
            shutil.rmtree(old, ignore_errors=True)

    def abandon(self) -> None:
        """Drop the unfinished build."""
        shutil.rmtree(self.staging, ignore_errors=True)


def _maker(recipe: Recipe, mould: Mould) -> Callable[[], str]:
    return lambda: mould.pour(recipe.make())


def _case_maker(library: Library, store: CaseStore, card_id: str, relations: Relations, mould: Mould) -> Callable[[], str]:
    def make() -> str:
        card = library.cards[card_id]
        return mould.pour(case_page(library, card, store.own_part(card.file), relations))

    return make


def _case_keys(plan: Plan, kept: Path, mould_key: bytes) -> Iterator[tuple[str, Relations, bytes]]:
    """(case id, relations, key) of every published case. The key covers what the page says of other cases.

    Relations are kept between builds for each dispute whose cards are the same.
    """
    library, digests = plan.library, plan.library.digests
    old = _read_relations(kept)
    new: dict[str, tuple[bytes, list[tuple[str, tuple[object, ...]]]]] = {}
    base = mould_key + plan.reference_key
    marks = {
        dispute: hashlib.blake2b(plan.reference_key + library.mark(cards), digest_size=16).digest() for dispute, cards in library.by_dispute.items()
    }
    changed = [dispute for dispute, mark in marks.items() if dispute not in old or old[dispute][0] != mark]

    def relate(dispute: str) -> list[tuple[str, tuple[object, ...]]]:
        return [(card_id, tuple(relations)) for card_id, relations in relations_of(library, dispute).items()]

    found = dict(zip(changed, spread(relate, changed, chunk=1, few=2 if len(library.cards) > 2_000 else 99), strict=True))
    for dispute, mark in marks.items():
        rows = found[dispute] if dispute in found else old[dispute][1]
        new[dispute] = (mark, rows)
        for card_id, row in rows:
            relations = Relations._make(row)
            shown = [digests[key] for key in (*relations.similar, relations.previous, relations.following) if key]
            whole = b"".join([base, plan.store.digests[library.cards[card_id].file], *shown])
            yield card_id, relations, hashlib.blake2b(whole, digest_size=16).digest()
    if new != old:
        write_atomically(kept, marshal.dumps(new, 2))


def _read_relations(path: Path) -> dict[str, tuple[bytes, list[tuple[str, tuple[object, ...]]]]]:
    try:
        data = marshal.loads(path.read_bytes())
        return data if isinstance(data, dict) else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}


def _link(source: str, place: str) -> None:
    try:
        os.link(source, place)
    except OSError:
        shutil.copy2(source, place)


def _read_manifest(path: Path, target: Path) -> Manifest:
    """The manifest, if it is of the site that stands at the target."""
    try:
        whole, files = marshal.loads(path.read_bytes())
        if (target / "build-id.txt").read_text("utf-8").strip() != whole:
            return {}
        return {str(name): (entry[0], entry[1], entry[2]) for name, entry in files.items()}
    except (OSError, ValueError, EOFError, TypeError):
        return {}
