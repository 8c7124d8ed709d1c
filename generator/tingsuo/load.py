"""YAML files to models: every value a string, every mistake with its place.

The stock YAML types are switched off (0766… is a telephone number, 12:30 a time, no a word).
Aliases, merge keys, tags and repeated keys are refused; size and depth are bounded.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from .findings import Finding, Loc, error, warning
from .model import Kind

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 24
MAX_NODES = 200_000

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """A YAML loader that types nothing."""

    yaml_implicit_resolvers: dict[str, Any] = {}


_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# What libyaml says → what a clerk needs to hear.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "这一行里多了一个“: ”（半角冒号加空格）", "正文里的冒号用全角“：”，或者把整句用英文双引号括起来"),
    ("block mapping values", "这一行里多了一个“: ”（半角冒号加空格）", "正文里的冒号用全角“：”，或者把整句用英文双引号括起来"),
    ("cannot start any token", "这里不能以这个符号开头（可能是 Tab 键、@、% 或反引号）", "缩进用空格，不用 Tab；以 @、%、` 开头的文字要用英文双引号括起来"),
    ("tab", "缩进里有 Tab 键", "缩进只用空格，每一层两个"),
    ("could not find expected ':'", "这一行少了冒号，或上一行的引号没有配对", "写成“名称: 内容”，冒号用半角，后面空一格；检查引号是否成对"),
    ("did not find expected key", "这里的缩进或引号不对", "同一层的项目左边要对齐；检查引号是否成对"),
    ("did not find expected ',' or ']'", "方括号里的项目没有用逗号隔开，或者少了“]”", "写成 [甲, 乙, 丙]，逗号用半角"),
    ("did not find expected ',' or '}'", "花括号里的项目没有用逗号隔开，或者少了“}”", "写成 {甲: 1, 乙: 2}，逗号和冒号用半角"),
    ("did not find expected '-' indicator", "这个列表里有一行没有以“- ”开头，或缩进不对", "列表每一项都以“- ”开头，左边对齐"),
    ("block sequence entries are not allowed", "列表项不能写在这里", "“- ”要另起一行，并缩进两格"),
    ("unexpected end of stream", "引号没有配对，一直到文件末尾", "在这段文字后面补上引号"),
    ("unexpected document separator", "引号没有配对", "在这段文字后面补上引号"),
    ("expected a single document", "一个文件里只能有一份内容", "删去文件中间的 ---"),
    ("expected alphabetic or numeric", "文字不能以 * 或 & 开头", "用英文双引号把这段文字括起来"),
    ("undefined alias", "不能用 * 引用别处的内容", "把内容写全；如果只是文字，用英文双引号括起来"),
    ("duplicate anchor", "不能用 & 和 * 引用别处的内容", "把内容写全"),
    ("undefined tag handle", "文字不能以 ! 开头", "用英文双引号把这段文字括起来"),
    ("expected URI", "文字不能以 ! 开头", "用英文双引号把这段文字括起来"),
    ("tag", "不能使用 YAML 标签（! 开头）", "如果只是文字，用英文双引号括起来"),
    ("directive", "行首不能用 %", "用英文双引号把这段文字括起来"),
    ("non-alphabetical", "行首不能用 %", "用英文双引号把这段文字括起来"),
    ("unknown escape character", "双引号里的反斜杠写法不对", "把双引号换成单引号，或把 \\ 写成 \\\\"),
    ("chomping or indentation", "| 或 > 后面不能跟别的字", "| 后面直接换行，正文从下一行开始，缩进两格"),
    ("expected a comment or a line break", "| 或 > 后面不能跟别的字", "| 后面直接换行，正文从下一行开始，缩进两格"),
    ("control characters", "文件里有控制字符", "删去看不见的字符，用纯文本编辑器另存为 UTF-8"),
    ("special characters", "文件里有控制字符", "删去看不见的字符，用纯文本编辑器另存为 UTF-8"),
    ("document start", "文件开头的写法不对", "检查第一行，通常是“id: …”"),
    ("expected node content", "这里应该有内容", "检查逗号、冒号后面是否漏了内容"),
)


@dataclass(frozen=True)
class Source:
    """A content file: where it is and what is in it."""

    path: Path
    name: str
    """Relative to the project, with forward slashes."""


def read_text(path: Path, name: str) -> str | Finding:
    """The file's text, or the finding that says why it can't be read."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return error(name, "file-too-large", f"文件有 {size // 1024 // 1024 or 1} MB，超过 2 MB 的上限", "一个文件只写一件事；图片和扫描件不要放进 YAML")
        raw = path.read_bytes()
    except OSError as problem:
        return error(name, "file-unreadable", f"文件打不开（{problem.strerror or '系统拒绝'}）", "检查文件是否存在、是否被别的程序占用")
    return decode(raw, name)


def decode(raw: bytes, name: str) -> str | Finding:
    """Bytes as UTF-8 text without a byte-order mark, or a finding."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        column = problem.start - raw.rfind(b"\n", 0, problem.start)
        found = error(name, "not-utf8", "文件不是 UTF-8 编码（可能是 GBK 或 Word 文件）", "在编辑器里“另存为”，编码选 UTF-8")
        return replace(found, line=line, column=column)
    if "\x00" in text:
        return error(name, "not-utf8", "文件里有空字符，不是文本文件", "在编辑器里“另存为”纯文本，编码选 UTF-8")
    return text


def _syntax_finding(problem: yaml.YAMLError, text: str, name: str) -> Finding:
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    said = " ".join(str(part) for part in (getattr(problem, "problem", None), getattr(problem, "context", None), getattr(problem, "reason", None)) if part)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for key, message, hint in _SYNTAX:
        if key in said:
            break
    else:
        message, hint = "这里的写法不对", "对照样板检查这一行和上一行的缩进、冒号和引号"
    rows = text.split("\n")
    for row in (line, line - 1):
        if 0 < row <= len(rows) and re.match(r"\s*(?:- )?[\w-]+：", rows[row - 1]):
            message, hint, line = "冒号用成了全角“：”", "名称后面用半角冒号加一个空格，例如 title: 标题", row
            column = rows[row - 1].index("：") + 1
            break
    return replace(error(name, "yaml", message, hint), line=line, column=column)


def _too_deep(text: str) -> tuple[int, int] | None:
    """Where nesting passes MAX_DEPTH. libyaml composes recursively, so this is asked before."""
    if text.count("[") + text.count("{") < MAX_DEPTH and "- - - " not in text and "? ? " not in text and " " * (MAX_DEPTH) not in text:
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return event.start_mark.line + 1, event.start_mark.column + 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return None
    return None


def compose(text: str, name: str) -> yaml.Node | Finding:
    """The YAML node tree of a text, or the finding that says what is wrong with its syntax."""
    deep = _too_deep(text)
    if deep:
        return replace(error(name, "yaml-depth", f"层次太深（超过 {MAX_DEPTH} 层）", "检查括号和缩进"), line=deep[0], column=deep[1])
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as problem:
        return _syntax_finding(problem, text, name)
    except (ValueError, RecursionError):
        return error(name, "yaml", "文件里有不能识别的内容", "用纯文本编辑器检查后另存为 UTF-8")
    if node is None:
        return replace(error(name, "empty", "文件是空的", "用 tingsuo new 生成样板"), line=1, column=1)
    return node


class _Refused(Exception):
    def __init__(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self.node, self.code, self.message, self.hint = node, code, message, hint


def _plain(root: yaml.Node) -> Any:
    """Node tree to str, None, list and dict. Raises _Refused for what we don't take."""
    seen: set[int] = set()

    def convert(node: yaml.Node) -> Any:
        if id(node) in seen:
            raise _Refused(node, "yaml-alias", "不能用 & 和 * 引用别处的内容", "把内容写全")
        seen.add(id(node))
        if len(seen) > MAX_NODES:
            raise _Refused(node, "yaml-size", f"内容太多（超过 {MAX_NODES} 项）", "拆成几个文件")
        if isinstance(node, yaml.ScalarNode):
            if node.tag != _STR:
                raise _Refused(node, "yaml-tag", "不能使用 YAML 标签（! 开头）", "如果只是文字，用英文双引号括起来")
            if node.style is None and node.value in _NULLS:
                return None
            return node.value
        if isinstance(node, yaml.SequenceNode):
            if node.tag != _SEQ:
                raise _Refused(node, "yaml-tag", "不能使用 YAML 标签（! 开头）", "删去标签")
            return [convert(child) for child in node.value]
        if node.tag != _MAP:
            raise _Refused(node, "yaml-tag", "不能使用 YAML 标签（! 开头）", "删去标签")
        out: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Refused(key, "yaml-key", "名称只能是文字", "检查这一行的括号")
            if key.value == "<<":
                raise _Refused(key, "yaml-alias", "不能用 << 合并内容", "把内容写全")
            if key.value in out:
                raise _Refused(key, "yaml-duplicate", f"“{key.value}”写了两次", "留下一处，删去另一处")
            out[key.value] = convert(value)
        return out

    return convert(root)


_TRUNCATED = re.compile(r"^[^#\"'|>\n]*[^\s#] #(?=[^\s!#])", re.MULTILINE)


def parse(text: str, name: str) -> tuple[Any, list[Finding]]:
    """A text's plain data and the findings on its form. Data is None when an error forbids reading it."""
    node = compose(text, name)
    if isinstance(node, Finding):
        return None, [node]
    try:
        data = _plain(node)
    except _Refused as refused:
        mark = refused.node.start_mark
        return None, [replace(error(name, refused.code, refused.message, refused.hint), line=mark.line + 1, column=mark.column + 1)]
    found = []
    if " #" in text and "|" not in text:
        for match in _TRUNCATED.finditer(text):
            line = text.count("\n", 0, match.end()) + 1
            column = match.end() - text.rfind("\n", 0, match.end())
            found.append(replace(warning(name, "yaml-comment", "“ #”后面的文字会被当成批注丢掉", "如果是正文，用英文双引号把整句括起来；如果是批注，# 后面空一格"), line=line, column=column))
    return data, found


def validate(data: Any, kind: Kind, name: str) -> tuple[Any, list[Finding]]:
    """Plain data as the kind's model, or None and what is wrong with each value."""
    try:
        return kind.adapter.validate_python(data), []
    except ValidationError as problem:
        return None, [_schema_finding(item, kind, name) for item in problem.errors(include_url=False)]


def load(path: Path, name: str, kind: Kind) -> tuple[Any, list[Finding]]:
    """A file as its model. Returns (model or None, findings); never raises for bad content."""
    text = read_text(path, name)
    if isinstance(text, Finding):
        return None, [text]
    return load_text(text, name, kind)


def load_text(text: str, name: str, kind: Kind) -> tuple[Any, list[Finding]]:
    """Like `load`, for a text that was read already."""
    data, found = parse(text, name)
    if data is None:
        return None, found or [replace(error(name, "empty", "文件是空的", "用 tingsuo new 生成样板"), line=1, column=1)]
    if not isinstance(data, dict):
        return None, [*found, replace(error(name, "yaml", "文件应当是一行行的“名称: 内容”", "名称后面用半角冒号加一个空格，例如 title: 标题"), line=1, column=1)]
    model, wrong = validate(data, kind, name)
    return model, [*found, *wrong]


# ---- schema errors in plain Chinese -------------------------------------------------


def _schema_at(kind: Kind, loc: Loc) -> dict[str, Any]:
    """The JSON Schema node that governs a place, {} when there is none."""
    root = kind.adapter.json_schema(by_alias=True)
    defs = root.get("$defs", {})

    def resolve(node: dict[str, Any]) -> list[dict[str, Any]]:
        if "$ref" in node:
            return resolve(defs[node["$ref"].rsplit("/", 1)[-1]])
        for union in ("anyOf", "oneOf"):
            if union in node:
                return [leaf for branch in node[union] for leaf in resolve(branch)]
        return [node]

    nodes = resolve(root)
    for key in loc:
        step: list[dict[str, Any]] = []
        for node in nodes:
            if isinstance(key, int) and "items" in node:
                step += resolve(node["items"])
            elif isinstance(key, str) and key in node.get("properties", {}):
                step += resolve(node["properties"][key])
            elif isinstance(key, str) and isinstance(node.get("additionalProperties"), dict):
                step += resolve(node["additionalProperties"])
        nodes = step
    merged: dict[str, Any] = {"properties": {}}
    for node in nodes:
        merged["properties"].update(node.get("properties", {}))
    return merged


def _own_loc(loc: tuple[Any, ...]) -> Loc:
    """pydantic's location without the tags of discriminated unions and function wrappers."""
    from .model.case import KINDS as CASE_KINDS

    if loc and loc[0] in CASE_KINDS:
        loc = loc[1:]
    return tuple(part for part in loc if part != "[key]")


def _schema_finding(item: Any, kind: Kind, name: str) -> Finding:
    sort, ctx, given = item["type"], item.get("ctx") or {}, item.get("input")
    loc = _own_loc(item["loc"])
    last = str(loc[-1]) if loc else ""
    shown = f"“{given}”" if isinstance(given, str) and len(given) <= 30 else "这里的内容"
    at_parent = False
    if sort == "missing":
        node = _schema_at(kind, loc[:-1])["properties"].get(last, {})
        label = node.get("description") or node.get("title") or ""
        message = f"缺少“{last}”" + (f"（{label}）" if label and label != last else "")
        hint, at_parent = f"在这一层补上“{last}: …”", True
    elif sort == "extra_forbidden":
        known = list(_schema_at(kind, loc[:-1])["properties"])
        close = difflib.get_close_matches(last, known, n=1, cutoff=0.6)
        message = f"不认识“{last}”"
        hint = f"是不是“{close[0]}”？" if close else "这里可以写：" + "、".join(known[:20])
        return error(name, "schema-unknown", message, hint, loc, on_key=True)
    elif sort in ("literal_error", "union_tag_invalid"):
        expected = ctx.get("expected") or ctx.get("expected_tags") or ""
        options = [part.strip(" '\"") for part in re.split(r",| or ", str(expected))]
        message = f"{shown}不在可选范围内"
        hint = "只能写：" + "、".join(option for option in options if option)
        if sort == "union_tag_invalid":
            loc = (*loc, "kind")
    elif sort == "union_tag_not_found":
        from .model.case import KINDS as CASE_KINDS

        message, hint = "缺少“kind”（案例种类）", "写上 kind: " + "、".join(CASE_KINDS) + " 中的一种"
    elif sort in ("string_type", "string_sub_type"):
        message = "这里是空的，应当有文字" if given is None else "这里应当是一段文字"
        hint = "补上内容，或删去这一行" if given is None else "检查缩进和开头的“- ”；含有冒号的句子用英文双引号括起来"
    elif sort in ("list_type", "tuple_type"):
        message, hint = "这里应当是列表", "写成 [甲, 乙]，或每项另起一行，以“- ”开头"
    elif sort in ("dict_type", "model_type", "model_attributes_type"):
        message, hint = "这里应当是一组“名称: 内容”", "检查缩进；每一项写成“名称: 内容”"
    elif sort == "too_short":
        message, hint = f"至少要有 {ctx.get('min_length')} 项", "补上内容"
    elif sort == "too_long":
        message, hint = f"最多 {ctx.get('max_length')} 项，现在有 {ctx.get('actual_length')} 项", "删去次要的"
    elif sort == "string_too_short":
        message, hint = "这里是空的，应当有文字", "补上内容，或删去这一行"
    elif sort == "string_too_long":
        message, hint = f"太长了：最多 {ctx.get('max_length')} 个字，现在有 {len(str(given))} 个", "写短一些"
    elif sort == "string_pattern_mismatch":
        if isinstance(given, str) and "\n" in given:
            message, hint = "这里只能写一行", "写成一行，或分成几项"
        else:
            message, hint = f"{shown}的格式不对", _PATTERN_HINTS.get(str(ctx.get("pattern")), "对照样板检查写法")
    elif sort in ("int_parsing", "int_type", "int_from_float"):
        message, hint = f"{shown}不是整数", "写整数，例如 3"
    elif sort in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        bound = ctx.get("ge", ctx.get("le", ctx.get("gt", ctx.get("lt"))))
        side = "不能小于" if sort.startswith("greater") else "不能大于"
        message, hint = f"{shown}超出范围，{side} {bound}", "核对数字"
    else:
        # Our own types already speak Chinese; anything else gets a plain sentence.
        said = str(item.get("msg", ""))
        own = bool(re.search(r"[\u4e00-\u9fff]", said))
        message, hint = (f"{shown}不对：{said}" if own else f"{shown}的写法不对"), ("" if own else "对照样板检查写法")
    return error(name, "schema" if sort != "missing" else "schema-missing", message, hint, loc[:-1] if at_parent else loc)


_PATTERN_HINTS = {
    r"^第\d{1,4}条(之(一|二|三|四|五|六|七|八|九|十))?$": "条号写成 第1084条 或 第276条之一",
    r"^https?://[^\s<>\"']+$": "网址以 http:// 或 https:// 开头，不含空格",
    r"^\d{3,5}$": "只写公开服务号码，例如 110、12348",
    r"^[a-z0-9-]+$": "只能用小写英文字母、数字和连字符",
    r"^\d{4}-\d{2}-[1-5]-\d{3}-\d{3}$": "入库编号写成 2023-16-2-121-007",
    r"^[^\n]*$": "写成一行",
}


# ---- places -------------------------------------------------------------------------


def locate(findings: list[Finding], root: Path) -> list[Finding]:
    """The findings with line and column filled in, sorted. Each file is composed once more."""
    nodes: dict[str, yaml.Node | None] = {}
    out = []
    for found in findings:
        if found.line == 0 and (found.loc or found.file.endswith(".yaml")):
            if found.file not in nodes:
                text = read_text(root / found.file, found.file)
                node = compose(text, found.file) if isinstance(text, str) else None
                nodes[found.file] = node if isinstance(node, yaml.Node) else None
            root_node = nodes[found.file]
            if root_node is not None:
                line, column = _position(root_node, found)
                found = replace(found, line=line, column=column)
        out.append(found)
    return sorted(out)


def _position(node: yaml.Node, found: Finding) -> tuple[int, int]:
    mark = node.start_mark
    for depth, key in enumerate(found.loc):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            mark = pair[0].start_mark
            node = pair[1]
            if depth == len(found.loc) - 1 and found.on_key:
                return mark.line + 1, mark.column + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            break
        if not (isinstance(node, yaml.ScalarNode) and node.value == ""):
            mark = node.start_mark
    line, column = mark.line + 1, mark.column + 1
    if found.offset and isinstance(node, yaml.ScalarNode):
        before = node.value[: found.offset]
        if node.style in ("|", ">"):
            # A literal block starts on the line after its indicator.
            return line + 1 + before.count("\n"), len(before) - before.rfind("\n") + _indent(node)
        if "\n" not in before:
            return line, column + found.offset + (1 if node.style in ("'", '"') else 0)
    return line, column


def _indent(node: yaml.ScalarNode) -> int:
    # The block's indentation isn't in the node: its end mark stands before the next key, two less.
    return max(node.end_mark.column, 0) + 2 if node.end_mark.column is not None else 0


def files_of(kind: Kind, root: Path) -> Iterator[Source]:
    """The kind's files below the project folder, sorted by path. Links out of the folder are not followed."""
    if kind.single:
        path = root / kind.pattern
        if path.is_file():
            yield Source(path, kind.pattern)
        return
    folder = root / kind.pattern.split("/*", 1)[0]
    if not folder.is_dir():
        return
    deep = kind.pattern.count("*") == 2
    for place in sorted(folder.iterdir()) if deep else [folder]:
        if not place.is_dir() or place.is_symlink() and deep:
            continue
        for path in sorted(place.iterdir()):
            if path.suffix == ".yaml" and path.is_file() and not path.is_symlink():
                yield Source(path, path.relative_to(root).as_posix())
