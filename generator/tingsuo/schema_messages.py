"""What pydantic says of a value, in plain Chinese: what is wrong and what would be right."""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import Any

from .findings import Finding, Loc, error
from .model import Kind
from .model.case import KINDS as CASE_KINDS

_SHOWN = 30
"""A wrong value up to this length is shown."""

_PATTERN_HINTS = {
    r"^第\d{1,4}条(之(一|二|三|四|五|六|七|八|九|十))?$": "条号写成 第1084条 或 第276条之一",
    r"^https?://[^\s<>\"']+$": "网址以 http:// 或 https:// 开头，不含空格",
    r"^\d{3,5}$": "只写公开服务号码，例如 110、12348",
    r"^[0-9０-９ .、/()（）转—－-]{3,40}$": "写办公固定电话，例如 0766-1234567；没有就整项不写",
    r"^[a-z0-9-]+$": "只能用小写英文字母、数字和连字符",
    r"^\d{4}-\d{2}-[1-5]-\d{3}-\d{3}$": "入库编号写成 2023-16-2-121-007",
    r"^[^\n]*$": "写成一行",
    r"^[0-9a-f]{64}$": "由 tingsuo review 填写，不用手写",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "写成 月-日，例如 12-04",
}
# Our own types (model/base.py) say what is wrong; here is what would be right.
_OWN_HINTS = {
    "day": "写成 2026-11-23；不知道哪一天的，删去这一行",
    "month": "写成 2026-11",
    "slug": "换成小写字母、数字和连字符；案例和指引的编号还要和文件名一样",
    "number": "只写数字，例如 12000；单位写在别处",
    "yes_no": "写 是 或 否",
    "month_day": "写成 月-日，例如 12-04",
    "when": "写 day: 12-04，或 month: 5，或 from 和 to，或 lunar、text",
    "seed": "删去重复的一项，编号从 1 到 94 各写一次",
    "answer": "改成 1 到选项个数之间的数，选项不要重复",
}


@cache
def _schema(kind_name: str) -> dict[str, Any]:
    from .model import KINDS

    return KINDS[kind_name].adapter.json_schema(by_alias=True)


def _known(kind: Kind, loc: Loc, case_kind: str) -> dict[str, Any]:
    """The keys that a place may have, each with its schema; of one case kind when it is known."""
    root = _schema(kind.name)
    defs = root.get("$defs", {})

    def resolve(node: dict[str, Any]) -> list[dict[str, Any]]:
        if "$ref" in node:
            return resolve(defs[node["$ref"].rsplit("/", 1)[-1]])
        tags = node.get("discriminator", {}).get("mapping", {})
        if case_kind in tags:
            return resolve({"$ref": tags[case_kind]})
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
    return {key: value for node in nodes for key, value in node.get("properties", {}).items()}


def _own_loc(loc: tuple[Any, ...]) -> tuple[Loc, str]:
    """The location that pydantic gives as YAML keys, and the case kind when the location names one."""
    case_kind = loc[0] if loc and loc[0] in CASE_KINDS else ""
    return tuple(part for part in loc[bool(case_kind) :] if part != "[key]"), case_kind


def _unknown(name: str, last: str, known: list[str], loc: Loc) -> Finding:
    """A key that has no business here."""
    bare = last.strip().strip("\u3000\xa0")
    close = [bare] if bare != last and bare in known else difflib.get_close_matches(last, known, n=1, cutoff=0.6)
    message = f"不认识“{last}”"
    if bare != last and close == [bare]:
        message, hint = f"“{bare}”前后有全角空格", f"删去空格，写成“{bare}: …”；缩进用半角空格"
    else:
        hint = f"是不是“{close[0]}”？" if close else "这里可以写：" + "、".join(known)
    return error(name, "schema-unknown", message, hint, loc, on_key=True)


