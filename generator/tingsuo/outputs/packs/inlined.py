"""Many pages in one document: addresses and ids that stay apart, icons and gists that stand there once, forms packed."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote

from .page_parts import PagePart

ABOUT = "one-file"
"""The page that says what a single file is and what isn't in it."""
_MISSING = f"#{ABOUT}:missing"

_DATA = re.compile(r"(<script\b[^>]*>)(.*?)</script>", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*\s[^<>]*>")
_IDS = "id|for|list|headers|aria-(?:labelledby|describedby|controls|owns|details|flowto|errormessage)"
_ATTRIBUTE = re.compile(rf' (?:({_IDS}|href|action|download|data-gist|data-title)="([^"]*)"|download(?=[\s>]))')
_DRAWN = re.compile(r'((?:fill|stroke|mask|filter|clip-path|marker-(?:start|mid|end))="url\()#([^)"]+)')
_ICON = re.compile(r'<svg class="ts-icon"[^>]*viewBox="0 0 24 24"[^>]*>(.*?)</svg>', re.DOTALL)
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_JSON = re.compile(r"<script (type=\"application/json\"[^>]*)>(.*?)</script>", re.DOTALL)
_AS_FORM = 'type="text/plain" data-form'
_ID = re.compile(r' id="([^"]+)"')
_HREF = re.compile(r' href="([^"#]*)#([^"]+)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Inliner:
    """Rewrites pages so that they can stand in one document. The same pages in the same order give the same text.

    `inside`: the names of the pages that are in the document; `elsewhere`: name of a page that is in another
    file → the anchor on the page ABOUT that says in which.
    """

    def __init__(self, inside: Mapping[str, PagePart], elsewhere: Mapping[str, str] | None = None) -> None:
        self.inside = inside
        self.elsewhere = elsewhere or {}
        self.icons: dict[str, int] = {}
        self.gists: dict[tuple[str, str], int] = {}
        self._numbers = {name: n for n, name in enumerate(inside)}
        self._ids = {name: set(_ID.findall(part.body)) for name, part in inside.items()}
        self._linked = {(part.beside(path) if path else part.name, anchor) for part in inside.values() for path, anchor in _HREF.findall(part.body)}

    def body(self, part: PagePart) -> str:
        """A page's layout: ids begin with the page's key, addresses are those of this document."""
        pieces = _DATA.split(part.body)
        for n in range(0, len(pieces), 3):
            text = _TAG.sub(lambda tag: self._tag(part, tag[0]), pieces[n])
            pieces[n] = self.with_icons(_DRAWN.sub(lambda use: f"{use[1]}#{self.identifier(part, use[2])}", text))
        # Between two texts stand a script's start and what it holds: data as JSON, written shorter.
        for n in range(1, len(pieces), 3):
            pieces[n + 1] = _shorter(pieces[n + 1]) + "</script>"
        # Without scripts a form is no use and isn't shown; nor is data that a script works from.
        whole = _FORM.sub(lambda form: packed(form[0], _AS_FORM) or form[0], "".join(pieces))
        return _JSON.sub(lambda found: packed(found[2], found[1]) or found[0], whole)

    def number(self, part: PagePart) -> int:
        """What stands for the page in ids that no link names."""
        return self._numbers[part.name]

    def identifier(self, part: PagePart, anchor: str) -> str:
        """An id of a page as it is in this document: readable where a link leads to it, else short."""
        return f"{part.key}:{anchor}" if (part.name, anchor) in self._linked else f"{self._numbers[part.name]}:{anchor}"

    def with_icons(self, html: str) -> str:
        """Icons drawn once and used by number."""

        def use(icon: re.Match[str]) -> str:
            number = self.icons.setdefault(icon[1], len(self.icons))
            return f'<svg class="ts-icon" aria-hidden="true" viewBox="0 0 24 24"><use href="#icon:{number}"/></svg>'

        return _ICON.sub(use, html)

    def drawings(self) -> str:
        """The icons that were used so far."""
        drawn = "".join(f'<g id="icon:{number}">{icon}</g>' for icon, number in self.icons.items())
        return f'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" style="position:absolute" aria-hidden="true"><defs>{drawn}</defs></svg>'

    def gist_table(self) -> str:
        """[gist, title] of the gists that were used so far, by number, as JSON."""
        return json.dumps([[unescape(gist), unescape(title)] for gist, title in self.gists], ensure_ascii=False, separators=(",", ":"))

    def _tag(self, part: PagePart, tag: str) -> str:
        gist = title = ""

        def rewritten(found: re.Match[str]) -> str:
            nonlocal gist, title
            name, value = found[1] or "download", found[2] or ""
            if name == "data-gist":
                gist = value
                return ""
            if name == "data-title":
                title = value
                return ""
            if name == "download":
                return ""
            if name in ("href", "action"):
                href, rest = self.address(part, value)
                return f' {name}="{href}"' + (f' data-rest="{rest}"' if rest else "")
            return f' {name}="{" ".join(self.identifier(part, one) for one in value.split())}"'

        out = _ATTRIBUTE.sub(rewritten, tag)
        if gist:
            return f'{out[:-1]} data-g="{self.gists.setdefault((gist, title), len(self.gists))}">'
        return out[:-1] + f' data-title="{title}">' if title else out

    def address(self, part: PagePart, href: str) -> tuple[str, str]:
        """Where a link of a page leads in this document, and what of its anchor only a script understands. Takes and gives attribute text."""
        if _SCHEME.match(href) or href == "":
            return href, ""
        path, _, anchor = href.partition("#")
        target = part.beside(unquote(unescape(path.partition("?")[0]))) if path else part.name
        if target not in self.inside:
            return (f"#{ABOUT}:{self.elsewhere[target]}" if target in self.elsewhere else _MISSING), ""
        page = f"#{escape(target.removesuffix('.html'))}"
        if anchor and unquote(unescape(anchor)) in self._ids[target]:
            return f"{page}:{anchor}", ""
        return page, anchor


def _shorter(data: str) -> str:
    """JSON with its characters instead of their numbers; anything else as it is."""
    try:
        loaded = json.loads(data)
    except ValueError:
        return data
    return json.dumps(loaded, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def packed(text: str, attributes: str) -> str:
    """A script element that holds a text as raw deflate in base64, for scripts to take out; empty when that isn't shorter."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = base64.b64encode(deflate.compress(text.encode()) + deflate.flush()).decode()
    return f"<script {attributes} data-packed>{squeezed}</script>" if len(squeezed) < len(text.encode()) else ""
