"""`tingsuo print` from a folder of YAML: what lies in the folder, what is kept, what stops it, what the site links to."""

from __future__ import annotations

import json

import pytest

from project import LANE, OFFICE, Project
from tingsuo.printing import KINDS

FOLDER = "dist/print"


def tree(project: Project, folder: str = FOLDER) -> dict[str, bytes]:
    """Every file of a folder."""
    root = project.root / folder
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, printed once. Don't change it."""
    return Project(tmp_path_factory.mktemp("printed") / "project").run("print").exits(0)


def test_one_command_prints_everything(printed: Project) -> None:
    """Every kind that the content gives reason for is there, and the list for people links to each file."""
    files = tree(printed)
    rows = json.loads(files["打印件.json"])
    # The small project has no kits, quizzes or papers.
    assert {row["kind"] for row in rows} == set(KINDS) - {"quiz", "kit", "document"}
    assert {row["path"] for row in rows} | {"打印件.json", "目录.html"} == set(files)
    page = files["目录.html"].decode()
    assert page.count("<a href=") == len(rows)
    assert "http" not in page


def test_two_runs_give_the_same_bytes_on_two_paths(printed: Project, tmp_path) -> None:
    """Nothing of the machine, the folder or the hour is in the files."""
    other = Project(tmp_path / "另一个 地方").run("print").exits(0)
    assert tree(printed) == tree(other)


def test_an_unchanged_file_is_kept_and_a_changed_one_is_made(project: Project) -> None:
    """The second run makes nothing; after a change of one case only that case's sheets and the books are made."""
    project.run("print", "海报A3", "以案释法").exits(0).says("新做 4 份，沿用 0 份")
    project.run("print", "海报A3", "以案释法").exits(0).says("新做 0 份，沿用 4 份")
    title = next(line for line in project.read(LANE).splitlines() if line.startswith("subtitle: "))
    project.change(LANE, title, "subtitle: 巷子留一米，两家都好走").run("print", "海报A3", "以案释法").exits(0).says("新做 2 份，沿用 2 份")


def test_a_part_leaves_the_rest_where_it_is(project: Project) -> None:
    """Printing one kind keeps what was printed before, in the folder and in both lists."""
    project.run("print", "海报A3").exits(0)
    project.run("print", "以案释法").exits(0)
    assert {row["kind"] for row in json.loads(project.read(f"{FOLDER}/打印件.json"))} == {"poster-a3", "case-sheet"}
    assert "海报A3" in project.read(f"{FOLDER}/目录.html")


def test_the_site_links_to_what_was_printed_until_it_is_old(project: Project) -> None:
    """After printing, the case's page and the list link to files that are in the site; after a change of the case they don't, and check says so."""
    project.run("print", "海报A3").exits(0).run("build").exits(0)
    page = project.read("site/cases/neighbours/lane.html")
    assert "印出来用" in page
    assert "海报（A3）" in page
    assert len(list((project.root / "site/print").rglob("*.pdf"))) == 2
    assert "%E6%B5%B7%E6%8A%A5A3" in project.read("site/print.html")
    title = next(line for line in project.read(LANE).splitlines() if line.startswith("subtitle: "))
    project.change(LANE, title, "subtitle: 巷子留一米，两家都好走").check()
    assert [(f["code"], f["severity"]) for f in project.findings] == [("printed-old", "warning")]
    project.run("build").exits(0)
    assert "印出来用" not in project.read("site/cases/neighbours/lane.html")
    assert "印出来用" in project.read("site/cases/neighbours/eaves.html")
    project.run("print", "海报A3").exits(0).check()
    assert project.findings == []


def test_a_missing_character_is_named_with_its_place(project: Project) -> None:
    """A character without a shape stops the run: file, line, column, the character; what was printed before stays."""
    project.run("print", "海报A3").exits(0)
    before = tree(project)
    line = next(line for line in project.read(LANE).splitlines() if line.startswith("subtitle: "))
    number = project.read(LANE).splitlines().index(line) + 1
    project.change(LANE, line, "subtitle: 打牌🀄起争").run("print", "海报A3").exits(1)
    project.says(f"{LANE}:{number}:").says("字库里没有“🀄”（U+1F004），印不出来")
    assert tree(project) == before


def test_wrong_words_get_a_sentence(project: Project) -> None:
    """Unknown kinds, disputes, audiences and days: what is possible instead, exit 2, no folder."""
    project.run("print", "海报A9").exits(2).says("没有“海报A9”这种打印件").says("三折页")
    project.run("print", "--dispute", "nothing").exits(2).says("没有纠纷“nothing”")
    project.run("print", "--audience", "别人").exits(2).says("没有对象“别人”")
    project.run("print", "--date", "13-40").exits(2).says("要写成 12-04")
    assert not (project.root / "dist").exists()


def test_bad_content_stops_the_run(project: Project) -> None:
    """Findings are shown, and what was printed before stays."""
    project.run("print", "海报A3").exits(0)
    before = tree(project)
    project.append(OFFICE, "unknown: 1\n").run("print", "海报A3").exits(1).says("office.yaml").says("原来印好的没有动")
    assert tree(project) == before


def test_a_day_chooses_its_event(shipped: Project, tmp_path) -> None:
    """--date 12-04 prints the kits near that day, their quizzes and cases, and nothing of others."""
    shipped.run("print", "--date", "12-04", "答题卷", "活动包", "海报A3", "-o", str(tmp_path / "out")).exits(0)
    rows = json.loads((tmp_path / "out/打印件.json").read_text("utf-8"))
    assert ("publicity", "constitution-day") in {tuple(row["about"]) for row in rows}
    assert ("publicity", "consumer-day") not in {tuple(row["about"]) for row in rows}
    assert {row["kind"] for row in rows} == {"quiz", "kit", "poster-a3"}


def test_a_book_of_a_part_stands_beside_the_whole(project: Project) -> None:
    """A handbook of one town has a name that says so; the whole book stays, and the site links to both."""
    project.run("print", "调解指引手册").exits(0)
    whole = tree(project)["调解指引手册.pdf"]
    project.run("print", "调解指引手册", "--town", "east").exits(0)
    books = {name: data for name, data in tree(project).items() if name.endswith(".pdf")}
    (part,) = set(books) - {"调解指引手册.pdf"}
    assert "镇街只含" in part
    assert books["调解指引手册.pdf"] == whole
    assert books[part]
