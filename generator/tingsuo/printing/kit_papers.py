"""The papers of an event kit (活动包): plan, run sheet, materials, scripts, posters, notes, what to hang on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..library import Library
from ..model.document import Document
from ..model.publicity import Poster, PublicityKit, Script
from ..pages.html import day_text
from .guide_facts import names
from .sheet import KINDS, Sheet, articles, file_name, frame, qr
from .text import blocks

_POSTERS = {"A3": [297, 420], "A2": [420, 594]}
"""Paper and its width and height in mm."""
_ONE_PAGE = 90
"""A script of at most this many seconds stands on one page, a longer one on both sides of a sheet."""


def kit_papers(library: Library) -> Iterator[Sheet]:
    """Every paper of every published kit, each kit in its own folder."""
    for kit in library.reference.publicity.values():
        if kit.published:
            yield from _papers(library, kit)


def _papers(library: Library, kit: PublicityKit) -> Iterator[Sheet]:
    base = _kit(library, kit)
    folder = f"{KINDS['kit']}/{file_name(kit.title)}"
    sources = (library.reference.files["publicity", kit.id],)

    def paper(name: str, template: str, **data: Any) -> Sheet:
        return Sheet(
            f"{folder}/{file_name(name)}.pdf", "kit", ("publicity", kit.id), f"{kit.title}：{name}", template, {**base, "name": name, **data}, sources
        )

    if kit.plan:
        yield paper("1 策划一页纸", "kit-plan.typ", points=[_point(line) for line in kit.plan], bring=_bring(library, kit))
    if kit.run_sheet:
        rows = [[item.at, item.do, item.who] for item in kit.run_sheet]
        yield paper("2 流程表", "kit-table.typ", head=["时间", "做什么", "谁"], widths=[1.15, 3.1, 1.15], rows=rows, aside="做完一项打一个勾。")
    if kit.supplies:
        rows = [[supply.item, supply.count, supply.note or ""] for supply in kit.supplies]
        yield paper("3 物资清单", "kit-table.typ", head=["物资", "数量", "说明"], widths=[1.5, 1, 3], rows=rows, aside="备好一样打一个勾。")
    yield from _scripts(kit, paper)
    for number, poster in enumerate(kit.posters, 1):
        for size, measures in _POSTERS.items():
            yield paper(f"5 海报{number} {poster.headline} {size}", "poster.typ", **_poster(library, kit, poster), size=measures)
    if kit.rain or kit.photo or kit.brief:
        yield paper("6 雨天、照片、简报", "kit-notes.typ", rain=list(kit.rain), photo=list(kit.photo), brief=list(kit.brief))
    for key in kit.documents:
        document = library.reference.documents.get(key)
        if document and document.published and is_notice(document):
            yield paper(f"7 {document.title}", "kit-notice.typ", **_notice(library, document))


def _kit(library: Library, kit: PublicityKit) -> dict[str, Any]:
    """What every paper of a kit says."""
    return {**frame(library), "title": kit.title, "label": label(kit), "lead": kit.lead, "theme": kit.theme or "", "audience": list(kit.audience)}


def label(kit: PublicityKit) -> str:
    """The short name: 反家暴日活动包：人身安全保护令 → 反家暴日."""
    return kit.title.split("：")[0].removesuffix("活动包")


def _point(line: str) -> dict[str, str]:
    """地点：圩镇广场… → {"about", "text"}; a line without a short beginning is text alone."""
    about, mark, text = line.partition("：")
    return {"about": about, "text": text} if mark and len(about) <= 8 else {"about": "", "text": line}


def _bring(library: Library, kit: PublicityKit) -> list[dict[str, str]]:
    """What else is printed for the event, and the folder that it lies in."""
    reference = library.reference
    guides = [reference.guides[key].title for key in kit.disputes if key in reference.guides and reference.guides[key].published]
    quiz = reference.quizzes.get(kit.quiz or "")
    papers = [reference.documents[key].title for key in kit.documents if key in reference.documents and reference.documents[key].published]
    rows = [("三折页、口袋卡", guides), ("答题卷", [quiz.title] if quiz and quiz.published else []), ("文书", papers)]
    return [{"about": about, "text": "、".join(titles)} for about, titles in rows if titles]


def _scripts(kit: PublicityKit, paper: Any) -> Iterator[Sheet]:
    """Each script as a paper of its own, in type large enough to read aloud from."""
    seen: dict[tuple[str, int], int] = {}
    for script in kit.scripts:
        key = (script.language, script.seconds)
        seen[key] = seen.get(key, 0) + 1
        again = f" {seen[key]}" if seen[key] > 1 else ""
        yield paper(f"4 广播稿 {script.language}{script.seconds}秒{again}", "kit-script.typ", script=_script(script))


def _script(script: Script) -> dict[str, Any]:
    return {
        "heading": script.title,
        "language": script.language,
        "seconds": script.seconds,
        "pages": 1 if script.seconds <= _ONE_PAGE else 2,
        "blocks": blocks(script.text),
    }


def _poster(library: Library, kit: PublicityKit, poster: Poster) -> dict[str, Any]:
    number, _, means = (poster.number or "").partition("：")
    return {
        "series": f"{label(kit)}　·　普法宣传",
        "dispute": label(kit),
        "headline": poster.headline,
        "rule": poster.rule,
        "number": number,
        "number_means": means,
        "outcome": kit.lead,
        "laws": articles(library.reference, poster.laws),
        "source": f"法律按{day_text(library.reference.day)}核对。",
        "qr": qr(poster_code(library, kit, poster)),
    }


def poster_code(library: Library, kit: PublicityKit, poster: Poster) -> str:
    """What a poster's code says: the kit's page when the office has an address, else the poster's own words."""
    address = library.reference.office.public_url
    if address:
        return f"{address.rstrip('/')}/publicity/{kit.id}.html"
    laws = "、".join(names(library.reference, poster.laws))
    told = [poster.headline, poster.rule, poster.number or "", f"依据：{laws}。" if laws else "", f"{library.reference.office.name}。问法律打12348。"]
    return "\n".join(part for part in told if part)


def is_notice(document: Document) -> bool:
    """Whether a document is only read: nothing to fill in, nobody signs. Such a one hangs on the wall or lies on each chair."""
    return not document.fields and not document.signed_by and not any(block.table or block.sign for block in document.body)


def _notice(library: Library, document: Document) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for block in document.body:
        if block.heading:
            parts.append({"kind": "heading", "text": block.heading})
        if block.items:
            parts.append({"kind": "items", "items": list(block.items)})
        if block.text:
            parts += blocks(block.text)
    return {
        "heading": document.heading or document.title,
        "parts": parts,
        "notes": list(document.notes),
        "laws": articles(library.reference, document.laws),
    }
