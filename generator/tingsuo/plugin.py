"""The MkDocs plugin: gives MkDocs the generated pages to link to, takes moulds from the theme, pours and swaps.

The only module that imports MkDocs. It does the same under `mkdocs build`, `mkdocs serve`, `properdocs build`
and `tingsuo build`.
"""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler

from .frame_findings import frame_findings
from .outputs.site import Plan, Publication
from .pages.guide import villagers_only
from .pages.html import day_text, icon
from .pages.page import mark
from .prepare import Prepared, prepare

log = logging.getLogger("mkdocs.plugins.tingsuo")

_THEME = Path(__file__).parent / "theme"
_DROP = ("assets/javascripts/", "assets/images/")


class TingsuoConfig(Config):
    """Options of the plugin in mkdocs.yml."""

    root = config_options.Type(str, default=".")
    """The project folder, relative to mkdocs.yml."""


_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s#]+\.html)(?:#[^()\s]*)?\)")


def without_dead_links(markdown: str, page: str, stands: Callable[[str], bool]) -> str:
    """A handwritten page's text with the links to generated pages that don't stand turned into their words."""

    def kept(link: re.Match[str]) -> str:
        return link[0] if "://" in link[2] or stands(posixpath.normpath(posixpath.join(posixpath.dirname(page), link[2]))) else link[1]

    return _LINK.sub(kept, markdown)


