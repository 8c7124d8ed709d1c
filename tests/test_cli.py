"""The command line: documented in Chinese and in the README, and each command does what it says."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer.main

from project import LANE, REPO, Project, Said
from tingsuo.cli import app
from tingsuo.cli.new import _FOLDERS
from tingsuo.model.case import KINDS as CASE_KINDS

HAN = re.compile(r"[\u4e00-\u9fff]")
MKDOCS_PAGES = ("404.html", "handbook/index.html")
"""Pages of the small project that MkDocs makes from handwritten ones."""
SLOW = 20.0
"""Seconds that a preview may take to start or to see a change on a busy machine."""


def commands() -> dict[str, Any]:
    """Every command by its words: build, laws import."""
    out: dict[str, Any] = {}

    def walk(command: Any, words: tuple[str, ...]) -> None:
        for name, child in getattr(command, "commands", {}).items():
            out[" ".join((*words, name))] = child
            walk(child, (*words, name))

    walk(typer.main.get_command(app), ())
    return out


def parameters(command: Any) -> list[Any]:
    """A command's options and arguments, without --help."""
    return [parameter for parameter in command.params if "--help" not in parameter.opts]


def flags(command: Any) -> list[str]:
    """The long options that a person may type."""
    return [
        flag
        for parameter in parameters(command)
        if parameter.param_type_name == "option"
        for flag in (*parameter.opts, *parameter.secondary_opts)
        if flag.startswith("--")
    ]


COMMANDS = commands()
ENGLISH = re.compile(
    r"usage|options?\b|arguments?\b|\bcommands?\b|\[args\]|\bshow\b|message|default|required|env var|<path>|<str>|\berror\b|missing|invalid|no such|try ",
    re.IGNORECASE,
)
"""What Typer would say by itself."""


# ---- words that a command doesn't know ----------------------------------------------


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ((), "用法：tingsuo"),
        (("wrong",), "没有“wrong”这个命令。"),
        (("bild",), "没有“bild”这个命令，是不是 build？"),
        (("build", "--nope"), "没有 --nope 这个选项，是不是 --names？"),
        (("build", "--zzz"), "没有 --zzz 这个选项。"),
        (("build", "more"), "多写了“more”。"),
        (("build", "--fresh=1"), "--fresh 后面不写值。"),
        (("pack", "--since"), "--since 后面要写一个值。"),
        (("verify",), "少写了“包”。"),
        (("sign", "some"), "少写了 --key。"),
        (("laws",), "用法：tingsuo laws"),
        (("print", "--paper", "abc"), "--paper 的值不对：要写整数。"),
        (("print", "--paper", "-1"), "--paper 的值不对：要写 0 或更大的数。"),
        (("print", "--paper", "9999999"), "--paper 的值不对：要写 999999 或更小的数。"),
        (("check", "--format", "xml"), "--format 的值不对：可以写 text、json。"),
    ],
)
def test_wrong_words_are_answered_in_chinese(project: Project, words: tuple[str, ...], complaint: str) -> None:
    """What can't be understood is named, with what may be meant; nothing is in English."""
    said = project.run(*words).exits(2).said.all
    assert complaint in said
    assert not ENGLISH.search(said), said


# ---- documented ---------------------------------------------------------------------


@pytest.mark.parametrize("words", COMMANDS)
def test_help_is_chinese(project: Project, words: str) -> None:
    """Each command, option and argument says in Chinese what it is for; the frame around them is Chinese too."""
    command = COMMANDS[words]
    said = project.run(*words.split(), "--help").exits(0).said.all
    assert not ENGLISH.search(said), said
    assert HAN.search(command.help or "")
    silent = [parameter.name for parameter in parameters(command) if not HAN.search(parameter.help or "")]
    assert silent == []
    shown = re.sub(r"\s+", "", project.said.out)
    assert [flag for flag in flags(command) if flag not in shown] == []


def test_short_help_and_version(project: Project) -> None:
    """-h lists every command; --version says which it is."""
    project.run("-h").exits(0)
    for words in COMMANDS:
        if " " not in words:
            project.says(words)
    project.run("--version").exits(0).says("tingsuo ")


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
@pytest.mark.parametrize("words", [words for words, command in COMMANDS.items() if not hasattr(command, "commands")])
def test_readme_mentions_command_and_options(readme: str, words: str) -> None:
    """Whoever reads the README meets every command and every option."""
    text = (REPO / readme).read_text("utf-8")
    assert f"tingsuo {words}" in text
    # One of a pair (--cases/--no-cases) is enough.
    missing = []
    for parameter in parameters(COMMANDS[words]):
        names = [name for name in (*parameter.opts, *parameter.secondary_opts) if name.startswith("--")]
        if parameter.param_type_name == "option" and names and not any(name in text for name in names):
            missing.append(names[0])
    assert missing == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_readme_mentions_nothing_else(readme: str) -> None:
    """Every `tingsuo …` in the README is a command that exists."""
    text = (REPO / readme).read_text("utf-8")
    said = set(re.findall(r"(?:^|`)tingsuo (?:-C \S+ )?([a-z]+)", text, re.MULTILINE))
    assert said - {words.split(" ")[0] for words in COMMANDS} == set()


