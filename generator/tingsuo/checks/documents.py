"""Papers (文书): every blank has its field and every field its place, rows that grow are whole, and what is reckoned can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..blanks import MARK, growing, keys_in, texts_of
from ..findings import Finding, Loc, error
from ..library import Reference
from ..model.document import Blank, Document
from .subject import Subject

_NUMBERS = ("金额", "数字", "选项")


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """What is wrong with one paper."""
    if isinstance(subject.item, Document):
        yield from _fields(subject.item, subject.file)
        yield from _body(subject.item, subject.file)


def _fields(paper: Document, file: str) -> Iterator[Finding]:
    """Fields by themselves: use, options, and what is reckoned from what."""
    fields = {field.key: field for field in paper.fields}
    used = {key for block in paper.body for _, text in texts_of(block) for key in keys_in(text)}
    for n, field in enumerate(paper.fields):
        at: Loc = ("fields", n)
        if (field.type == "选项") != bool(field.options):
            yield error(file, "blank-options", f"“{field.label}”的种类和选项对不上", "种类是 选项 的写 options，别的不写", (*at, "type"))
        if field.key not in used:
            yield error(file, "blank-unused", f"正文没有用到字段“{field.key}”", f"在正文写上 {{{{{field.key}}}}}，或删去这个字段", (*at, "key"))
        if field.numbered and not field.repeat:
            yield error(file, "blank-repeat", f"“{field.label}”不是可多行的，不能自动填行号", "加上 repeat: true，或删去 numbered", (*at, "numbered"))
        yield from _reckoned(field, fields, file, at)


def _reckoned(field: Blank, fields: Mapping[str, Blank], file: str, at: Loc) -> Iterator[Finding]:
    """Sums add numbers, capitals spell an amount, advice names options and a number."""
    named: list[tuple[Loc, str, tuple[str, ...]]] = [(("sum_of", n), key, _NUMBERS) for n, key in enumerate(field.sum_of)]
    if field.capitals_of:
        named.append((("capitals_of",), field.capitals_of, ("金额",)))
    if field.advised_by:
        named.append((("advised_by",), field.advised_by, ("金额", "数字")))
    for loc, key, types in named:
        other = fields.get(key)
        if other is None or other.type not in types or other.key == field.key:
            message = f"没有字段“{key}”" if other is None else f"“{other.label}”不是{'或'.join(types)}"
            yield error(file, "blank-reckoned", message, "写一个种类对的字段的编号", (*at, *loc))
    if bool(field.advised_by) != bool(field.advice):
        yield error(file, "blank-reckoned", f"“{field.label}”的 advised_by 和 advice 要一起写", "缺哪个补哪个", (*at, "key"))
    for n, step in enumerate(field.advice):
        if step.option not in field.options:
            yield error(file, "blank-reckoned", f"“{field.label}”没有选项“{step.option}”", "照 options 里的字写", (*at, "advice", n, "option"))
        if n and step.at_least <= field.advice[n - 1].at_least:
            yield error(file, "blank-reckoned", "advice 要从小到大写", "按 at_least 从小到大排", (*at, "advice", n, "at_least"))


def _body(paper: Document, file: str) -> Iterator[Finding]:
    """Blocks have one part each, marks have fields, tables fit together."""
    fields = {field.key: field for field in paper.fields}
    grown: set[str] = set()
    for n, block in enumerate(paper.body):
        at: Loc = ("body", n)
        if sum(value is not None for _, value in block) != 1:
            yield error(file, "block-parts", "正文的一块只能写一样", "heading、text、items、table、sign 分开写，一样一块", at)
        for loc, text in texts_of(block):
            for key in keys_in(text):
                if key not in fields:
                    hint = "在 fields 里加这个字段，或核对编号；已有：" + "、".join(list(fields)[:24])
                    yield error(file, "blank-unknown", f"没有字段“{key}”", hint, (*at, *loc), text.index(f"{{{{{key}}}}}"))
                elif fields[key].repeat and loc[:2] != ("table", "rows"):
                    yield error(
                        file, "blank-repeat", f"可多行的字段“{key}”只能放在表格的行里", "移进表格，或去掉 repeat", (*at, *loc), text.index(key)
                    )
            rest = MARK.sub("", text)
            if "{{" in rest or "}}" in rest:
                yield error(file, "blank-broken", "空格的记号写得不对", "写成 {{字段编号}}，花括号各两个，中间不留空格", (*at, *loc))
        for m, row in enumerate(block.table.rows if block.table else ()):
            assert block.table
            here: Loc = (*at, "table", "rows", m)
            if len(row) != len(block.table.columns):
                message = f"这一行有 {len(row)} 格，表头有 {len(block.table.columns)} 格"
                yield error(file, "table-columns", message, '补上空的格子 ""，或删去多的', here)
            keys = [key for text in row for key in keys_in(text) if key in fields]
            if any(fields[key].repeat for key in keys) and not growing(row, fields):
                yield error(file, "blank-repeat", "一行里有的字段可多行、有的不可", "整行的字段都写 repeat: true，或都不写", here)
            for key in growing(row, fields):
                if key in grown:
                    yield error(file, "blank-repeat", f"可多行的字段“{key}”用了两次", "每个可多行的字段只放在一行里", here)
                grown.add(key)