class _Generated(File):
    """A page that is poured later; here only so that MkDocs can check links to it."""

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: `outputs.site` writes it."""


def sitemap(site_url: str, urls: list[str]) -> str:
    """A sitemap of every page, by the address that mkdocs.yml gives."""
    rows = "".join(f"<url><loc>{escape(site_url.rstrip('/') + '/' + url)}</loc></url>\n" for url in sorted(set(urls)))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


class TingsuoPlugin(BasePlugin[TingsuoConfig]):
    """Compiles the content beside the handwritten pages."""

    def __init__(self) -> None:
        super().__init__()
        self.prepared: Prepared | None = None
        """Handed in by the command line, which has checked the content already."""
        self.progress: Any = None
        self.search = True
        """Whether to make the search index."""
        self.moulds: dict[tuple[str, int], str] = {}
        self.report: Any = None
        self.frame: list[tuple[str, bytes]] = []
        self._serving = False
        self._publication: Publication | None = None
        self.plan: Plan | None = None
        self._nav: Navigation | None = None
        self._warnings = CountHandler()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview: a preview writes into MkDocs' own temporary folder."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load and check the content; build beside the site instead of into it."""
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        root = (base / self.config.root).resolve()
        if self.prepared is None or self._serving:
            self.prepared = prepare(root)
        for found in self.prepared.findings:
            if found.severity == "error":
                log.error("%s", found)
        if self.prepared.errors or self.prepared.library is None:
            raise PluginError(f"内容有 {len(self.prepared.errors)} 处错误，没有发布。上一版网站没有动。")
        assert self.prepared.store is not None
        if self.plan is None or self.plan.library is not self.prepared.library:
            self.plan = Plan(self.prepared.library, self.prepared.store, self.prepared.reference_key)
        wrong = frame_findings(root, self.plan.urls)
        for found in wrong:
            log.error("%s", found)
        if wrong:
            raise PluginError(f"手写页面有 {len(wrong)} 处错误，没有发布。上一版网站没有动。")
        if str(_THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(_THEME))
        # MkDocs' sitemap knows only the handwritten pages, and none is right where the address isn't known.
        config.theme.static_templates.discard("sitemap.xml")
        config.use_directory_urls = False
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        if config.strict:
            logging.getLogger("mkdocs").addHandler(self._warnings)
        self._publication = Publication(Path(config.site_dir).resolve(), self.prepared.cache)
        if self._serving:
            self._publication.staging = Path(config.site_dir)
        self._publication.start()
        config.site_dir = str(self._publication.staging)
        return config

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, and leave out what the theme ships for its own search."""
        assert self.prepared is not None
        assert self.prepared.library is not None
        for file in list(files):
            if file.src_uri.startswith(_DROP) or file.src_uri.endswith((".map", "sitemap.xml")):
                files.remove(file)
        assert self.plan is not None
        for url in self.plan.urls:
            if files.get_file_from_path(url) is None:
                page = _Generated(url, src_dir=None, dest_dir=config.site_dir, use_directory_urls=False, inclusion=InclusionLevel.NOT_IN_NAV)
                page.generated_by = "tingsuo"
                page.abs_src_path = None
                page._content = ""
                files.append(page)
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """In a narrowed build a link to what was left out is plain text. In a whole build MkDocs says that it leads nowhere."""
        assert self.prepared is not None
        assert self.prepared.library is not None
        if not self.prepared.library.reference.holds:
            return markdown
        return without_dead_links(markdown, page.file.src_uri, lambda name: files.get_file_from_path(name) is not None)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for the moulds."""
        self._nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Render one page per section and depth with placeholders."""
        from mkdocs.commands.build import get_context

        assert self.prepared is not None
        assert self.prepared.library is not None
        library = self.prepared.library
        if config.site_url:
            assert self.plan is not None
            urls = [
                *(url for url in self.plan.urls if url.endswith(".html")),
                *(file.dest_uri for file in files.documentation_pages() if file.inclusion.is_included()),
            ]
            Path(config.site_dir, "sitemap.xml").write_text(sitemap(config.site_url, urls), "utf-8")
        office = library.reference.office
        env.globals["tingsuo"] = {
            "office": office,
            "edition_day": day_text(office.edition.date),
            "law_day": day_text(library.reference.day),
            "guides": [g for g in library.reference.guides.values() if g.published],
            "holds": library.reference.holds,
            "without": ("mechanisms",) if villagers_only(library.reference) else (),
            "icon": icon,
            "mark": mark,
        }
        assert self._nav is not None
        assert self.plan is not None
        for section, depth in sorted(self.plan.places):
            uri = "/".join([*(f"d{n}" for n in range(depth)), f"{section}.md"])
            # Not appended to `files`: a mould is never a page of the site.
            file = File(uri, src_dir=None, dest_dir=config.site_dir, use_directory_urls=False, inclusion=InclusionLevel.NOT_IN_NAV)
            page = MkDocsPage(mark("title"), file, config)
            page.meta = {"mould": section, "title": mark("title"), "description": mark("description")}
            page.content = ""
            page.markdown = ""
            page.edit_url = None
            page.canonical_url = None
            context = get_context(self._nav, files, config, page)
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
            html = env.get_template("main.html").render(context)
            html = config.plugins.on_post_page(html, page=page, config=config)
            self.moulds[section, depth] = "\n".join(line for line in (raw.strip() for raw in html.split("\n")) if line)
        return env

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Pour all pages into the moulds and put the new site in place of the old one."""
        assert self.prepared is not None
        assert self.prepared.library is not None
        assert self.prepared.store is not None
        assert self._publication is not None
        assert self.plan is not None
        if config.strict and self._warnings.get_counts():
            # MkDocs is about to abort: leave the old site.
            self._publication.abandon()
            return
        self.frame = self._publication.note_frame()
        extra = {"progress": self.progress} if self.progress else {}
        self.report = self._publication.pour(self.plan, self.moulds, **extra)
        if self.search:
            self._publication.index(self.plan, **extra)
        if not self._serving:
            self._publication.swap()
            config.site_dir = str(self._publication.target)
        self.prepared.close()
        if self._serving:
            self.prepared = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old site, drop the unfinished one."""
        if self._publication and not self._serving:
            self._publication.abandon()

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        """Watch the content too."""
        assert self._publication is not None
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        root = (base / self.config.root).resolve()
        for folder in ("cases", "guides", "statutes"):
            if (root / folder).is_dir():
                server.watch(str(root / folder))
        return server
