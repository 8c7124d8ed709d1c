"""Calculators as content: complete, fitting the program, readable without a script. The arithmetic itself is tested in the browser."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import tingsuo
from project import GUIDE, REPO, Project
from tingsuo.checks.calculators import LEAST_VECTORS, implemented
from tingsuo.load import load
from tingsuo.model import KINDS

CALCULATORS = "guides/reference/calculators.yaml"
FIGURES = "guides/reference/figures.yaml"
PROGRAM = Path(tingsuo.__file__).parent / "theme/assets/tingsuo/calculators.js"


@cache
def shipped_list(kind: str) -> tuple[Any, ...]:
    """The entries of the shipped calculators or figures."""
    kinds = KINDS[kind]
    model, findings = load(REPO / kinds.pattern, kinds.pattern, kinds)
    assert findings == []
    return tuple(getattr(model, kind))


def blocks() -> dict[str, str]:
    """The program of each calculator, by id."""
    parts = re.split(r'^  define\("([a-z0-9-]+)"', PROGRAM.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.split("\n  });")[0] for part in parts[2::2]), strict=True))


SHIPPED = {calculator.id: calculator for calculator in shipped_list("calculators")}


# ---- what is shipped ----


def test_content_and_program_have_the_same_calculators() -> None:
    """No arithmetic without wording, no wording without arithmetic."""
    assert set(SHIPPED) == implemented()


def test_all_that_was_asked_for_is_there() -> None:
    """Each of the seventeen calculators of the domain reference has its page."""
    wanted = {
        "C1": "lpr-cap", "C2": "loan-old", "C3": "loan-interest", "C3 compound": "loan-rollover", "C4": "sale-late", "C5": "delayed-interest",
        "C6": "deposit", "C6 penalty": "penalty", "C7": "severance", "C8": "disability-death", "C9": "injury-costs", "C9 funeral": "funeral",
        "C9 dependants": "dependants", "C10": "child-support", "C11": "court-fee", "C12": "limitation", "C13": "small-claims",
        "C14": "consumer-damages", "C15": "prepaid-card", "C16": "rent-settlement", "C17": "support-share",
    }  # fmt: skip
    assert {name: key for name, key in wanted.items() if key not in SHIPPED} == {}


@pytest.mark.parametrize("key", SHIPPED)
def test_vectors_are_enough(key: str) -> None:
    """At least four, one of them something that is refused; the first can serve as the page's example."""
    vectors = SHIPPED[key].vectors
    assert len(vectors) >= LEAST_VECTORS
    assert any(vector.refused for vector in vectors)
    assert vectors[0].expect


@pytest.mark.parametrize("key", SHIPPED)
def test_every_result_and_remark_has_its_wording(key: str) -> None:
    """What the program puts out is named in the content, and every remark of the content is given by the program."""
    program, calculator = blocks()[key], SHIPPED[key]
    remarks = set(re.findall(r'remark\("([a-z0-9-]+)"', program))
    outputs = set(re.findall(r'sheet\.(?:out|money)\("([a-z0-9-]+)"', program))
    if "conclude(" in program:
        remarks.add("no-holidays")
        outputs |= {"last", "left"}
    assert remarks == set(calculator.remarks)
    assert outputs <= {o.key for o in calculator.outputs}


@pytest.mark.parametrize("key", SHIPPED)
def test_every_result_is_in_a_vector(key: str) -> None:
    """Each output but the distance from today and each remark is held by a vector."""
    calculator = SHIPPED[key]
    held = {name for vector in calculator.vectors for name in vector.expect}
    said = {name for vector in calculator.vectors for name in vector.remarks}
    spoken = {o.key for o in calculator.outputs} - {"left"}
    assert spoken - held == set()
    assert set(calculator.remarks) - said == set()


def test_a_date_without_a_figure_is_refused() -> None:
    """Every calculator that can't do without a dated figure has a vector in which the figure is missing, refused at its field."""
    spared = {"average", "minimum"}  # Shown with a remark when unknown; the rest of the result stands.
    for calculator in SHIPPED.values():
        needed = {i.key for i in calculator.inputs if i.figure} - spared
        refused = {name for vector in calculator.vectors for name in vector.refused}
        # Nothing else can be reckoned for older loans than a referral, so their day is refused first.
        if needed and calculator.id not in ("loan-rollover", "loan-interest"):
            assert needed <= refused, calculator.id


