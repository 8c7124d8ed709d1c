"""Completeness (完整): what a kind needs beyond its schema before it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Finding, error, warning
from ..library import Reference
from ..model.base import Content
from ..model.case import CaseBase, sections_of
from ..model.procedure import Procedure
from .subject import Subject

_SHORT = 20
_UNWRITTEN = re.compile(r"\n（[^（）\n]{1,60}）\n")
"""A text that is nothing but a bracketed prompt, as `tingsuo new` writes them."""


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """Sources for retold cases, sections with something in them, references inside an item."""
    item, file = subject.item, subject.file
    if isinstance(item, Content) and item.published and _UNWRITTEN.search(f"\n{subject.whole}\n"):
        for loc, text in subject.texts:
            if _UNWRITTEN.fullmatch(f"\n{text}\n"):
                yield error(file, "unwritten", f"样板里的提示“{text[:12]}”还没有换掉", "写上内容；没有就删去这一项", loc)
    if isinstance(item, CaseBase):
        yield from _case(item, file)
    elif isinstance(item, Procedure):
        known = {d.id for d in item.deadlines}
        for index, step in enumerate(item.steps):
            if step.deadline and step.deadline not in known:
                yield error(
                    file, "reference", f"本流程没有期限“{step.deadline}”", "可用的有：" + "、".join(sorted(known)), ("steps", index, "deadline")
                )


def _case(case: CaseBase, file: str) -> Iterator[Finding]:
    if case.needs_source and case.source is None:
        yield error(file, "source-missing", f"{case.kind}要写来源", "补上 source:（名称和编号、发布日期、公开链接）", ("kind",))
    if case.kind == "教学示例" and case.source is not None:
        yield error(file, "source-invented", "教学示例是虚构的，不能写来源", "删去 source，或改成真实案例的种类", ("source",), on_key=True)
    if not case.laws:
        yield error(file, "laws-missing", "没有写相关法条", "在 laws 里至少写一条，例如 民法典第1079条", ("laws",), on_key=True)
    if case.source and case.source.case_number and not case.allow_case_number:
        yield error(file, "case-number", "写了案号，但没有允许", "删去案号，或经法院审核后写 allow_case_number: true", ("source", "case_number"))
    for index, keyword in enumerate(case.keywords):
        if "，" in keyword:
            yield error(file, "keyword", f"“{keyword}”里的逗号是全角的", "方括号里的逗号用半角：[民事, 相邻关系]", ("keywords", index))
    for name, text in sections_of(case):
        if len(text) < _SHORT:
            yield warning(file, "section-short", f"“{name}”只有{len(text)}个字", "写清楚，让没看过案卷的人也看得懂", ("sections", name))
    if case.judge and case.judge.answer > len(case.judge.choices):
        yield error(file, "answer", "answer 超过了选项的个数", "改成 1 到选项个数之间的数", ("judge", "answer"))
