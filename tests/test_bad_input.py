"""Bad input: each mistake gets its line, none a traceback, none changes the last good site."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bad_input import DOUBTS, FRAME_MISTAKES, MISTAKES
from bad_input.mistake import Mistake
from full_content import filled
from project import EAVES, LANE, SMALL, Project
from tingsuo.load import decode, load_text
from tingsuo.model import KINDS
from tingsuo.model.case import KINDS as CASE_KINDS
from tingsuo.model.case import section_names

SMALL_CASE = (SMALL / LANE).read_text("utf-8")
SAID = re.compile(r"^(\S.*?:\d+:\d+ (?:错误|提醒) \[[\w-]+\] .*)$", re.MULTILINE)


def named(mistake: Mistake) -> str:
    """The mistake's name, for the test's."""
    return mistake.name.replace(" ", "-")


class Workbench:
    """One project with a good site. A mistake is made in it and put right again."""

    def __init__(self, root: Path) -> None:
        self.project = Project(root)
        self.project.build().exits(0)
        self.good = self.project.site()

    def put_right(self) -> None:
        """The content as it was; the site stays."""
        for name in ("cases", "guides", "docs"):
            shutil.rmtree(self.project.root / name, ignore_errors=True)
        shutil.copytree(SMALL, self.project.root, dirs_exist_ok=True)

    def site_is_untouched(self) -> None:
        """Every byte of the good site is there, nothing is beside it."""
        assert self.good == self.project.site()
        assert [path.name for path in self.project.root.glob(".site.*")] == []


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """The good site is built once."""
    return Workbench(tmp_path_factory.mktemp("bench") / "project")


@pytest.fixture
def workbench(bench: Workbench) -> Iterator[Workbench]:
    """A faultless project with a good site, before and after the test."""
    yield bench
    bench.put_right()


def test_there_are_enough_mistakes() -> None:
    """At least sixty kinds, each with a name of its own."""
    names = [mistake.name for mistake in (*MISTAKES, *DOUBTS, *FRAME_MISTAKES)]
    assert len(names) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("mistake", MISTAKES, ids=named)
def test_mistake_is_named_and_stops_the_publication(workbench: Workbench, mistake: Mistake) -> None:
    """`check` says exactly what is wrong, where, and how to mend it; `build` says the same and leaves the site alone."""
    project = workbench.project
    mistake.make(project)
    project.check().exits(1).expect(*mistake.expect)
    assert all(finding["hint"] for finding in project.findings)
    assert all(re.search(r"[\u4e00-\u9fff]", finding["message"]) for finding in project.findings)

    project.build().exits(1).says("没有发布，上一版网站没有动")
    assert sorted(mistake.expect) == sorted(SAID.findall(project.said.err))
    workbench.site_is_untouched()


@pytest.mark.parametrize("mistake", DOUBTS, ids=named)
def test_doubt_is_said_and_stops_nothing(workbench: Workbench, mistake: Mistake) -> None:
    """What may be right is said with its place and a hint; only `check --strict` fails on it."""
    project = workbench.project
    mistake.make(project)

    project.check().exits(0).expect(*mistake.expect)
    assert all(finding["hint"] for finding in project.findings)
    project.check("--strict").exits(1)


@pytest.mark.parametrize("mistake", FRAME_MISTAKES, ids=named)
def test_mistake_in_the_frame_stops_the_build(workbench: Workbench, mistake: Mistake) -> None:
    """A broken mkdocs.yml or handwritten page: one Chinese line with its place, a hint, and the old site."""
    project = workbench.project
    mistake.make(project)

    project.build().exits(1).says("没有发布。上一版网站没有动。")
    assert list(mistake.expect) == SAID.findall(project.said.err)
    assert len(mistake.expect) == project.said.err.count("怎么改：")
    workbench.site_is_untouched()


def test_all_mistakes_are_told_at_once(workbench: Workbench) -> None:
    """Three files with a mistake each and one with two: five findings, in the order of the files."""
    project = workbench.project
    project.change(LANE, "town: east", "town: north").change(LANE, "name: 张某}", "name: 张三}")
    project.change(EAVES, "month: 2025-08", "month: 2025-18")
    project.change("guides/procedures/judicial-confirmation.yaml", "unit: 日", "unit: 天")

    project.check()

    assert [
        f"{EAVES}:8:8",
        f"{LANE}:10:7",
        f"{LANE}:37:21",
        "guides/procedures/judicial-confirmation.yaml:18:61",
    ] == [line.split(" ")[0] for line in project.lines]


def test_guide_that_cannot_be_read_is_the_only_finding(workbench: Workbench) -> None:
    """A broken guide isn't reported a second time by every case that belongs to it."""
    project = workbench.project
    project.change("guides/disputes/neighbours.yaml", "order: 1", "order: 一")
    project.check().expect("guides/disputes/neighbours.yaml:3:8 错误 [schema] “一”不是整数")


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("  调解结果: 打13812345678。\n", f"{LANE}:32:10"),
        ('  调解结果: "打13812345678。"\n', f"{LANE}:32:11"),
        ("  调解结果: '打13812345678。'\n", f"{LANE}:32:11"),
        ("  调解结果: |\n    一天，\n    打13812345678。\n", f"{LANE}:34:6"),
        ("  调解结果: >-\n    一天，\n    打13812345678。\n", f"{LANE}:34:6"),
        ("  调解结果: |2\n    打13812345678。\n", f"{LANE}:33:6"),
        ("  调解结果: 一天，\n    打13812345678。\n", f"{LANE}:33:6"),
        ('  调解结果: "一天，\n    打13812345678。"\n', f"{LANE}:33:6"),
        ("  调解结果: 找12345找，打13812345678。\n", f"{LANE}:32:18"),
        ("  调解结果: 打13812345678，再打13812345678。\n", f"{LANE}:32:10 {LANE}:32:24"),
    ],
)
def test_place_in_a_text_is_right_whatever_the_quotes(project: Project, style: str, line: str) -> None:
    """A number inside a text is pointed at to the character: plain, quoted, in a block, folded, and twice."""
    project.change(LANE, "  调解结果: |\n    李某在三日内搬走石头，双方都不在巷里堆物。\n", style)
    project.check()
    found = [place.split(" ")[0] for place in project.lines if "[identifier]" in place]
    assert line.split(" ") == found


