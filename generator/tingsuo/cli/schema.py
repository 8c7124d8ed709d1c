"""`tingsuo schema`: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from ..model import KINDS

FOLDER = "schemas"


def schema_text(name: str) -> str:
    """A kind's JSON Schema as text, as it stands in schemas/<kind>.json."""
    kind = KINDS[name]
    schema: dict[str, Any] = kind.adapter.json_schema(by_alias=True)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.label, **{k: v for k, v in schema.items() if k != "title"}}
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every kind's schema; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for name in KINDS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), "utf-8")
        out.append(path)
    return out


def command(ctx: typer.Context, folder: Annotated[Path | None, typer.Argument(metavar="目录", help="写到哪里，默认项目的 schemas/")] = None) -> None:
    """Export the JSON Schemas."""
    root: Path = ctx.obj
    files = write_schemas(folder or root / FOLDER)
    typer.echo(f"导出 {len(files)} 个 JSON Schema 到 {(folder or root / FOLDER)}")
