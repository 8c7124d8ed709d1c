"""The files of the search as an author gets them from the command line: what is in them, and that they are the same however they came about."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from project import EAVES, GUIDE, LANE, OFFICE, PROCEDURE, REPO, Project, digests

CASES = 40


def index_of(project: Project) -> dict[str, str]:
    """Every file of the index with the hash of its bytes."""
    return digests(project.root / "site" / "search")


def whole_index(project: Project) -> str:
    """All files of the index, one after the other."""
    return "\n".join(path.read_text("utf-8") for path in sorted((project.root / "site" / "search").iterdir()))


def handed(path: Path) -> Any:
    """What a file of the index hands to the page."""
    call = re.fullmatch(r"tingsuoIndex\((.*)\);\n", path.read_text("utf-8"), re.DOTALL)
    assert call
    return json.loads(call[1])


def addresses(project: Project) -> dict[str, str]:
    """Everything that is searched: address → title, in order."""
    folder = project.root / "site" / "search"
    out: dict[str, str] = {}
    for n in range(len(list(folder.glob("text-*.js")))):
        for text in handed(folder / f"text-{n}.js"):
            title, _, url = text.partition("\n")[0].partition("\t")
            assert url not in out
            out[url] = title
    return out


def case(project: Project, name: str, number: int, **changes: str) -> None:
    """Another case like the lane's, with words of its own."""
    text = project.read(LANE).replace("id: lane", f"id: {name}").replace("巷口的石头", f"第{number}巷口的石头")
    text = text.replace("month: 2026-04", f"month: {2010 + number % 16}-0{1 + number % 9}")
    for key, value in changes.items():
        text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.MULTILINE)
    project.write(f"cases/neighbours/{name}.yaml", text)


@pytest.fixture
def village(project: Project) -> Project:
    """The small project with 40 cases more."""
    for number in range(CASES):
        case(project, f"lane-{number:02d}", number)
    return project


# ---- what is in them ---------------------------------------------------------------


@pytest.mark.parametrize("status", ["草稿", "待审", "撤回"])
def test_what_is_not_published_is_in_no_file(project: Project, status: str) -> None:
    """A draft, a case that waits and a withdrawn one leave no word of their own in any file of the index; published, they are there."""
    title, said = "骆某诉覃某鹅笼纠纷案", "鹅笼压住了祠堂的滴水檐"
    case(project, "goose", 1, title=title, subtitle=said, status=status)
    project.build().exits(0)
    files = whole_index(project)
    assert "lane.html" in files
    for words in (title, said, "goose.html", "鹅笼"):
        assert words not in files
    case(project, "goose", 1, title=title, subtitle=said, status="已发布")
    project.build().exits(0)
    files = whole_index(project)
    for words in (title, said, "goose.html", "鹅笼"):
        assert words in files


