"""YAML text to plain data: every scalar a string, every mistake with its place and a sentence that mends it.

The stock YAML types are switched off (0766… is a telephone number, 12:30 a time, no a word).
Aliases, merge keys, tags and repeated keys are refused; size and depth are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import yaml

from .findings import Finding, error, warning

MAX_DEPTH = 24
MAX_NODES = 200_000

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A YAML loader that types nothing."""

    yaml_implicit_resolvers: dict[str, Any] = {}


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_PLAIN = (None, "")
"""How the two loaders call the style of a scalar without quotes."""

_QUOTE = "用英文双引号把这段文字括起来"
# What libyaml says → what a clerk needs to hear.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "这一行里多了一个“: ”（半角冒号加空格）", "正文里的冒号用全角“：”，或者把整句用英文双引号括起来"),
    ("block mapping values", "这一行里多了一个“: ”（半角冒号加空格）", "正文里的冒号用全角“：”，或者把整句用英文双引号括起来"),
    (
        "could not find expected ':'",
        "这一行少了冒号，或上一行的引号没有配对",
        "写成“名称: 内容”，冒号用半角，后面空一格；列表的每一项以“- ”开头；检查引号是否成对",
    ),
    ("did not find expected key", "这里的缩进或引号不对", "同一层的项目左边要对齐；检查引号是否成对"),
    ("did not find expected ',' or ']'", "方括号里的项目没有用逗号隔开，或者少了“]”", "写成 [甲, 乙, 丙]，逗号用半角"),
    ("did not find expected ',' or '}'", "花括号里的项目没有用逗号隔开，或者少了“}”", "写成 {甲: 1, 乙: 2}，逗号和冒号用半角"),
    ("did not find expected '-' indicator", "这个列表里有一行没有以“- ”开头，或缩进不对", "列表每一项都以“- ”开头，左边对齐"),
    ("block sequence entries are not allowed", "列表项不能写在这里", "“- ”要另起一行，并缩进两格"),
    ("unexpected end of stream", "这里的引号没有配对，一直到文件末尾", "在这段文字后面补上引号"),
    ("unexpected document", "这里的引号没有配对", "在这段文字后面补上引号"),
    ("expected a single document", "一个文件里只能有一份内容", "删去文件中间的 ---"),
    ("expected alphabetic or numeric", "文字不能以 * 或 & 开头", _QUOTE),
    ("undefined alias", "不能用 * 引用别处的内容", "把内容写全；如果只是文字，用英文双引号括起来"),
    ("duplicate anchor", "不能用 & 和 * 引用别处的内容", "把内容写全"),
    ("undefined tag handle", "文字不能以 ! 开头", _QUOTE),
    ("expected URI", "文字不能以 ! 开头", _QUOTE),
    ("while scanning a tag", "不能使用 YAML 标签（! 开头）", "如果只是文字，用英文双引号括起来"),
    ("directive", "行首不能用 %", _QUOTE),
    ("non-alphabetical", "行首不能用 %", _QUOTE),
    ("incompatible YAML", "行首不能用 %", "删去这一行"),
    ("escape", "双引号里的反斜杠写法不对", "把双引号换成单引号，或把 \\ 写成 \\\\"),
    ("comment or line break", "| 或 > 后面不能跟别的字", "| 后面直接换行，正文从下一行开始，缩进两格"),
    ("document start", "文件开头的写法不对", "检查第一行，通常是“id: …”"),
    ("expected node content", "这里应该有内容", "检查逗号、冒号后面是否漏了内容"),
)
# libyaml notices these only later; the mistake is where the thing began.
_BEGAN = ("unexpected end of stream", "unexpected document", "could not find expected ':'")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY_ONLY = re.compile(r"\s*(?:- )?[^\s:：\"'\[{]+")


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def syntax_error(name: str, at: tuple[int, int], code: str, message: str, hint: str) -> Finding:
    """A finding at a line and column."""
    return replace(error(name, code, message, hint), line=at[0], column=at[1])