def test_figures_are_dated_and_local_ones_are_left_to_the_office() -> None:
    """Rows in order, each with a source; nothing known beyond the last row; what hasn't been verified is empty."""
    for figure in shipped_list("figures"):
        assert all(one.from_ < two.from_ for one, two in pairwise(figure.rows)), figure.id
        assert all(row.source for row in figure.rows)
        if figure.id.startswith("lpr-"):
            assert figure.known_to == figure.rows[-1].from_
        else:
            assert figure.rows == [], figure.id


# ---- the pages ----


@pytest.fixture(scope="module")
def built(shipped: Project) -> Project:
    """The shipped site."""
    return shipped.build().exits(0)


@pytest.mark.parametrize("key", SHIPPED)
def test_page_can_be_read_without_a_script(built: Project, key: str) -> None:
    """Formula, example, articles with gists, publisher of what is missing, and that it is for reference only."""
    calculator, page = SHIPPED[key], built.page(f"calculators/{key}.html")
    for line in calculator.formula:
        assert line in page.text
    for key_, value in calculator.vectors[0].expect.items():
        unit = next(o.unit for o in calculator.outputs if o.key == key_) or ""
        assert value + unit in page.text
    assert "仅供协商参考，以法院认定为准" in page.text
    for figure in calculator.figures:
        row = next(f for f in shipped_list("figures") if f.id == figure)
        assert (row.rows[-1].source if row.rows else row.publisher) in page.text
    assert len([link for link in page.links if "../laws/" in link and "#a" in link]) >= len(calculator.laws)


def test_every_field_has_a_label_and_a_place_for_its_refusal(built: Project) -> None:
    """On each page every input is labelled and described by an element that exists."""
    for key in SHIPPED:
        elements = built.page(f"calculators/{key}.html").elements
        ids = {attrs["id"] for _, attrs in elements if "id" in attrs}
        labelled = {attrs["for"] for tag, attrs in elements if tag == "label" and "for" in attrs}
        for tag, attrs in elements:
            if tag in ("input", "select") and attrs.get("id", "").startswith("f-"):
                assert attrs["id"] in labelled
                assert set(attrs["aria-describedby"].split()) <= ids
                assert f"e-{attrs['name']}" in attrs["aria-describedby"].split()


def test_guides_lead_to_their_calculators(built: Project) -> None:
    """A guide, in both versions, links to every calculator that lists its dispute; both indexes lead to the list."""
    for calculator in SHIPPED.values():
        for dispute in calculator.disputes:
            for page in (f"disputes/{dispute}.html", f"disputes/{dispute}-villager.html"):
                assert f"../calculators/{calculator.id}.html" in built.page(page).links
    assert "../calculators/index.html" in built.page("procedures/index.html").links
    assert "calculators/index.html" in built.page("index.html").links
    listed = built.page("calculators/index.html").links
    assert [key for key in SHIPPED if f"{key}.html" not in listed] == []


def test_scripts_are_loaded_only_where_they_are_needed(built: Project) -> None:
    """The calculators' scripts are on their pages and on procedures with deadlines, in order, and nowhere else."""
    for name in built.pages():
        page = built.page(name)
        scripts = [attrs["src"].rsplit("/", 1)[-1] for tag, attrs in page.elements if tag == "script" and "src" in attrs]
        forms = [attrs for tag, attrs in page.elements if tag == "form" and "data-calculator" in attrs]
        ours = [s for s in scripts if s in ("exact.js", "days.js", "calendar-file.js", "calculator-core.js", "calculators.js", "calculator.js")]
        assert len(ours) == 6 * len(forms), name
        assert len(forms) <= 1, name


def test_procedures_with_deadlines_have_their_form(built: Project) -> None:
    """The form of a procedure offers exactly its own deadlines."""
    for path in sorted((REPO / "guides/procedures").glob("*.yaml")):
        procedure = yaml.safe_load(path.read_text("utf-8"))
        page = built.page(f"procedures/{path.stem}.html")
        data = [json.loads(text) for text in page.texts if text.startswith('{"deadlines"')]
        assert [d["id"] for d in procedure.get("deadlines", [])] == [d["id"] for one in data for d in one["deadlines"]]


# ---- mistakes in the content ----

PENALTY = """\
calculators:
- id: penalty
  title: 违约金
  group: 买卖
  lead: 比一比。
  inputs:
  - {key: loss, label: 损失, type: 金额}
  - {key: agreed, label: 违约金, type: 金额}
  outputs:
  - {key: line, label: 线, unit: 元, main: true}
  remarks: {fair: 照约定, high: 过高, low: 不够}
  formula: [线 = 损失 × 130%]
  laws: [民法典第288条]
  disputes: [neighbours]
  vectors:
  - {given: {loss: 100, agreed: 130}, expect: {line: 130}}
  - {given: {loss: 100, agreed: 120}, expect: {line: 130}}
  - {given: {loss: 100, agreed: 110}, expect: {line: 130}}
  - {given: {loss: -1, agreed: 110}, refused: [loss]}
"""


