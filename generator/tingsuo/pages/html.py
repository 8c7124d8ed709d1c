"""Text to HTML: prose, links to articles, icons, and the template environment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from html import escape as escape_always
from importlib import resources
from typing import Any

import jinja2
import markdown
from markupsafe import Markup

from ..library import Reference
from ..model.base import Citation
from ..register import Resolved

_MARKS = re.compile(r"[*_`\[\]<>|~\\#]")
_LIST_LINE = re.compile(r"\n {0,3}(?:[-+]|\d{1,2}[.)])\s")


_SPECIAL = re.compile("[&<>\"']")


def escape(text: str) -> str:
    """Text as HTML, quotes too. Nearly no text has anything to escape, and one look tells."""
    return escape_always(text) if _SPECIAL.search(text) else text


def _markdown() -> markdown.Markdown:
    """Python-Markdown without raw HTML: what looks like a tag is shown as text."""
    md = markdown.Markdown(extensions=["sane_lists", "tables"], output_format="html")
    md.preprocessors.deregister("html_block")
    for pattern in (
        "html",
        "entity",
        "autolink",
        "automail",
        "image_link",
        "image_reference",
        "reference",
        "short_reference",
        "link",
        "short_image_ref",
    ):
        if pattern in md.inlinePatterns:
            md.inlinePatterns.deregister(pattern)
    md.parser.blockprocessors.deregister("reference")
    md.parser.blockprocessors.deregister("hashheader")
    md.parser.blockprocessors.deregister("setextheader")
    return md


_MD = _markdown()
_AMPERSAND = "\x1a"


def prose(text: str) -> str:
    """Paragraphs and lists as HTML. Plain paragraphs, nearly all of them, never meet the Markdown parser."""
    if not _MARKS.search(text) and not _LIST_LINE.search(f"\n{text}"):
        paragraphs = (part.strip() for part in text.split("\n\n"))
        return "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part)
    # Raw text that looks like markup is escaped by the serializer; nothing else can carry a tag.
    # Python-Markdown leaves an entity as it stands; here & is an ampersand.
    return str(_MD.reset().convert(text.replace("&", _AMPERSAND))).replace(_AMPERSAND, "&amp;")


def anchor(article: str) -> str:
    """An article's anchor on its law page: 第276条之一 → a276-1."""
    m = re.match(r"第(\d+)条(?:之(.))?", article)
    if not m:
        return ""
    return f"a{m[1]}" + (f"-{'一二三四五六七八九十'.index(m[2]) + 1}" if m[2] else "")


class Linker:
    """Turns citations into links for pages at one depth."""

    def __init__(self, reference: Reference, depth: int) -> None:
        self.reference = reference
        self.root = "../" * depth
        self._kept: dict[tuple[str, str | None, str | None, date], list[dict[str, Any]]] = {}
        self._items: dict[int, str] = {}

    def href(self, resolved: Resolved, *, cited: bool = False) -> str:
        """Where a resolved article is, relative to the page. Every article that is `cited` has a place there."""
        if resolved.law is None:
            return ""
        page = f"{self.root}laws/{resolved.law.id}.html"
        spot = anchor(resolved.ref.label) if resolved.ref.num else ""
        return f"{page}#{spot}" if spot and (cited or self._has_place(resolved)) else page

    def _has_place(self, resolved: Resolved) -> bool:
        law = resolved.law
        assert law is not None
        newest = law.versions[-1]
        return self.reference.register.gist(law.id, resolved.ref.label, newest) is not None

    def text(self, text: str, day: date | None = None) -> str:
        """Prose with every law that it names linked."""
        html = prose(text)
        if "条" not in html and "《" not in html:
            return html
        out, at = [], 0
        for resolved in self.reference.register.mentioned(html, day or self.reference.day):
            if resolved.problem in ("unknown-law", "missing-article") or resolved.ref.start < at:
                continue
            start, end = resolved.ref.start, resolved.ref.end
            if "<" in html[start:end]:
                continue
            out += [html[at:start], f'<a class="ts-cite" href="{self.href(resolved)}">{html[start:end]}</a>']
            at = end
        return "".join([*out, html[at:]])

    def cites(self, citations: Iterable[Citation], default_day: date | None = None) -> list[dict[str, Any]]:
        """Citations for a template: text, href, title and gist of each article, with old and current forms."""
        return [entry for citation in citations for entry in self._entries(citation, citation.as_of or default_day or self.reference.day)]

    def _entries(self, citation: Citation, day: date) -> list[dict[str, Any]]:
        key = (citation.cite, citation.now, citation.note, day)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        register = self.reference.register
        current = register.cited(Citation(cite=citation.now), self.reference.day) if citation.now else []
        out = []
        for index, r in enumerate(register.cited(citation, day)):
            old = bool(r.law and (r.problem or not r.current))
            gist = register.gist(r.law.id, r.ref.label, r.version) if r.law and r.version else None
            out.append(
                {
                    "text": r.text,
                    "href": self.href(r, cited=True),
                    "title": gist.title if gist else "",
                    "gist": gist.gist if gist else "",
                    "official": register.official_text(r.law.id, r.ref.label, r.version) if r.law and r.version else "",
                    "old": old,
                    "day": day.isoformat() if old else "",
                    "note": citation.note or "",
                    "now": [self._now(n) for n in current] if index == 0 else [],
                }
            )
        self._kept[key] = out
        return out

    def law_list(self, citations: Iterable[Citation], default_day: date | None = None) -> Markup:
        """The list of articles with gists to unfold. Each item is rendered once and kept."""
        items = []
        for entry in self.cites(citations, default_day):
            kept = self._items.get(id(entry))
            if kept is None:
                kept = self._items[id(entry)] = render("law_item.html", c=entry)
            items.append(kept)
        return Markup(f'<ul class="ts-laws">{"".join(items)}</ul>')

    def _now(self, r: Resolved) -> dict[str, str]:
        gist = self.reference.register.gist(r.law.id, r.ref.label, r.version) if r.law and r.version else None
        return {"text": r.text, "href": self.href(r), "gist": gist.gist if gist else "", "title": gist.title if gist else ""}


@lru_cache(maxsize=16)
def linker(reference: Reference, depth: int) -> Linker:
    """The linker for pages at a depth; kept, because it remembers what it has rendered."""
    return Linker(reference, depth)


@cache
def icon(name: str) -> Markup:
    """A Material Design icon as inline SVG, hidden from screen readers; a plain dot when the name is unknown."""
    place = resources.files("material").joinpath("templates", ".icons", "material", f"{name}.svg")
    try:
        svg = place.read_text("utf-8")
    except OSError:
        svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="5"/></svg>'
    return Markup(svg.replace("<svg ", '<svg class="ts-icon" aria-hidden="true" focusable="false" ', 1))


def month_text(month: str) -> str:
    """2026-11 → 2026年11月."""
    return f"{month[:4]}年{int(month[5:7])}月"


def day_text(day: date) -> str:
    """2026-11-23 → 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def environment() -> jinja2.Environment:
    """The templates of generated bodies. Everything printed is escaped unless it is Markup."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("tingsuo", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    env.globals["icon"] = icon
    env.filters["month"] = month_text
    env.filters["day"] = day_text
    return env


def render(template: str, **context: Any) -> str:
    """A body template with its context."""
    return environment().get_template(template).render(**context)