def _syntax_finding(problem: yaml.YAMLError, text: str, name: str) -> Finding:
    unprintable = _UNPRINTABLE.search(text)
    if unprintable and isinstance(problem, yaml.reader.ReaderError):
        return syntax_error(name, place(text, unprintable.start()), "yaml", "这里有看不见的控制字符", "删去它，或用纯文本编辑器另存为 UTF-8")
    mark, began = getattr(problem, "problem_mark", None), getattr(problem, "context_mark", None)
    said = " ".join(str(part) for part in (getattr(problem, "problem", None), getattr(problem, "context", None)) if part)
    if mark is None or (began and (any(key in said for key in _BEGAN) or ("did not find expected ','" in said and began.line < mark.line))):
        mark = began or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    message, hint = _message(said, row, column)
    for near in (line, line - 1):
        if 0 < near <= len(rows) and re.match(r"\s*(?:- )?[\w-]+：", rows[near - 1]):
            message, hint, line = "冒号用成了全角“：”", "名称后面用半角冒号加一个空格，例如 title: 标题", near
            column = rows[near - 1].index("：") + 1
            break
    return syntax_error(name, (line, column), "yaml", message, hint)


def _message(said: str, row: str, column: int) -> tuple[str, str]:
    """What is wrong and what mends it, from what libyaml said and the row it happened in."""
    if "cannot start any token" in said:
        sign = row[column - 1 : column]
        if sign == "\t":
            return "缩进里有 Tab 键", "缩进只用空格，每一层两个"
        return f"文字不能以“{sign}”开头", _QUOTE
    if "mapping values are not allowed" in said and _KEY_ONLY.fullmatch(row[: column - 1]):
        return "这一行的缩进和上面不齐，或者上一行少了冒号", "同一层的项目左边要对齐；上一行写成“名称: 内容”"
    for key, message, hint in _SYNTAX:
        if key in said:
            return message, hint
    return "这里的写法不对", "对照样板检查这一行和上一行的缩进、冒号和引号"


class _Refused(Exception):
    """What YAML allows and we don't take, at a mark."""

    def __init__(self, event: Any, code: str, message: str, hint: str) -> None:
        self.line, self.column = event.start_mark.line + 1, event.start_mark.column + 1
        self.code, self.message, self.hint = code, message, hint


def _plain(text: str) -> Any:
    """A text's data as str, None, list and dict, built from the parser's events.

    Without a tree of nodes between, which would cost more than the parsing, and without recursion, so
    that depth is ours to bound. Raises _Refused, yaml.YAMLError.
    """
    loader = _Loader(text)
    try:
        return _build(loader.get_event)
    finally:
        loader.dispose()


def _build(get: Callable[[], Any]) -> Any:
    get()
    if type(get()) is yaml.StreamEndEvent:
        return None
    root: list[Any] = []
    stack: list[Any] = [root]
    keys: list[Any] = [None]
    here: Any = root
    count = 0
    while True:
        event = get()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            count += 1
            if event.tag is not None:
                raise _Refused(event, "yaml-tag", "不能使用 YAML 标签（! 开头）", "如果只是文字，用英文双引号括起来")
            value: Any = event.value
            if type(here) is dict and keys[-1] is None:
                if value == "<<":
                    raise _Refused(event, "yaml-alias", "不能用 << 合并内容", "把内容写全")
                if value in here:
                    raise _Refused(event, "yaml-duplicate", f"“{value}”写了两次", "留下一处，删去另一处")
                if event.anchor is None:
                    keys[-1] = value
                    continue
            elif event.implicit[0] and value in _NULLS:
                value = None
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            count += 1
            if event.tag is not None:
                raise _Refused(event, "yaml-tag", "不能使用 YAML 标签（! 开头）", "删去标签")
            if type(here) is dict and keys[-1] is None:
                raise _Refused(event, "yaml-key", "名称只能是文字", "检查这一行的括号")
            if len(stack) > MAX_DEPTH:
                raise _Refused(event, "yaml-depth", f"层次太深（超过 {MAX_DEPTH} 层）", "检查括号和缩进")
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            keys.pop()
            here = stack[-1]
            continue
        elif kind is yaml.AliasEvent:
            raise _Refused(event, "yaml-alias", "不能用 & 和 * 引用别处的内容", "把内容写全；如果只是文字，用英文双引号括起来")
        else:
            after = get()
            if type(after) is not yaml.StreamEndEvent:
                raise _Refused(after, "yaml", "一个文件里只能有一份内容", "删去文件中间的 ---")
            return root[0]
        if event.anchor is not None:
            raise _Refused(event, "yaml-alias", "不能用 & 和 * 引用别处的内容", "把内容写全；如果只是文字，用英文双引号括起来")
        if count > MAX_NODES:
            raise _Refused(event, "yaml-size", f"内容太多（超过 {MAX_NODES} 项）", "拆成几个文件")
        if type(here) is dict:
            here[keys[-1]] = value
            keys[-1] = None
        else:
            here.append(value)
        if kind is not yaml.ScalarEvent:
            stack.append(value)
            keys.append(None)
            here = value