def test_names_on_the_clerks_list_occur_nowhere(workbench: Workbench, tmp_path: Path) -> None:
    """With --names, a real name stops the publication wherever it stands, and is itself not repeated in full."""
    project = workbench.project
    names = tmp_path / "names.txt"
    names.write_text("王小锤\n\n李\n", "utf-8")
    project.change(LANE, "subtitle: 巷口的石头", "subtitle: 王小锤的石头")
    project.change("guides/reference/office.yaml", "inside: 综治中心", "inside: 王小锤办公室")

    project.check("--names", str(names)).exits(1).expect(
        f"{LANE}:4:11 错误 [name-listed] 出现了名单里的真实姓名“王…”",
        "guides/reference/office.yaml:17:55 错误 [name-listed] 出现了名单里的真实姓名“王…”",
    )
    project.build("--names", str(names)).exits(1)
    workbench.site_is_untouched()


def test_list_of_names_that_cannot_be_read(project: Project, tmp_path: Path) -> None:
    """A missing list is said, rather than taken for an empty one."""
    project.run("check", "--names", str(tmp_path / "nowhere.txt")).exits(2).says("名单")


def test_case_number_is_allowed_where_the_court_allows_it(project: Project) -> None:
    """`allow_case_number` lets the case number stand in the source and in the text."""
    number = "（2023）粤5381民初123号"
    project.change(LANE, "status: 已发布", f"source: {{name: 某法院, case_number: {number}}}\nallow_case_number: 是")
    project.change(LANE, "李某在三日内搬走石头", f"见{number}，李某在三日内搬走石头")
    project.check().exits(0).expect()


def test_old_law_with_todays_article_is_faultless(project: Project) -> None:
    """A repealed law for older facts, with today's article beside it, is no finding, in the text neither."""
    project.change(EAVES, "laws: [民法典第288条", "laws: [{cite: 婚姻法第32条, as_of: 2019-01-01, now: 民法典第1079条}, 民法典第288条")
    project.change(EAVES, "赵某的新屋没有檐沟", "按当时的婚姻法第三十二条，赵某的新屋没有檐沟")
    project.check().exits(0).expect()


def test_file_where_the_site_should_be(project: Project) -> None:
    """A file called site is left alone and named."""
    project.write("site", "网站\n")
    project.build().exits(1)
    assert SAID.findall(project.said.err) == ["site:1:1 错误 [mkdocs] 网站要写到这个文件夹，可是这里有一个同名的文件"]
    assert project.read("site") == "网站\n"


