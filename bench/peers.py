"""The same cases for the peers: a Hugo site with a bare theme, and a stock Material for MkDocs project.

Both show what our page shows of a case itself: title, meta line, story, outcome, sections, lessons,
laws. Neither checks content, relates cases or writes our search index; Material writes its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tingsuo.load import files_of, parse
from tingsuo.model import KINDS

THEME = Path(__file__).parent / "hugo"

_MATERIAL = """\
site_name: 案例
theme:
  name: material
  language: zh
  font: false
  features: [navigation.prune]
plugins: [search]
"""


def cases_of(project: Path) -> Iterator[dict[str, Any]]:
    """The plain data of every case in a project."""
    for source in files_of(KINDS["case"], project):
        data, _ = parse(Path(source.path).read_text("utf-8"), source.name)
        if isinstance(data, dict):
            yield data


def export_hugo(project: Path, dest: Path) -> None:
    """Write the project's cases as a Hugo site; `dest` is replaced."""
    shutil.rmtree(dest, ignore_errors=True)
    shutil.copytree(THEME, dest)
    titles = _titles(project)
    for dispute, title in titles.items():
        folder = dest / "content/cases" / dispute
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text(_front({"title": title}), "utf-8")
    (dest / "content/cases/_index.md").write_text(_front({"title": "案例"}), "utf-8")
    for case in cases_of(project):
        front = {
            "title": case["title"],
            "date": f"{case['month']}-01",
            "params": {"lead": case["subtitle"], "meta": _meta(case, titles), "laws": _laws(case)},
        }
        path = dest / "content/cases" / case["dispute"] / f"{case['id']}.md"
        path.write_text(_front(front) + _body(case), "utf-8")


def export_material(project: Path, dest: Path) -> None:
    """Write the project's cases as a stock Material project without a nav of its own; `dest` is replaced."""
    shutil.rmtree(dest, ignore_errors=True)
    titles = _titles(project)
    for dispute in titles:
        (dest / "docs/cases" / dispute).mkdir(parents=True)
    (dest / "mkdocs.yml").write_text(_MATERIAL, "utf-8")
    (dest / "docs/index.md").write_text("# 案例\n", "utf-8")
    for case in cases_of(project):
        laws = "\n".join(f"- {law}" for law in _laws(case))
        text = f"# {case['title']}\n\n{_meta(case, titles)}\n\n{case['subtitle']}\n\n{_body(case)}\n## 相关法条\n\n{laws}\n"
        (dest / "docs/cases" / case["dispute"] / f"{case['id']}.md").write_text(text, "utf-8")


def _titles(project: Path) -> dict[str, str]:
    titles = {folder.name: folder.name for folder in sorted((project / "cases").iterdir()) if folder.is_dir()}
    for source in files_of(KINDS["guide"], project):
        data, _ = parse(Path(source.path).read_text("utf-8"), source.name)
        if isinstance(data, dict) and data.get("id") in titles:
            titles[data["id"]] = data.get("title") or data["id"]
    return titles


def _front(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n\n"


def _meta(case: dict[str, Any], titles: dict[str, str]) -> str:
    return " · ".join(filter(None, (case["kind"], titles.get(case["dispute"]), case["cause"], case["month"], case.get("place"))))


def _laws(case: dict[str, Any]) -> list[str]:
    return [law["cite"] if isinstance(law, dict) else law for law in case["laws"]]


def _body(case: dict[str, Any]) -> str:
    """The case's own text as Markdown."""
    outcome, take = case["outcome"], case["takeaway"]
    story = "\n".join(f"1. {line}" for line in case["story"])
    sections = "\n\n".join(f"## {name}\n\n{text.strip()}" for name, text in case["sections"].items())
    lessons = "\n".join(f"- {line}" for line in case["lessons"])
    people = "；".join(f"{person['role']} {person['name']}" for person in case.get("people") or [])
    return (
        f"**{outcome['type']}** {outcome['line']}\n\n> {take['rule']}\n\n## 发生了什么\n\n{story}\n\n{sections}\n\n"
        f"## 调解要点\n\n{lessons}\n\n## 来源和说明\n\n当事人：{people}\n"
    )