def schema_finding(item: Any, kind: Kind, name: str) -> Finding:
    """The finding for one of pydantic's errors (an item of `ValidationError.errors()`)."""
    sort, ctx, given = item["type"], item.get("ctx") or {}, item.get("input")
    loc, case_kind = _own_loc(item["loc"])
    last = str(loc[-1]) if loc else ""
    if sort == "missing":
        node = _known(kind, loc[:-1], case_kind).get(last, {})
        label = node.get("description") or ""
        message = f"缺少“{last}”" + (f"（{label}）" if label and label != last else "")
        return error(name, "schema-missing", message, f"在这一层补上“{last}: …”", loc[:-1])
    if sort == "extra_forbidden":
        return _unknown(name, last, list(_known(kind, loc[:-1], case_kind)), loc)
    if sort == "union_tag_invalid":
        return error(name, "schema", f"“{ctx.get('tag')}”不在可选范围内", "只能写：" + "、".join(CASE_KINDS), (*loc, "kind"))
    if sort == "union_tag_not_found":
        return error(name, "schema-missing", "缺少“kind”（案例种类）", "写上 kind: " + "、".join(CASE_KINDS) + " 中的一种", loc)
    if sort in _OWN_HINTS:
        return _own(item, name, loc)
    message, hint = _message(sort, ctx, given)
    return error(name, "schema", message, hint, loc)


def _own(item: Any, name: str, loc: Loc) -> Finding:
    """What our own types refuse: they speak Chinese already."""
    sort, given, said = item["type"], item.get("input"), str(item["msg"])
    if given is None or given == "":
        return error(name, "schema", "这里是空的", _OWN_HINTS[sort], loc)
    shown = isinstance(given, str) and len(given) <= _SHOWN
    return error(name, "schema", f"“{given}”不对：{said}" if shown else said, _OWN_HINTS[sort], loc)


def _show(given: Any) -> str:
    return f"“{given}”" if isinstance(given, str) and len(given) <= _SHOWN else "这里的内容"


def _message(sort: str, ctx: dict[str, Any], given: Any) -> tuple[str, str]:
    """What is wrong with a value and what would be right."""
    shown = _show(given)
    if sort == "literal_error":
        options = [part.strip(" '\"") for part in re.split(r",| or ", str(ctx.get("expected", "")))]
        return f"{shown}不在可选范围内", "只能写：" + "、".join(option for option in options if option)
    if sort in ("string_type", "string_sub_type") and given is not None:
        return "这里应当是一段文字", "检查缩进和开头的“- ”；含有冒号的句子用英文双引号括起来"
    if sort in ("string_type", "string_sub_type", "string_too_short"):
        return "这里是空的，应当有文字", "补上内容，或删去这一行"
    if sort in ("list_type", "tuple_type"):
        return "这里应当是列表", "写成 [甲, 乙]，或每项另起一行，以“- ”开头"
    if sort in ("dict_type", "model_type", "model_attributes_type"):
        return "这里应当是一组“名称: 内容”", "检查缩进；每一项写成“名称: 内容”"
    if sort == "too_short":
        return f"至少要有 {ctx.get('min_length')} 项", "补上内容"
    if sort in ("string_too_long", "too_long") and isinstance(given, str):
        return f"太长了：最多 {ctx.get('max_length')} 个字，现在有 {len(str(given))} 个", "写短一些"
    if sort == "too_long":
        return f"最多 {ctx.get('max_length')} 项，现在有 {ctx.get('actual_length')} 项", "删去次要的"
    if sort == "string_pattern_mismatch":
        if isinstance(given, str) and "\n" in given:
            return "这里只能写一行", "写成一行，或分成几项"
        return f"{shown}的格式不对", _PATTERN_HINTS.get(str(ctx.get("pattern")), "对照样板检查写法")
    if sort in ("int_parsing", "int_type", "int_from_float", "int_parsing_size"):
        return f"{shown}不是整数", "写整数，例如 3"
    if sort in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        bound = ctx.get("ge", ctx.get("le", ctx.get("gt", ctx.get("lt"))))
        side = "不能小于" if sort.startswith("greater") else "不能大于"
        return f"{shown}超出范围，{side} {bound}", "核对数字"
    return f"{shown}的写法不对", "对照样板检查写法"
