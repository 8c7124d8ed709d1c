"""A sheet: one file to print, and what stands on every one of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import segno

from ..library import Library, Reference
from ..model.base import Citation
from ..pages.html import day_text, linker
from .typeset import Typesetter

KINDS = {
    "handbook": "调解指引手册", "booklet": "手册拼版", "leaflet": "三折页", "checklist": "打勾清单", "card": "口袋卡",
    "case-sheet": "以案释法", "poster-a3": "海报A3", "poster-a2": "海报A2", "board": "展板", "large": "大字版",
    "long-image": "长图", "quiz": "答题卷", "kit": "活动包", "document": "文书",
}  # fmt: skip
"""What can be printed: the word on the command line, and the folder's name."""

TO_FILL = "由本地填写"


@dataclass(frozen=True)
class Sheet:
    """One file to print.

    `path` is below the print folder, with forward slashes; `about` names what it is of, as (kind of content, id);
    `template` and `data` are all that it depends on, so that an unchanged one needn't be made again;
    `ppi` > 0 makes a PNG; `sources` are the content files that it says something of.
    """

    path: str
    kind: str
    about: tuple[str, str]
    title: str
    template: str
    data: dict[str, Any] = field(repr=False)
    sources: tuple[str, ...] = ()
    ppi: float = 0
    finish: Callable[[bytes], bytes] | None = field(default=None, repr=False, compare=False)
    """What is done to the set pages at the end: imposing them for folding, for instance."""

    def make(self, typesetter: Typesetter) -> bytes:
        """The file. Raises NotPrintable."""
        made = typesetter.png(self.template, self.data, self.ppi) if self.ppi else typesetter.pdf(self.template, self.data)
        return self.finish(made) if self.finish else made


def file_name(text: str) -> str:
    """A title as a file name that Windows takes too."""
    return "".join("、" if char in '\\/:*?"<>|\n' else char for char in text).strip(". ")[:60]


def frame(library: Library) -> dict[str, Any]:
    """What every sheet says at its foot: the office, the edition, the day whose law holds, whom to ask."""
    reference = library.reference
    office = reference.office
    return {
        "office": office.name,
        "county": office.county,
        "edition": office.edition.name,
        "edition_day": day_text(office.edition.date),
        "law_day": day_text(reference.day),
        "review_due": day_text(office.edition.review_due),
        "contact": office.contact or "",
        "hotlines": [{"number": line.number, "use": line.use} for line in office.hotlines],
    }


def articles(reference: Reference, citations: Iterable[Citation], day: Any = None) -> list[dict[str, Any]]:
    """Citations for a template: {"text": 民法典第1084条, "title", "gist", "official", "old", "now": […]}; "" where there is none."""
    found = linker(reference, 0).cites(citations, day)
    return [{key: entry[key] for key in ("text", "title", "gist", "official", "old", "now")} for entry in found]


def qr(text: str) -> dict[str, str]:
    """A QR code for a template: {"svg", "says"}. UTF-8 bytes, because other encodings failed to scan; black on white."""
    made = io.BytesIO()
    segno.make(text, encoding="utf-8", mode="byte", error="m", micro=False).save(
        made, kind="svg", border=4, xmldecl=False, svgns=True, dark="#000", light="#fff"
    )
    return {"svg": made.getvalue().decode(), "says": text}
