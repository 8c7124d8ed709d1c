"""`tingsuo new`: a template with comments, valid as a draft from the first moment."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from ..library import today
from ..model import KINDS
from ..model.case import KINDS as CASE_KINDS
from ..model.case import section_names
from .output import need_project, stop

_FOLDERS = {name: kind.pattern.rsplit("/", 1)[0] for name, kind in KINDS.items() if not kind.single and name not in ("case", "articles")}


def case_text(case_id: str, dispute: str, kind: str, day: date) -> str:
    """A case template: every field with a comment, optional ones commented out."""
    sections = "\n".join(
        f"  {name}: |\n    （写{name}。自己的话，不写姓名、电话、门牌。）" if required else f"  # {name}: |\n  #   （没有可以不写）"
        for name, required in section_names(kind)
    )
    source = ""
    if CASE_KINDS[kind].needs_source:
        source = "source:\n  name: （来源和编号，例如 最高人民法院指导案例19号）\n  # published: 2013-11-08\n  # url: https://…\n"
    return f"""# yaml-language-server: $schema=../../schemas/case.json
# 写好以后运行 tingsuo check；没有错误，再把 status 改成 已发布。
id: {case_id}                    # 和文件名一样
kind: {kind}
title: 张某诉李某某某纠纷案         # 当事人隐名，以“案”结尾
subtitle: （一句话说出要点，40字以内）
dispute: {dispute}
cause: （案由，例如 相邻通行纠纷）
keywords: [民事, （关键词）]         # 最多7个，由大到小
month: {day.year}-{day.month:02d}                    # 只写到月
# place: 广东某镇                 # 不细于镇街
# town: （office.yaml 里的镇街编号）
# amount: 12000                  # 元，没有可以不写
story:                           # 3至5句，发生了什么
  - （第一句）
  - （第二句）
  - （第三句）
outcome:
  type: 调解成功                  # 判决支持 判决部分支持 判决驳回 裁决支持 裁决部分支持 裁决驳回 调解成功 调解不成 其他
  line: （一句话结果）
takeaway:
  rule: （一条规矩，群众一听就懂）
  # number: 30日
  # number_means: （这个数字是什么）
lessons:                         # 调解要点，2至4条
  - （对调解员有用的一条）
laws:                            # 写简称和条号；旧事用旧法时写 as_of 和 now
  - 民法典第288条