# ---- new ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(_FOLDERS))
def test_new_item_is_a_draft_that_check_accepts(project: Project, kind: str) -> None:
    """A template of any kind is no error from the first moment, and not published."""
    project.run("new", kind).exits(0).says("写好样板")
    file = f"{_FOLDERS[kind]}/{kind}-001.yaml"
    assert "status: 草稿" in project.read(file)
    project.check().exits(0)


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_new_case_is_a_draft_that_check_accepts(project: Project, kind: str) -> None:
    """A case template of each kind has its official sections, is no error, and isn't on the site."""
    project.run("new", "case", "--dispute", "neighbours", "--kind", kind).exits(0)
    file = "cases/neighbours/tj-2026-001.yaml"
    for name in ("id: tj-2026-001", f"kind: {kind}", "status: 草稿"):
        assert name in project.read(file)
    project.check().exits(0)
    project.build().exits(0)
    assert "cases/neighbours/tj-2026-001.html" not in list(project.pages())


def test_new_case_written_and_published(project: Project) -> None:
    """From the template to the page: fill in, publish, build, and there it is."""
    project.run("new", "case", "--dispute", "neighbours", "--id", "tree").exits(0)
    text = project.read("cases/neighbours/tree.yaml")
    text = text.replace("（关键词）", "树枝")
    for asked in re.findall(r"（[^（）\n]*(?:（[^（）\n]*）)?[^（）\n]*）(?=\n|\])", text):
        text = text.replace(asked, "邻居的树枝伸过来，两家商量好怎么剪，写下来双方签字。")
    project.write("cases/neighbours/tree.yaml", text.replace("status: 草稿", "status: 已发布"))
    project.build().exits(0)
    assert "邻居的树枝伸过来" in project.page("cases/neighbours/tree.html").text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("poem",), "没有“poem”这一种"),
        (("case",), "--dispute neighbours"),
        (("case", "--dispute", "poetry"), "--dispute neighbours"),
        (("case", "--dispute", "neighbours", "--kind", "好案例"), "人民调解案例"),
        (("case", "--dispute", "neighbours", "--id", "../lane"), "只用小写字母"),
        (("case", "--dispute", "neighbours", "--id", "lane"), "已经有了"),
    ],
)
def test_new_says_what_is_possible(project: Project, words: tuple[str, ...], answer: str) -> None:
    """A kind, dispute or id that can't be is answered with what can."""
    before = sorted(path.name for path in project.root.rglob("*.yaml"))
    project.run("new", *words).exits(2).says(answer)
    assert before == sorted(path.name for path in project.root.rglob("*.yaml"))


def test_new_ids_count_up(project: Project) -> None:
    """Without --id the next free number is taken."""
    for _ in range(2):
        project.run("new", "case", "--dispute", "neighbours").exits(0)
    assert (project.root / "cases/neighbours/tj-2026-002.yaml").is_file()


# ---- init ---------------------------------------------------------------------------


@pytest.mark.parametrize("cases", [True, False])
def test_init_makes_a_project_that_builds(project: Project, tmp_path: Path, cases: bool) -> None:
    """Another county's project is faultless from the start and builds; its name is on the page."""
    place = tmp_path / "xinan"
    words = ["init", str(place), "--county", "信安县", "--province", "某省", "--site-id", "xinan", *([] if cases else ["--no-cases"])]
    project.run(*words).exits(0)
    new = Project(place, None)
    new.check().exits(0).expect()
    new.build().exits(0)
    assert "信安县" in new.page("index.html").text
    assert any((place / "cases").rglob("*.yaml")) is cases
    assert json.loads(new.read(".vscode/settings.json"))["yaml.schemas"]
    assert (place / "schemas/case.json").is_file()


def test_init_leaves_what_is_there(project: Project, tmp_path: Path) -> None:
    """A folder with something in it, and an id that can't be one, are refused."""
    project.run("init", str(project.root)).exits(2).says("已经有东西")
    project.run("init", str(tmp_path / "x"), "--site-id", "信安").exits(2).says("只用小写字母")
    assert not (tmp_path / "x").exists()


# ---- check and build ----------------------------------------------------------------


@pytest.mark.parametrize("words", [("check",), ("build",), ("new", "case"), ("serve",)])
def test_folder_that_is_no_project(tmp_path: Path, words: tuple[str, ...]) -> None:
    """In the wrong folder each command says so and how to get to the right one."""
    Project(tmp_path, None).run(*words).exits(2).says("不是庭所项目")


