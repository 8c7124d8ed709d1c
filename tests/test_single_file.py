"""The single file: one document that is whole in itself, the same each time; what is too large comes in parts that know of each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from html_page import HtmlPage
from pack_source import source_of
from project import GUIDE, LANE, Project
from tingsuo.case_store import no_progress
from tingsuo.outputs.packs import single_file
from tingsuo.outputs.packs.inlined import ABOUT

IDS = ("for", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
SECOND = "guides/disputes/works.yaml"


def made(project: Project, target: Path, limit: int = single_file.LIMIT) -> dict[str, HtmlPage]:
    """The project's single file or files by name."""
    return {path.name: HtmlPage(path.read_text("utf-8")) for path in single_file.make(source_of(project), target, no_progress, limit)}


@pytest.fixture
def two(project: Project) -> Project:
    """A project with two kinds of disputes, one of them with a case of its own."""
    second = project.read(GUIDE).replace("id: neighbours", "id: works").replace("title: 相邻关系", "title: 做工")
    case = project.read(LANE).replace("id: lane", "id: wall").replace("dispute: neighbours", "dispute: works")
    return project.write(SECOND, second).write("cases/works/wall.yaml", case).build().exits(0)


def dangling(page: HtmlPage) -> list[tuple[str, str]]:
    """(attribute, id) of everything that names an id that isn't there."""
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    named = [(name, one) for _, attributes in page.elements for name in IDS for one in attributes.get(name, "").split()]
    named += [("href", attributes["href"][1:]) for _, attributes in page.elements if attributes.get("href", "").startswith("#")]
    return [(name, one) for name, one in named if one not in ids and (name, one) != ("href", "main")]


def test_one_command_makes_it(project: Project) -> None:
    """`tingsuo pack single` leaves one HTML file in dist/ and nothing beside it."""
    project.run("pack", "single").exits(0)
    assert [path.name for path in (project.root / "dist").iterdir()] == ["small-2026-11-23.html"]


def test_every_page_is_in_it_once_and_every_link_arrives(project: Project, tmp_path: Path) -> None:
    """Each page of the site is a section; no id is there twice; labels, names and links find what they name; the rest is in no file beside it."""
    project.build().exits(0)
    (page,) = made(project, tmp_path / "dist").values()
    sections = {attributes["id"] for tag, attributes in page.elements if tag == "section" and "data-title" in attributes}
    assert sections == {name.removesuffix(".html") for name in project.pages() if name not in ("404.html", "print.html")} | {ABOUT, "menu"}
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert sorted(set(ids)) == sorted(ids)
    assert dangling(page) == []
    outside = [
        value
        for _, attributes in page.elements
        for name in ("href", "src", "action")
        if (value := attributes.get(name)) and not value.startswith("#")
    ]
    assert [value for value in outside if not value.startswith(("data:", "tel:"))] == []


def test_same_bytes_on_two_paths(project: Project, tmp_path: Path) -> None:
    """The same content built and packed in two places gives the same file, byte for byte."""
    other = Project(tmp_path / "另 一处" / "project")
    files = [
        single_file.make(source_of(one.build().exits(0)), tmp_path / name, no_progress)[0].read_bytes()
        for one, name in ((project, "a"), (other, "b"))
    ]  # fmt: skip
    assert files[0] == files[1]


def test_what_is_too_large_comes_by_dispute(two: Project, tmp_path: Path) -> None:
    """Above the limit there is a file for each dispute: its own cases, the shared pages, the laws that those cite; links to the rest say where it is."""
    files = made(two, tmp_path / "dist", limit=1000)
    assert sorted(files) == ["small-2026-11-23-做工.html", "small-2026-11-23-相邻关系.html"]
    page = files["small-2026-11-23-做工.html"]
    sections = {attributes["id"] for tag, attributes in page.elements if tag == "section" and "data-title" in attributes}
    assert {"index", "disputes/works", "cases/works/wall", "procedures/judicial-confirmation", "laws/civil-code"} <= sections
    assert sections & {"disputes/neighbours", "cases/neighbours/lane", "cases/neighbours/eaves"} == set()
    assert dangling(page) == []
    assert f"#{ABOUT}:part-neighbours" in [attributes.get("href") for _, attributes in page.elements]
    assert "small-2026-11-23-相邻关系.html" in page.text
    found = "".join(re.findall(r'id="search/text-\d+"[^>]*>(.*?)</script>', page.html, re.DOTALL))
    assert found
    assert "cases/neighbours/" not in found


def test_a_failed_pack_leaves_the_last_one(project: Project) -> None:
    """With a mistake in the content nothing is packed and the file that was there stays as it was."""
    file = project.run("pack", "single").exits(0).root / "dist" / "small-2026-11-23.html"
    before = file.read_bytes()
    project.change(LANE, "\ntitle: ", "\ntitel: ").run("pack", "single").exits(1)
    assert file.read_bytes() == before