sections:
{sections}
people:
  - {{role: 申请人, name: 张某}}
  - {{role: 被申请人, name: 李某}}
{source}status: 草稿                      # 草稿 待审 已发布 撤回
"""


def generic_text(kind: str, item_id: str) -> str:
    """A template for any other kind, from its schema: required fields filled in, optional ones as comments."""
    schema = KINDS[kind].adapter.json_schema(by_alias=True)
    defs = schema.get("$defs", {})
    lines = [f"# yaml-language-server: $schema=../../schemas/{kind}.json", "# 写好以后运行 tingsuo check；没有错误，再把 status 改成 已发布。"]
    _fields(schema, defs, lines, "", {"id": item_id, "status": "草稿"})
    return "\n".join(lines) + "\n"


def _fields(schema: dict[str, Any], defs: dict[str, Any], lines: list[str], pad: str, given: dict[str, str]) -> None:
    # A group in which nothing is required (a block of a document) begins with its first field that is a text.
    required = set(schema.get("required", ())) or set(list(schema["properties"])[:1])
    for name, node in schema["properties"].items():
        note = node.get("description", "")
        comment = f"  # {note}" if note else ""
        if name in given:
            lines.append(f"{pad}{name}: {given[name]}{comment}")
        elif name in required:
            _value(name, node, defs, lines, pad, comment)
        else:
            lines.append(f"{pad}# {name}:{comment}")


def _value(name: str, node: dict[str, Any], defs: dict[str, Any], lines: list[str], pad: str, comment: str) -> None:
    node = {**_resolve(node, defs), "description": node.get("description", "")}
    if node.get("type") == "object" and "properties" in node:
        lines.append(f"{pad}{name}:{comment}")
        _fields(node, defs, lines, pad + "  ", {})
    elif node.get("type") == "array":
        item = _resolve(node.get("items", {}), defs)
        least = max(1, int(node.get("minItems", 1)))
        lines.append(f"{pad}{name}:{comment}")
        if item.get("type") == "object" and "properties" in item and "cite" not in item["properties"]:
            inner: list[str] = []
            _fields(item, defs, inner, pad + "    ", {})
            first = next((n for n, line in enumerate(inner) if not line.strip().startswith("#")), 0)
            inner[first] = f"{pad}  - {inner[first].strip()}"
            lines += [*inner[first:], *inner[:first]] * least
        else:
            lines += [f"{pad}  - {_sample('', item)}{n if least > 1 else ''}" for n in range(1, least + 1)]
    else:
        lines.append(f"{pad}{name}: {_sample(name, node)}{comment}")


def _resolve(node: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _resolve(defs[node["$ref"].rsplit("/", 1)[-1]], defs)
    for union in ("anyOf", "oneOf", "allOf"):
        if union in node:
            return _resolve(next((b for b in node[union] if b.get("type") != "null"), node[union][0]), defs)
    return node


def _sample(name: str, node: dict[str, Any]) -> str:
    if "enum" in node:
        return str(node["enum"][0])
    if "const" in node:
        return str(node["const"])
    if node.get("type") == "integer":
        return str(max(1, int(node.get("minimum", 1))))
    if "cite" in node.get("properties", {}):
        return "民法典第7条"
    if name == "review_due" or node.get("format") == "date":
        return f"{today().year + 1}-06-30"
    if name in ("icon", "start"):
        return "gavel" if name == "icon" else "q1"
    return "（待写）" if name not in ("id", "go", "key") else "xxx"


def command(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="种类", help="case（案例）、guide（指引）、procedure（流程）……")],
    item_id: Annotated[str | None, typer.Option("--id", metavar="编号", help="小写字母、数字和连字符，例如 tj-2026-001")] = None,
    dispute: Annotated[str | None, typer.Option("--dispute", metavar="纠纷", help="案例属于哪类纠纷，例如 neighbours")] = None,
    case_kind: Annotated[str, typer.Option("--kind", metavar="案例种类", help="、".join(CASE_KINDS))] = "人民调解案例",
) -> None:
    """Write a template into the right folder."""
    root: Path = ctx.obj
    need_project(root)
    if kind != "case" and kind not in _FOLDERS:
        stop(f"没有“{kind}”这一种。可以写：case、" + "、".join(_FOLDERS))
    folder = root / (f"cases/{dispute}" if kind == "case" else _FOLDERS[kind])
    if kind == "case":
        known = sorted(p.stem for p in (root / "guides/disputes").glob("*.yaml"))
        if dispute not in known:
            stop("案例要写明属于哪类纠纷：--dispute " + "、".join(known))
        if case_kind not in CASE_KINDS:
            stop("案例种类只能是：" + "、".join(CASE_KINDS))
    if item_id is None:
        item_id = _free_id(folder, f"tj-{today().year}" if kind == "case" else kind)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", item_id):
        stop(f"编号“{item_id}”不行：只用小写字母、数字和连字符，例如 tj-2026-001")
    path = folder / f"{item_id}.yaml"
    if path.exists():
        stop(f"{path} 已经有了，换一个编号")
    folder.mkdir(parents=True, exist_ok=True)
    text = case_text(item_id, dispute or "", case_kind, today()) if kind == "case" else generic_text(kind, item_id)
    path.write_text(text, "utf-8")
    typer.echo(f"写好样板：{path.relative_to(root)}")
    typer.echo("用编辑器打开来写；边写边看用 tingsuo serve，核对用 tingsuo check。")


def _free_id(folder: Path, stem: str) -> str:
    number = 1
    while (folder / f"{stem}-{number:03d}.yaml").exists():
        number += 1
    return f"{stem}-{number:03d}"
