"""Build the site from prepared content: through MkDocs when the frame has changed, without it when not.

The frame is all that MkDocs makes: handwritten pages, the theme's files, the moulds. It changes rarely,
and starting MkDocs and Material takes longer than pouring a changed case, so moulds are kept between
builds under a key that covers everything they depend on.
"""

from __future__ import annotations

import hashlib
import marshal
import os
from dataclasses import dataclass
from pathlib import Path

from .case_store import Progress, no_progress, write_atomically
from .findings import ContentError, Finding
from .frame_findings import CONFIG, frame_findings, said_by_mkdocs
from .outputs.site import Plan, Publication
from .prepare import Prepared
from .yaml_text import syntax_error


class BuildFailed(Exception):
    """The frame is wrong; `findings` are for the person at the keyboard."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True)
class Built:
    """What stands at `place` now."""

    place: Path
    pages: int
    poured: int
    kept: int


def build_site(prepared: Prepared, *, fresh: bool = False, search: bool = True, progress: Progress = no_progress) -> Built:
    """Build and swap. Raises ContentError for content with errors, BuildFailed when MkDocs refuses."""
    if prepared.errors or prepared.library is None or prepared.store is None:
        raise ContentError(prepared.findings)
    root = prepared.root
    plan = Plan(prepared.library, prepared.store, prepared.reference_key)
    wrong = frame_findings(root, plan.urls)
    if wrong:
        raise BuildFailed(wrong)
    config_file = root / CONFIG
    frame_file = prepared.cache / "frame"
    key = _frame_key(plan, root, config_file)
    if not fresh:
        built = _pour_only(plan, prepared.cache, key, search, progress)
        if built:
            prepared.close()
            return built
    return _through_mkdocs(prepared, plan, config_file, frame_file, key, search, progress)


def _frame_key(plan: Plan, root: Path, config_file: Path) -> bytes:
    whole = hashlib.blake2b(plan.reference_key, digest_size=16)
    # The frame remembers where the site is; a project that was copied with its cache has its own.
    whole.update(str(root).encode())
    whole.update(config_file.read_bytes())
    whole.update(plan.library.reference.day.isoformat().encode())
    docs = root / "docs"
    for path in sorted(docs.rglob("*")) if docs.is_dir() else ():
        if path.is_file():
            whole.update(path.relative_to(docs).as_posix().encode())
            whole.update(path.read_bytes())
    whole.update("\n".join(sorted(plan.urls)).encode())
    return whole.digest()


def _pour_only(plan: Plan, cache: Path, key: bytes, search: bool, progress: Progress) -> Built | None:
    """Build with the kept frame; None when there is none that fits."""
    try:
        saved, place, names, moulds = marshal.loads((cache / "frame").read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        return None
    if saved != key:
        return None
    publication = Publication(Path(place), cache)
    publication.start()
    try:
        if not publication.keep_frame(names):
            publication.abandon()
            return None
        report = publication.pour(plan, dict(moulds), progress)
        if search:
            publication.index(plan, progress)
        publication.swap()
    except BaseException:
        publication.abandon()
        raise
    return Built(Path(place), report.pages, report.poured, report.kept)


def _through_mkdocs(prepared: Prepared, plan: Plan, config_file: Path, frame_file: Path, key: bytes, search: bool, progress: Progress) -> Built:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    from .plugin import TingsuoPlugin

    progress("排版", 0, 1)
    root, messages = prepared.root, _Messages()
    try:
        with messages:
            own = {"site_dir": str(prepared.elsewhere / "site")} if prepared.elsewhere else {}
            config = load_config(str(config_file), **own)
            plugin = next((p for p in config.plugins.values() if isinstance(p, TingsuoPlugin)), None)
            if plugin is None:
                raise BuildFailed([syntax_error(CONFIG, (1, 1), "mkdocs", "plugins 里没有 tingsuo", "在 plugins 下加一行“- tingsuo”")])
            if Path(config.site_dir).exists() and not Path(config.site_dir).is_dir():
                name = Path(config.site_dir).name
                raise BuildFailed([syntax_error(name, (1, 1), "mkdocs", "网站要写到这个文件夹，可是这里有一个同名的文件", "把文件移走或改名")])
            plugin.prepared, plugin.plan, plugin.progress, plugin.search = prepared, plan, progress, search
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
    except (Abort, BuildError, ConfigurationError) as problem:
        raise BuildFailed(said_by_mkdocs(messages.lines or [str(problem)], root)) from None
    report = plugin.report
    place = Path(config.site_dir)
    write_atomically(frame_file, marshal.dumps((key, str(place), plugin.frame, list(plugin.moulds.items())), 2))
    return Built(place, report.pages, report.poured, report.kept)


class _Messages:
    """What MkDocs warns of while it builds, for one report at the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __enter__(self) -> _Messages:
        import logging

        collected = self.lines

        class Handler(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                collected.append(record.getMessage())

        self._handler = Handler(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._handler)
        logging.getLogger("mkdocs").propagate = False
        return self

    def __exit__(self, *exc: object) -> None:
        import logging

        logging.getLogger("mkdocs").removeHandler(self._handler)
        logging.getLogger("mkdocs").propagate = True
