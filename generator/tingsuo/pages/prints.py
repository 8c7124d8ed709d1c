"""What was printed (打印件): links on the pages that it is of, and a page that lists it all."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup

from ..library import Library, Reference
from ..printed import PrintedFile
from .html import escape, render
from .page import Page

LABELS = {
    "handbook": "调解指引手册", "booklet": "手册（A4对折装订）", "leaflet": "三折页", "checklist": "打勾清单", "card": "口袋卡",
    "case-sheet": "以案释法一页纸", "poster-a3": "海报（A3）", "poster-a2": "海报（A2）", "board": "展板（80×120厘米）", "large": "大字版",
    "long-image": "长图（发微信用）", "quiz": "答题卷和答案", "kit": "活动用纸", "document": "文书",
}  # fmt: skip
"""How kinds of printed files are called on pages."""


def prints(reference: Reference, kind: str, key: str, root: str) -> Markup:
    """Links to what was printed of an item, as a section; nothing when nothing was. `root` leads from the page to the site's root."""
    files = reference.printed_of(kind, key)
    if not files:
        return Markup("")
    items = "".join(f'<li><a href="{root}{quote(file.url)}">{escape(_name(file, alone=_alone(file, files)))}</a></li>' for file in files)
    return Markup(f'<section class="ts-prints" aria-labelledby="prints"><h2 id="prints">印出来用</h2><ul class="ts-facets">{items}</ul></section>')


def _alone(file: PrintedFile, files: list[PrintedFile]) -> bool:
    return sum(other.kind == file.kind for other in files) == 1


def _name(file: PrintedFile, *, alone: bool) -> str:
    return LABELS[file.kind] if alone else _words(file)


def _words(file: PrintedFile) -> str:
    """A file's name without folder, ending and the id that it begins with."""
    return re.sub(r"^[a-z0-9-]+ (?=\D)", "", file.path.rpartition("/")[2].rpartition(".")[0])


def prints_page(library: Library) -> Page:
    """Everything that was printed, by kind."""
    groups = []
    for kind, label in LABELS.items():
        files = [file for file in library.reference.printed if file.kind == kind and kind != "document"]
        if files:
            groups.append((kind, label, [(quote(file.url), _words(file)) for file in files]))
    return Page(
        url="print.html",
        section="publicity",
        title="打印件",
        body=render("prints.html", groups=groups),
        description="印好的手册、折页、清单、海报、展板、题卷和长图。",
        toc=tuple((kind, label) for kind, label, _ in groups),
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html")),
    )
