"""Content files to models: what can't be read is said with its place, never raised."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from .findings import Finding, Loc, error
from .model import Kind
from .schema_messages import schema_finding
from .yaml_text import nodes, parse, place, syntax_error

MAX_BYTES = 2 * 1024 * 1024


class Source(NamedTuple):
    """A content file. Plain strings: there may be a hundred thousand."""

    path: str
    name: str
    """Relative to the project, with forward slashes."""


def read_text(path: Path | str, name: str) -> str | Finding:
    """The file's text, or the finding that says why it can't be read."""
    try:
        size = os.stat(path).st_size  # noqa: PTH116 - asked for every case of a large library
        if size > MAX_BYTES:
            hint = "一个文件只写一件事；图片和扫描件不要放进 YAML"
            return error(name, "file-too-large", f"文件有 {size // 1024 // 1024 or 1} MB，超过 2 MB 的上限", hint)
        with open(path, "rb") as file:  # noqa: PTH123 - the same
            raw = file.read()
    except OSError as problem:
        return error(name, "file-unreadable", f"文件打不开（{problem.strerror or '系统拒绝'}）", "检查文件是否存在、是否被别的程序占用")
    return decode(raw, name)


def decode(raw: bytes, name: str) -> str | Finding:
    """Bytes as UTF-8 text without a byte-order mark, or a finding."""
    hint = "在编辑器里“另存为”纯文本，编码选 UTF-8"
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        column = problem.start - raw.rfind(b"\n", 0, problem.start)
        return syntax_error(name, (line, column), "not-utf8", "文件不是 UTF-8 编码（可能是 GBK 或 Word 文件）", hint)
    if "\x00" in text:
        return syntax_error(name, place(text, text.index("\x00")), "not-utf8", "文件里有空字符，不是文本文件", hint)
    return text


def validate(data: Any, kind: Kind, name: str) -> tuple[Any, list[Finding]]:
    """Plain data as the kind's model, or None and what is wrong with each value."""
    try:
        return kind.adapter.validate_python(data), []
    except ValidationError as problem:
        return None, [schema_finding(item, kind, name) for item in problem.errors(include_url=False)]


def load(path: Path | str, name: str, kind: Kind) -> tuple[Any, list[Finding]]:
    """A file as its model. Returns (model or None, findings); never raises for bad content."""
    text = read_text(path, name)
    if isinstance(text, Finding):
        return None, [text]
    return load_text(text, name, kind)


def load_text(text: str, name: str, kind: Kind) -> tuple[Any, list[Finding]]:
    """Like `load`, for a text that was read already."""
    data, found = parse(text, name)
    if data is None:
        return None, found or [syntax_error(name, (1, 1), "empty", "文件是空的", "用 tingsuo new 生成样板")]
    if not isinstance(data, dict):
        hint = "名称后面用半角冒号加一个空格，例如 title: 标题"
        return None, [*found, syntax_error(name, (1, 1), "yaml", "文件应当是一行行的“名称: 内容”", hint)]
    model, wrong = validate(data, kind, name)
    if model is not None and kind.name != "case":
        wrong = list(_repeated(data, name, ()))
    return model, [*found, *wrong]


def _repeated(data: Any, name: str, loc: Loc) -> Iterator[Finding]:
    """Two entries of one list with the same id, key or article number: the later would replace the earlier."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _repeated(value, name, (*loc, key))
    elif isinstance(data, list):
        seen: dict[tuple[str, str], int] = {}
        for index, row in enumerate(data):
            for key in ("id", "key", "no"):
                if isinstance(row, dict) and isinstance(row.get(key), str):
                    first = seen.setdefault((key, row[key]), index)
                    if first != index:
                        said = f"“{row[key]}”在这个列表里已经用过（第 {first + 1} 项）"
                        yield error(name, "id-twice", said, "换一个，或删去重复的一项", (*loc, index, key))
            yield from _repeated(row, name, (*loc, index))


# ---- places -------------------------------------------------------------------------


def locate(findings: list[Finding], root: Path) -> list[Finding]:
    """The findings with line and column filled in, sorted. Each file is composed once more.

    What is wrong with a file as a whole stands at its beginning.
    """
    trees: dict[str, tuple[yaml.Node, str] | None] = {}
    out = []
    for found in findings:
        if found.line == 0:
            if found.loc and found.file not in trees:
                trees[found.file] = _tree(root / found.file)
            tree = trees.get(found.file) if found.loc else None
            line, column = _position(*tree, found) if tree else (1, 1)
            found = replace(found, line=line, column=column)  # noqa: PLW2901 - the same finding, placed
        out.append(found)
    # The same thing said twice of one place is said once.
    once = {(f.file, f.line, f.column, f.code, f.message): f for f in reversed(out)}
    return [once[key] for key in sorted(once)]


def _tree(path: Path) -> tuple[yaml.Node, str] | None:
    """A file's node tree and its text, None when it can't be read."""
    text = read_text(path, path.name)
    node = nodes(text, path.name) if isinstance(text, str) else None
    return (node, text) if node is not None and isinstance(text, str) else None


def _position(node: yaml.Node, text: str, found: Finding) -> tuple[int, int]:
    mark = node.start_mark
    for depth, key in enumerate(found.loc):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            mark, node = pair[0].start_mark, pair[1]
            if depth == len(found.loc) - 1 and found.on_key:
                return mark.line + 1, mark.column + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
        else:
            break
        if not (isinstance(node, yaml.ScalarNode) and node.value == ""):
            mark = node.start_mark
    if found.offset >= 0 and isinstance(node, yaml.ScalarNode):
        index = _inside(node, text, found.offset)
        if index is not None:
            return place(text, index)
    return mark.line + 1, mark.column + 1


def _inside(node: yaml.ScalarNode, text: str, offset: int) -> int | None:
    """Where in the file an offset into a scalar's text is, whatever the quotes and folds; None when escapes hide it."""
    # The models strip the space before a text.
    at = offset + len(node.value) - len(node.value.lstrip())
    word = re.match(r"\S{1,12}", node.value[at:])
    if not word:
        return None
    same = re.compile(f"(?={re.escape(word[0])})")
    before = sum(1 for _ in same.finditer(node.value, 0, at + len(word[0]) - 1))
    start, end = node.start_mark.index, node.end_mark.index
    return next((m.start() for n, m in enumerate(same.finditer(text, start, end)) if n == before), None)


def files_of(kind: Kind, root: Path) -> Iterator[Source]:
    """The kind's files below the project folder, sorted by path. Symbolic links are not followed."""
    if kind.single:
        path = root / kind.pattern
        if path.is_file():
            yield Source(str(path), kind.pattern)
        return
    folder = kind.pattern.split("/*", 1)[0]
    deep = kind.pattern.count("*") == 2
    for name in _entries(root, folder, folders=True) if deep else [folder]:
        for file in _entries(root, name, folders=False):
            if file.endswith(".yaml"):
                yield Source(f"{root}/{file}", file)


def _entries(root: Path, folder: str, *, folders: bool) -> list[str]:
    """Names (relative to the project) of a folder's plain files or folders, sorted; no links, no names that can't be shown."""
    try:
        with os.scandir(root / folder) as found:
            return sorted(
                f"{folder}/{e.name}"
                for e in found
                if e.name.isprintable() and (e.is_dir(follow_symlinks=False) if folders else e.is_file(follow_symlinks=False))
            )
    except OSError:
        return []