_TRUNCATED = re.compile(r"^[^#\"'\n]*[^\s#] #(?=[^\s!#])", re.MULTILINE)


def _quoted(text: str) -> Iterator[Any]:
    """The events of scalars in quotes and blocks. Raises yaml.YAMLError."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent) and event.style not in _PLAIN:
            yield event


def _lost(text: str, name: str) -> Iterator[Finding]:
    """Words behind “ #” that YAML takes for a comment: 巷口 #3栋."""
    # Blocks (|) and quoted texts may have a # in them.
    inside = [(event.start_mark.index, event.end_mark.index) for event in _quoted(text)]
    for match in _TRUNCATED.finditer(text):
        at = match.end() - 1
        if not any(start <= at < end for start, end in inside):
            hint = "如果是正文，用英文双引号把整句括起来；如果是批注，# 后面空一格"
            line, column = place(text, at)
            yield replace(warning(name, "yaml-comment", "“ #”后面的文字会被当成批注丢掉", hint), line=line, column=column)


def _invisible(text: str) -> tuple[int, int] | None:
    """Where a character is that nobody sees: in the text, or written as an escape in double quotes."""
    hidden = INVISIBLE.search(text)
    if hidden:
        return place(text, hidden.start())
    if "\\" in text:
        for event in _quoted(text):
            if INVISIBLE.search(event.value):
                return event.start_mark.line + 1, event.start_mark.column + 1
    return None


def parse(text: str, name: str) -> tuple[Any, list[Finding]]:
    """A text's plain data and the findings on its form. Data is None when an error forbids reading it."""
    try:
        data = _plain(text)
    except _Refused as refused:
        return None, [syntax_error(name, (refused.line, refused.column), refused.code, refused.message, refused.hint)]
    except yaml.YAMLError as problem:
        return None, [_syntax_finding(problem, text, name)]
    except ValueError:
        return None, [syntax_error(name, (1, 1), "yaml", "文件里有不能识别的内容", "用纯文本编辑器检查后另存为 UTF-8")]
    hidden = _invisible(text)
    if hidden:
        hint = "删去这几个字重新输入；从网页或 Word 复制时先粘贴成纯文本"
        return None, [syntax_error(name, hidden, "invisible", "文字里有看不见的控制字符或零宽字符", hint)]
    return data, list(_lost(text, name)) if " #" in text else []


def syntax_mistake(text: str, name: str) -> Finding | None:
    """What is wrong with the syntax of a YAML text that may have tags and anchors (mkdocs.yml); None when nothing is."""
    try:
        for _ in yaml.parse(text, Loader=_Loader):
            pass
    except yaml.YAMLError as problem:
        return _syntax_finding(problem, text, name)
    return None


def nodes(text: str, name: str) -> yaml.Node | None:
    """A text's node tree with its marks; None when `parse` can't read it."""
    try:
        return yaml.compose(text, Loader=_Loader) if parse(text, name)[0] is not None else None
    except yaml.YAMLError:
        return None
