"""The JSON Schemas for editors: committed, fresh, and agreeing with what `check` accepts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from project import REPO, Project
from tingsuo.cli.schema import schema_text
from tingsuo.model import KINDS
from tingsuo.model.case import KINDS as CASE_KINDS
from tingsuo.model.case import section_names

SCHEMAS = REPO / "schemas"


@pytest.mark.parametrize("kind", KINDS)
def test_committed_schema_is_fresh(kind: str) -> None:
    """schemas/ holds what the models say today. When this fails: run `tingsuo schema` and commit."""
    path = SCHEMAS / f"{kind}.json"
    assert path.is_file(), f"{path} is missing: run `tingsuo schema`"
    assert schema_text(kind) == path.read_text("utf-8"), f"{path.name} is stale: run `tingsuo schema`"


def test_no_schema_is_left_over() -> None:
    """Every committed schema belongs to a kind of content."""
    assert sorted(KINDS) == sorted(path.stem for path in SCHEMAS.glob("*.json"))


def test_schema_command_writes_them(project: Project, tmp_path: Path) -> None:
    """`tingsuo schema` writes one file for each kind, into the project or where it is told."""
    project.run("schema").exits(0)
    assert sorted(KINDS) == sorted(path.stem for path in (project.root / "schemas").iterdir())
    project.run("schema", str(tmp_path / "elsewhere")).exits(0)
    assert json.loads((tmp_path / "elsewhere" / "case.json").read_text("utf-8")) == json.loads(project.read("schemas/case.json"))


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_editor_offers_the_official_sections(kind: str) -> None:
    """The schema of each case kind names its official sections in their official order, and which are required."""
    schema = json.loads(schema_text("case"))
    definitions = schema["$defs"]
    one = next(d for d in definitions.values() if d.get("properties", {}).get("kind", {}).get("const") == kind)
    sections = definitions[one["properties"]["sections"]["$ref"].rsplit("/", 1)[-1]]
    assert [name for name, _ in section_names(kind)] == list(sections["properties"])
    assert [name for name, required in section_names(kind) if required] == sections["required"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained(kind: str) -> None:
    """Whoever writes in an editor sees for each field, in Chinese, what belongs there; a Chinese name says it itself."""
    schema = json.loads(schema_text(kind))
    silent = [
        f"{name}.{field}"
        for name, definition in [(kind, schema), *schema.get("$defs", {}).items()]
        for field, node in definition.get("properties", {}).items()
        if not any("\u4e00" <= c <= "\u9fff" for c in field + node.get("description", ""))
    ]
    assert silent == []