def test_tag_runs_nothing(project: Project, tmp_path: Path) -> None:
    """A YAML tag that would make a file makes none."""
    trace = tmp_path / "trace"
    project.change(LANE, "subtitle: 巷口的石头搬走了", f"subtitle: !!python/object/apply:os.system ['touch {trace}']")
    project.check().exits(1)
    assert not trace.exists()


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.name in ("100,000 brackets", "a file of 100 MB", "a file in GBK")], ids=named)
def test_real_command_says_the_same(workbench: Workbench, mistake: Mistake) -> None:
    """What the installed command prints: the same findings, exit code 1, no traceback."""
    project = workbench.project
    mistake.make(project)
    project.command("check").exits(1)
    assert list(mistake.expect) == SAID.findall(project.said.err)
    project.command("build").exits(1)
    workbench.site_is_untouched()


SECTIONS = [(kind, name) for kind in CASE_KINDS for name, required in section_names(kind) if required]


@pytest.mark.parametrize(("kind", "section"), SECTIONS, ids=[f"{kind}-{name}" for kind, name in SECTIONS])
def test_official_section_is_missed(project: Project, kind: str, section: str) -> None:
    """Each required section of each case kind is missed by its official name when it isn't there."""
    case = filled(kind, id="lane")
    del case["sections"][section]
    project.write(LANE, json.dumps(case, ensure_ascii=False)).check().exits(1)
    assert {finding["message"] for finding in project.findings} == {f"缺少“{section}”"}


@pytest.mark.parametrize("kind", [kind for kind, model in CASE_KINDS.items() if model.needs_source])
def test_retold_case_needs_its_source(project: Project, kind: str) -> None:
    """A guiding, reference, typical or labour case without a source isn't published."""
    case = filled(kind, id="lane", people=[])
    del case["source"]
    project.write(LANE, json.dumps(case, ensure_ascii=False)).check().exits(1)
    assert [finding["message"] for finding in project.findings if finding["severity"] == "error"] == [f"{kind}要写来源"]


@given(st.integers(0, len(SMALL_CASE)), st.sampled_from("\t\n -:：#|>&*!%@`\"'[]{},?\\\x00\u200b\ufeff甲1"), st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_any_slip_of_the_finger_is_survived(place: int, sign: str, lost: int) -> None:
    """One character typed or lost anywhere in a case: a model, or findings with a line, a message and a hint; never an exception."""
    text = SMALL_CASE[:place] + sign + SMALL_CASE[place + lost :]
    case, found = load_text(text, LANE, KINDS["case"])
    assert case is not None or found
    for finding in found:
        assert finding.line > 0 or finding.loc or finding.code == "schema-missing"
        assert finding.message
        assert finding.hint


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(raw: bytes) -> None:
    """Whatever a file holds, reading it gives a model or findings."""
    text = decode(raw, LANE)
    if isinstance(text, str):
        case, found = load_text(text, LANE, KINDS["case"])
        assert case is None
        assert found


def as_somebody_without_rights() -> list[str]:
    """A prefix that makes permissions count, for root too; [] for everybody else."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root reads everything, and setpriv isn't here to take that right away")
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"]


def test_file_without_permission(workbench: Workbench) -> None:
    """A case that may not be read is named; the site stays."""
    project = workbench.project
    (project.root / LANE).chmod(0)
    for command in ("check", "build"):
        words = [*as_somebody_without_rights(), str(Path(sys.executable).parent / "tingsuo"), "-C", str(project.root), command]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert [f"{LANE}:1:1 错误 [file-unreadable] 文件打不开（Permission denied）"] == SAID.findall(done.stderr)
    (project.root / LANE).chmod(0o644)
    workbench.site_is_untouched()


def test_check_works_where_nothing_can_be_written(project: Project) -> None:
    """On a stick that is write-protected `check` says what it finds; its own cache is not worth a traceback."""
    project.change(LANE, "town: east", "town: north")
    project.root.chmod(0o555)
    words = [*as_somebody_without_rights(), str(Path(sys.executable).parent / "tingsuo"), "-C", str(project.root), "check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    project.root.chmod(0o755)
    assert "Traceback" not in done.stderr
    assert [f"{LANE}:10:7 错误 [reference] 没有镇街“north”"] == SAID.findall(done.stderr)