@pytest.fixture
def project_with_calculator(project: Project) -> Project:
    """The small project with one calculator and no finding."""
    project.write(CALCULATORS, PENALTY)
    project.check()
    return project


def test_small_project_with_a_calculator_is_faultless(project_with_calculator: Project) -> None:
    """A calculator needs no figures; the guide of its dispute links to it."""
    project_with_calculator.expect().build().exits(0)
    assert "../calculators/penalty.html" in project_with_calculator.page("disputes/neighbours.html").links


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("id: penalty", "id: penalti", "2:7 错误 [calculator-unknown] 没有计算器“penalti”的算法"),
        ("  - {given: {loss: 100, agreed: 110}, expect: {line: 130}}\n", "", "2:7 错误 [calculator-vectors] 计算器“违约金”只有3组测试数据"),
        ("expect: {line: 130}}\n  - {given: {loss: 100, agreed: 120}", "expect: {lime: 130}}\n  - {given: {loss: 100, agreed: 120}", "16:54 错误 [reference] 这个计算器没有“lime”"),
        ("refused: [loss]", "refused: [los]", "19:48 错误 [reference] 这个计算器没有“los”"),
        ("refused: [loss]", "note: 空", "19:5 错误 [calculator-vectors] 一组测试数据要么写 expect，要么写 refused"),
        ("label: 损失, type: 金额", "label: 损失, type: 选项", "7:34 错误 [calculator-options] “损失”的种类和选项对不上"),
        ("label: 损失, type: 金额", "label: 损失, type: 金额, figure: lpr", "7:46 错误 [reference] 数据“lpr”没有列在 figures 里"),
        ("laws: [民法典", "figures: [lpr]\n  laws: [民法典", "13:13 错误 [reference] 没有数据“lpr”"),
        ("disputes: [neighbours]", "disputes: [nobody]", "14:14 错误 [reference] 没有纠纷类型“nobody”"),
        ("民法典第288条", "民法典第2888条", "13:10 错误 [article-missing] 《民法典》没有第2888条，这一版到第1260条为止"),
    ],
)  # fmt: skip
def test_mistake_is_named_with_its_place(project_with_calculator: Project, old: str, new: str, line: str) -> None:
    """Each mistake in a calculator's data is found before publication."""
    project_with_calculator.change(CALCULATORS, old, new).check().expect(f"{CALCULATORS}:{line}").exits(1)


def test_text_of_a_calculator_is_shown_as_text(project_with_calculator: Project) -> None:
    """Markup typed into a calculator's wording becomes neither an element nor the end of the data for the script."""
    plain = project_with_calculator.build().exits(0).page("calculators/penalty.html")
    evil = "</script><img src=x onerror=alert(1)>"
    project_with_calculator.write(CALCULATORS, PENALTY.replace("比一比。", evil).replace("照约定", evil).replace("label: 损失", f'label: "{evil}"'))
    hostile = project_with_calculator.build().exits(0).page("calculators/penalty.html")
    assert plain.shape == hostile.shape
    data = next(text for text in hostile.texts if text.startswith('{"deadlines"'))
    assert json.loads(data)["remarks"]["fair"] == evil


def test_holidays_reach_the_form(project: Project) -> None:
    """Holidays that the office enters are handed to the deadline form of every procedure; a year can't have none."""
    for name in (CALCULATORS, FIGURES):
        text = (REPO / name).read_text("utf-8")
        project.write(name, text)
    project.change(FIGURES, "holidays: []", "holidays:\n- {year: 2027, off: [2027-02-08], work: [2027-02-13], source: 放假通知, entered: 2026-12-01}")
    loaded, findings = load(project.root / FIGURES, FIGURES, KINDS["figures"])
    assert findings == []
    assert [(y.year, [d.isoformat() for d in y.off], [d.isoformat() for d in y.work]) for y in loaded.holidays] == [
        (2027, ["2027-02-08"], ["2027-02-13"])
    ]
    project.change(FIGURES, "off: [2027-02-08]", "off: []")
    assert load(project.root / FIGURES, FIGURES, KINDS["figures"])[0] is None


def test_guide_without_calculators_says_nothing(project: Project) -> None:
    """A project without calculators has no page of them and no empty heading."""
    project.build().exits(0)
    assert "算一算" not in project.page(GUIDE.replace("guides/", "").replace(".yaml", ".html")).text
    assert not (project.root / "site/calculators").exists()
