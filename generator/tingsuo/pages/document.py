"""Papers (文书): the list in file order, and for each paper what it is for, a form to fill it in, and the paper itself."""

from __future__ import annotations

import re
from typing import Any, get_args

from ..blanks import fields_of, groups, growing
from ..library import Library
from ..model.document import Blank, Document
from .guide import confirmation
from .html import linker, render
from .page import Page
from .paper import sheet

STAGES: tuple[str, ...] = get_args(Document.model_fields["stage"].annotation)
"""In the order in which a quarrel goes through them."""
_STAGE_NAMES = {
    "受理": "受理：来了先填这些",
    "调解": "调解：谈的时候用",
    "协议": "协议：谈成了写",
    "履行": "履行：到期以后",
    "确认": "司法确认",
    "归档": "归档：装订成卷",
    "其他": "配合法院和别的路",
}


def documents_page(library: Library) -> Page:
    """All papers, by stage and in file order within it."""
    papers = [paper for paper in library.reference.documents.values() if paper.published]
    guides = library.reference.guides
    stages = [
        (
            f"s{n}",
            _STAGE_NAMES[stage],
            [(paper, [guides[d].title for d in paper.disputes if d in guides]) for paper in papers if paper.stage == stage],
        )
        for n, stage in enumerate(STAGES, 1)
    ]
    stages = [stage for stage in stages if stage[2]]
    return Page(
        url="documents/index.html",
        section="documents",
        title="文书",
        body=render("documents.html", stages=stages, count=len(papers), file=[paper for paper in papers if paper.required == "必须"]),
        description="调解和确认用的文书：看样式，在网页上填，打印或下载Word。",
        toc=tuple((anchor, title.partition("：")[0]) for anchor, title, _ in stages),
        crumbs=(("首页", "index.html"),),
        layout="documents",
    )


def document_page(library: Library, paper: Document) -> Page:
    """One paper."""
    reference = library.reference
    guides = [guide for guide in reference.guides.values() if guide.published and paper.id in guide.documents]
    procedures = [procedure for procedure in reference.procedures.values() if procedure.published and paper.id in procedure.documents]
    body = render(
        "document.html",
        paper=paper,
        parts=form_parts(paper),
        definition=definition(paper),
        sheet=sheet(paper),
        scored=any(field.advice for field in paper.fields),
        only_for=[reference.guides[d].title for d in paper.disputes if d in reference.guides],
        laws=linker(reference, 1).law_list(paper.laws),
        guides=guides,
        procedures=procedures,
        confirmation=confirmation(reference) if paper.stage == "协议" else [],
    )
    return Page(
        url=f"documents/{paper.id}.html",
        section="documents",
        title=paper.title,
        body=body,
        description=paper.lead,
        crumbs=(("首页", "index.html"), ("文书", "documents/index.html")),
        layout="document",
    )


def form_parts(paper: Document) -> list[dict[str, Any]]:
    """The form from top to bottom: fields, groups of rows that grow, and what is left for the pen."""
    fields, grown = fields_of(paper), groups(paper)
    first = {key: keys for keys in grown for key in keys}
    titles, notes = _group_titles(paper), option_notes(paper)
    spelled = {field.capitals_of for field in paper.fields}
    parts: list[dict[str, Any]] = []
    done: set[str] = set()
    for field in paper.fields:
        if field.key in done:
            continue
        if field.paper_only or field.type == "签名":
            parts.append({"kind": "pen", "label": field.label})
        elif field.key in first:
            keys = first[field.key]
            done |= set(keys)
            asked = [_control(fields[key], {}) for key in keys if not (fields[key].paper_only or fields[key].numbered)]
            parts.append({"kind": "rows", "key": keys[0], "title": titles[keys[0]], "fields": asked})
        else:
            control = _control(field, notes.get(field.key, {}))
            control["spell"] = field.type == "金额" and field.key not in spelled
            parts.append({"kind": "field", "field": control})
    return parts


def _control(field: Blank, notes: dict[str, str]) -> dict[str, Any]:
    """A field for a template; options with what stands beside them in the paper."""
    reckoned = bool(field.sum_of or field.capitals_of or field.advised_by)
    return {
        "key": field.key,
        "label": field.label,
        "type": field.type,
        "help": "自动写出，可以改" if field.capitals_of else "；".join(filter(None, (field.help, "自动加起来，可以改" if field.sum_of else None))),
        "options": [(option, notes.get(option, "")) for option in field.options],
        "reckoned": reckoned,
        "unit": "元" if field.type == "金额" and "元" not in field.label else "",
    }


def option_notes(paper: Document) -> dict[str, dict[str, str]]:
    """What an option means, where a table says so: in the row of the field, below the column that is named like the option."""
    fields = fields_of(paper)
    out: dict[str, dict[str, str]] = {}
    for block in paper.body:
        for row in block.table.rows if block.table else ():
            assert block.table
            if growing(row, fields):
                continue
            beside = {re.sub(r"分$", "", column): text for column, text in zip(block.table.columns, row, strict=False) if "{{" not in text}
            for text in row:
                field = fields.get(text.strip().removeprefix("{{").removesuffix("}}"))
                if field and field.type == "选项":
                    out[field.key] = {option: beside[option] for option in field.options if option in beside}
    return out


def _group_titles(paper: Document) -> dict[str, str]:
    """What a growing table is called: the heading above it, else the paper's title."""
    fields = fields_of(paper)
    titles, heading = {}, paper.title
    for block in paper.body:
        heading = block.heading or heading
        for row in block.table.rows if block.table else ():
            keys = growing(row, fields)
            if keys:
                titles[keys[0]] = heading
    return titles


def definition(paper: Document) -> dict[str, Any]:
    """What the scripts need to know of a paper."""
    kept = {"key", "label", "type", "options", "sum_of", "capitals_of", "advised_by", "advice", "numbered"}
    return {
        "id": paper.id,
        "title": paper.title,
        "fields": [
            {name: value for name, value in field.model_dump(mode="json", include=kept).items() if value}
            for field in paper.fields
            if not field.paper_only and field.type != "签名"
        ],
        "groups": groups(paper),
    }
