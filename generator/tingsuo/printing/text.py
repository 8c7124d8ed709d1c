"""Prose to blocks that templates can set: the same reading of Markdown as on the site.

A block is {"kind": "p", "runs": […]}, {"kind": "ul" | "ol", "items": [blocks…]} or
{"kind": "table", "rows": [[runs…]…]}; a run is {"text": …, "strong": bool}, {"break": true} stands for a new line.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from ..pages.html import prose

Block = dict[str, Any]
Run = dict[str, Any]


def blocks(text: str) -> list[Block]:
    """A prose field as blocks."""
    reader = _Reader()
    reader.feed(prose(text))
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Reads the few elements that prose can become."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[list[Block]] = [self.blocks]
        self._runs: list[Run] | None = None
        self._strong = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._runs = None
            block: Block = {"kind": tag, "items": []}
            self._open[-1].append(block)
        elif tag == "li":
            item: list[Block] = []
            self._open[-1][-1]["items"].append(item)
            self._open.append(item)
        elif tag == "table":
            self._open[-1].append({"kind": "table", "rows": []})
        elif tag == "tr":
            self._open[-1][-1]["rows"].append([])
        elif tag in ("td", "th"):
            self._runs = []
            self._open[-1][-1]["rows"][-1].append(self._runs)
        elif tag in ("strong", "em"):
            self._strong += 1
        elif tag == "br" and self._runs is not None:
            self._runs.append({"break": True})
        elif tag in ("p", "blockquote", "pre"):
            self._runs = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("strong", "em"):
            self._strong -= 1
        elif tag == "li":
            self._open.pop()
            self._runs = None
        elif tag in ("p", "ul", "ol", "td", "th", "pre", "blockquote"):
            self._runs = None

    def handle_data(self, data: str) -> None:
        if self._runs is None:
            if not data.strip():
                return
            self._runs = []
            self._open[-1].append({"kind": "p", "runs": self._runs})
        self._runs.append({"text": data.replace("\n", ""), "strong": self._strong > 0})
