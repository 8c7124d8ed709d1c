"""Templates and data to PDF or PNG, with Typst and one Chinese font that travels with the program.

Data reaches a template as JSON, so nothing that an author writes can be taken for markup.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "templates"
FAMILY = "Noto Sans CJK SC"
STANDARD = "ua-1"
"""Every PDF is tagged for screen readers (PDF/UA-1)."""

_INVISIBLE = frozenset("\n\t\u200b\u2060")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"|\[([^\[\]#]*)\]')


class NotPrintable(Exception):
    """A sheet can't be made as it is: text that doesn't fit, or a character that the font lacks. Says it in plain Chinese."""


@cache
def font_folder() -> Path:
    """Where the font lies."""
    import manimgx_fonts_cjk

    return Path(manimgx_fonts_cjk.__file__).parent


@cache
def characters() -> frozenset[str]:
    """Every character that the font can print."""
    from fontTools.ttLib import TTCollection

    (file,) = sorted(font_folder().glob("*.ttc"))
    with TTCollection(file, lazy=True) as collection:
        face = next(font for font in collection.fonts if font["name"].getBestFamilyName() == FAMILY)
        return frozenset(map(chr, face.getBestCmap()))


def unprintable(text: str) -> list[str]:
    """The characters of a text for which the font has no shape, each once, in order."""
    return [char for char in dict.fromkeys(text) if char not in characters() and char not in _INVISIBLE]


def texts_in(data: Any) -> list[str]:
    """Every string in plain data, keys left out."""
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [text for value in data.values() for text in texts_in(value)]
    if isinstance(data, (list, tuple)):
        return [text for value in data for text in texts_in(value)]
    return []


_setting: set[int] = set()


def is_setting() -> bool:
    """Whether this process has set a sheet: then it has Typst's threads, and a worker forked from it would wait for them for ever."""
    return os.getpid() in _setting


class Typesetter:
    """Makes sheets one after the other; the font is read once."""

    def __init__(self, stamp: int) -> None:
        """`stamp`: the time that stands in the files, seconds since 1970."""
        self.stamp = stamp
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
        self._compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)

    def pdf(self, template: str, data: dict[str, Any]) -> bytes:
        """A sheet as PDF/UA-1. Raises NotPrintable."""
        made = self._make(template, data, format="pdf", pdf_standards=[STANDARD])
        assert isinstance(made, bytes)
        return made

    def plain_pdf(self, template: str, data: dict[str, Any]) -> bytes:
        """A sheet without tags and links: pages to be drawn onto others. Raises NotPrintable."""
        made = self._make(template, data, format="pdf", pdf_tags=False)
        assert isinstance(made, bytes)
        return made

    def png(self, template: str, data: dict[str, Any], ppi: float) -> bytes:
        """The one page of a sheet as PNG. Raises NotPrintable."""
        made = self._make(template, data, format="png", ppi=ppi)
        if not isinstance(made, bytes):
            raise NotPrintable(f"{template} 应当只有一页")
        return made

    def _make(self, template: str, data: dict[str, Any], **options: Any) -> bytes | list[bytes] | None:
        _setting.add(os.getpid())
        missing = unprintable("".join(texts_in(data)))
        if missing:
            raise NotPrintable("字库里没有这些字，印不出来：" + "".join(missing))
        # The day stands in the data, for the document's own date.
        whole = {**data, "stamp": datetime.fromtimestamp(self.stamp, UTC).date().isoformat()}
        try:
            made, warnings = self._compiler.compile_with_warnings(
                input=TEMPLATES / template,
                sys_inputs={"data": json.dumps(whole, ensure_ascii=False)},
                timestamp=self.stamp,
                **options,
            )
        except typst.TypstError as problem:
            raise NotPrintable(_said(problem)) from None
        if warnings:
            raise NotPrintable(f"{template}：{warnings[0].message}")
        return made


def _said(problem: typst.TypstError) -> str:
    """Typst's message: our own panics speak Chinese, in quotes; others are defects of a template."""
    own = re.search(r'panicked with: "(.*)"', problem.message)
    return own[1] if own else problem.message