@pytest.mark.parametrize("how", ["withdrawn", "deleted"])
def test_what_was_published_is_gone_when_taken_back(project: Project, how: str) -> None:
    """A case that was in the index and is withdrawn or deleted leaves it with the next build, and so does what was learned from it."""
    project.build().exits(0)
    before = index_of(project)
    case(project, "goose", 1, title="骆某诉覃某鹅笼纠纷案", subtitle="鹅笼压住了祠堂的滴水檐")
    project.build().exits(0)
    assert "鹅笼" in whole_index(project)
    if how == "deleted":
        project.remove("cases/neighbours/goose.yaml")
    else:
        project.change("cases/neighbours/goose.yaml", "status: 已发布", "status: 撤回")
    project.build().exits(0)
    assert "鹅笼" not in whole_index(project)
    assert before == index_of(project)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shipped content, built."""
    return Project.shipped(tmp_path_factory.mktemp("shipped") / "project").build().exits(0)


def test_no_unpublished_title_of_the_shipped_content(built: Project) -> None:
    """No title and no address of a shipped case that isn't published stands in any file of the index."""
    files = whole_index(built)
    hidden, there = {}, 0
    for path in sorted((REPO / "cases").glob("*/*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        if content.get("status", "已发布") == "已发布":
            there += f"cases/{path.parent.name}/{path.stem}.html" in files
        else:
            hidden[f"cases/{path.parent.name}/{path.stem}.html"] = content["title"]
    assert hidden, "the shipped content has cases that wait for review"
    assert there > 50
    assert [words for pair in hidden.items() for words in pair if words in files] == []


def test_every_published_page_is_in_the_index(built: Project) -> None:
    """Guides, procedures, cases, towns and handwritten pages are all there, each once, and every address is a page of the site."""
    found = addresses(built)
    site = built.root / "site"
    cases = {path.relative_to(site).as_posix() for path in site.glob("cases/*/*.html") if not re.match(r"index(-\d+)?$", path.stem)}
    guides = {f"disputes/{path.stem}.html" for path in (REPO / "guides" / "disputes").glob("*.yaml")}
    procedures = {f"procedures/{path.stem}.html" for path in (REPO / "guides" / "procedures").glob("*.yaml")}
    handbook = {path.relative_to(site).as_posix() for path in site.glob("handbook/**/*.html")}
    for wanted in (cases, guides, procedures, handbook):
        assert wanted
        assert wanted <= set(found)
    assert {url.partition("#")[0] for url in found} <= set(built.pages())
    assert all(found.values())


def test_every_law_article_leads_to_its_place(built: Project) -> None:
    """A hit on an article is an address with an anchor that the law's page has."""
    articles = {url for url in addresses(built) if url.startswith("laws/") and "#" in url}
    assert len(articles) > 100
    pages = {page: (built.root / "site" / page).read_text("utf-8") for page in {url.partition("#")[0] for url in articles}}
    assert {url for url in articles if f'id="{url.partition("#")[2]}"' not in pages[url.partition("#")[0]]} == set()


def test_a_handwritten_page_is_in_the_index(project: Project) -> None:
    """A new handwritten page is found by its title and by what it says, without its marks."""
    project.write("docs/handbook/goose.md", "# 鹅笼怎样摆\n\n先看**滴水檐**，再量[一米二](index.md)。\n")
    project.build().exits(0)
    assert addresses(project)["handbook/goose.html"] == "鹅笼怎样摆"
    files = whole_index(project)
    assert "滴水檐" in files
    assert "再量一米二。" in files
    assert "**" not in files
    assert "](index" not in files


def test_every_file_is_one_call(built: Project) -> None:
    """Each file is a script of one call with JSON in it, in ASCII names, and none can end a script element."""
    for path in (built.root / "site" / "search").iterdir():
        assert re.fullmatch(r"[a-z]+(-\d+)?\.js", path.name)
        handed(path)
        assert "<" not in path.read_text("utf-8")


# ---- the same, however they came about ---------------------------------------------


def test_two_folders_give_the_same_bytes(village: Project, tmp_path: Path) -> None:
    """The same project in another folder, from the real command with another hash seed, gives the same files, byte for byte."""
    other = Project(tmp_path / "另一处 copy", village.root)
    village.command("build", env={"PYTHONHASHSEED": "1"}).exits(0)
    other.command("build", env={"PYTHONHASHSEED": "2"}).exits(0)
    assert index_of(village)
    assert index_of(village) == index_of(other)


def edit_a_case(project: Project) -> None:
    """A word in a story."""
    project.change(LANE, "张某的三轮车进不来。", "张某的三轮车进不来，鹅也出不去。")


def retitle_a_case(project: Project) -> None:
    """A title."""
    project.change(EAVES, "\ntitle: ", "\ntitle: 改过的")


def add_a_case(project: Project) -> None:
    """A case in the middle of the others."""
    case(project, "lane-20b", 20, title="骆某诉覃某鹅笼纠纷案")


def remove_cases(project: Project) -> None:
    """Half of the cases, so that there are fewer files than before."""
    for number in range(0, CASES, 2):
        project.remove(f"cases/neighbours/lane-{number:02d}.yaml")


def withdraw_a_case(project: Project) -> None:
    """A case is taken back."""
    project.change("cases/neighbours/lane-11.yaml", "status: 已发布", "status: 撤回")


def edit_a_guide(project: Project) -> None:
    """What a guide comes to first."""
    project.change(GUIDE, "\nlead: ", "\nlead: 先停手，")


def edit_a_procedure(project: Project) -> None:
    """A procedure's title."""
    project.change(PROCEDURE, "\ntitle: 司法确认", "\ntitle: 司法确认怎样办")


def edit_the_office(project: Project) -> None:
    """A town's name."""
    project.write(OFFICE, project.read(OFFICE).replace("某县司法局", "某县司法局（新）"))


def write_a_page(project: Project) -> None:
    """A handwritten page."""
    project.write("docs/handbook/goose.md", "# 鹅笼怎样摆\n\n先看滴水檐。\n")


EDITS = (edit_a_case, retitle_a_case, add_a_case, remove_cases, withdraw_a_case, edit_a_guide, edit_a_procedure, edit_the_office, write_a_page)


def test_an_edited_project_is_as_if_built_afresh(village: Project, tmp_path: Path) -> None:
    """After each of nine edits the files of the index are, byte for byte and none more, those of a fresh build elsewhere."""
    village.build().exits(0)
    changed = 0
    for edit in EDITS:
        before = index_of(village)
        edit(village)
        village.build().exits(0)
        fresh = Project(tmp_path / f"fresh-{edit.__name__}", village.root).build().exits(0)
        assert (edit.__name__, index_of(fresh)) == (edit.__name__, index_of(village))
        changed += before != index_of(village)
    assert changed >= len(EDITS) - 1


@pytest.mark.parametrize("harm", ["deleted", "truncated", "rubbish"])
def test_a_damaged_cache_is_not_believed(village: Project, tmp_path: Path, harm: str) -> None:
    """Whatever happened to what a build keeps for the next, the next gives the same files."""
    village.build().exits(0)
    before = index_of(village)
    kept = [path for path in (village.root / ".tingsuo").rglob("*") if path.is_file() and "search" in path.as_posix()]
    assert kept
    for path in kept:
        if harm == "deleted":
            path.unlink()
        else:
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] if harm == "truncated" else bytes(len(data)))
    edit_a_case(village)
    village.build().exits(0)
    fresh = Project(tmp_path / "fresh", village.root).build().exits(0)
    assert index_of(fresh) == index_of(village)
    assert before != index_of(village)