def test_check_of_some_files_only(project: Project) -> None:
    """With paths, only what is wrong in them is said; the exit code is theirs."""
    project.change(LANE, "town: east", "town: north").change("cases/neighbours/eaves.yaml", "month: 2025-08", "month: 2025-18")
    project.check(LANE).exits(1).expect(f"{LANE}:10:7 错误 [reference] 没有镇街“north”")
    project.check("guides").exits(0).expect()
    project.check("cases").exits(1)
    assert len(project.findings) == 2


def test_check_for_programs(project: Project) -> None:
    """JSON has code, severity, file, line, column, message and hint, and nothing else is on standard output."""
    project.change(LANE, "town: east", "town: north").check()
    assert project.findings == [
        {
            "code": "reference", "severity": "error", "file": LANE, "line": 10, "column": 7,
            "message": "没有镇街“north”", "hint": "可用的有：east、west",
        }
    ]  # fmt: skip


def test_check_by_the_law_of_another_day(project: Project) -> None:
    """--as-of holds the citations against that day's law; a day that isn't one is said."""
    project.check("--as-of", "2027-01-01").exits(0).expect()
    project.check("--as-of", "2020-06-01").exits(1)
    assert {"law-not-yet"} <= {finding["code"] for finding in project.findings}
    project.run("check", "--as-of", "2026-02-30").exits(2).says("看不懂")


def test_build_says_what_it_did(project: Project) -> None:
    """One line with pages made and kept, and where to look."""
    project.build().exits(0).says("index.html")
    pages = len([name for name in project.pages() if name not in MKDOCS_PAGES])
    project.says(f"生成 {pages} 页（新做 {pages} 页，沿用 0 页）")
    project.build().exits(0).says(f"新做 0 页，沿用 {pages} 页")
    project.build("--fresh").exits(0).says(f"生成 {pages} 页")


def test_real_command_runs(project: Project) -> None:
    """The installed command does the same as in the tests' process."""
    project.command("check").exits(0).says("可以发布")
    project.command("build").exits(0).says("生成 ")


# ---- laws ---------------------------------------------------------------------------


def test_imported_law_is_on_the_page(project: Project, tmp_path: Path) -> None:
    """The official text that the office imports stands beside the gist."""
    articles = "".join(f"第{n}条　这是第{n}条的官方文本。\n" for n in range(1, 11))
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "村规条例_2026-11-01.txt").write_text(f"某县村规示范条例\n（2026年11月1日通过）\n{articles}", "utf-8")
    project.run("laws", "import", str(folder)).exits(0).says("导入了 1 部法律的原文")
    assert list((project.root / "statutes").glob("village-law-*.json"))
    project.check().exits(0).expect()


# ---- serve --------------------------------------------------------------------------


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(project: Project) -> Iterator[str]:
    """A preview of the project; gives its address."""
    address = f"127.0.0.1:{free_port()}"
    words = [str(Path(sys.executable).parent / "tingsuo"), "-C", str(project.root), "serve", "--address", address]
    log = (project.root.parent / "serve.log").open("w+")
    process = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT, cwd=project.root, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        yield f"http://{address}"
        assert process.poll() is None
    finally:
        process.terminate()
        process.wait(10)
        log.seek(0)
        said = log.read()
        log.close()
    assert "Traceback" not in said, said
    project.said = Said(0, said, "")


def shown(url: str, text: str, within: float = SLOW) -> bool:
    """Whether a page comes to show a text in time."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if text in answer.read().decode():
                    return True
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    return False


def test_serve_answers_and_follows(project: Project) -> None:
    """The preview shows the page, then the changed page; a mistake leaves the last page, mending it goes on."""
    with served(project) as address:
        page = f"{address}/cases/neighbours/lane.html"
        assert shown(page, "巷口的石头搬走了")
        time.sleep(1.0)  # the watcher takes its first look around
        project.change(LANE, "subtitle: 巷口的石头搬走了", "subtitle: 巷口种了一棵树")
        assert shown(page, "巷口种了一棵树")
        project.change(LANE, "subtitle: 巷口种了一棵树", "subtitle: 巷口: 种了两棵树")
        time.sleep(2.0)
        assert shown(page, "巷口种了一棵树", within=2.0)
        project.change(LANE, "subtitle: 巷口: 种了两棵树", "subtitle: 巷口种了两棵树")
        assert shown(page, "巷口种了两棵树")
    project.says(f"{LANE}:4:13 错误 [yaml]").says("改好以后网页会自动更新")
    assert not (project.root / "site").exists()


def test_serve_with_a_broken_frame(project: Project) -> None:
    """A broken mkdocs.yml is named before anything starts."""
    project.change("mkdocs.yml", "theme:\n", "theme\n").run("serve").exits(1).says("mkdocs.yml:8:1 错误 [yaml]")


def test_serve_on_a_port_that_is_taken(project: Project) -> None:
    """Somebody else's port is said in a sentence, with a way out."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        project.command("serve", "--address", f"127.0.0.1:{other.getsockname()[1]}").exits(1).says("换一个")
