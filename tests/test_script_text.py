"""Script as text: whatever is typed into any text field is shown as it was typed and never becomes an element.

Two sites are built from the same content, once with a harmless mark in every text field and once with the
hostile text in its place. Element for element and attribute for attribute they must be the same page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from full_content import everywhere, filled, strings, text_places
from html_page import HtmlPage
from project import GUIDE, LANE, LAWS, OFFICE, PROCEDURE, Project
from tingsuo.model.case import KINDS as CASE_KINDS

LONG, SHORT = 30, 7
MARK, SHORT_MARK = "①" * LONG, "②" * SHORT
GISTS = "guides/reference/articles/civil-code.yaml"

# Name → the text, and a short form of it for fields that take only a few characters.
_HOSTILE = {
    "script": ("<script>alert(1)</script>", "<b>x"),
    "image": ("<img src=x onerror=alert(1)>", "<img>"),
    "svg": ("<svg/onload=alert(1)>", "<svg>"),
    "end of script": ("</script><script>alert(1)//", "</a>"),
    "end of everything": ("</p></body></html><h1>x</h1>", "</p>"),
    "attribute": ('" onmouseover="alert(1)" x="', '" x="'),
    "attribute, single quotes": ("' onmouseover='alert(1)' x='", "' x='"),
    "javascript link": ("[x](javascript:alert(1))", "[x](y)"),
    "angle link": ("<javascript:alert(1)>", "<a:b>"),
    "picture": ("![x](https://x.org/x.png)", "![x]"),
    "template": ("{{7*7}}{% raw %}", "{{7}}"),
    "placeholder": ("@@tingsuo:body@@", "@@x@@"),
    "placeholder of the title": ("@@tingsuo:title@@", "@@"),
    "comment": ("<!-- x -->", "<!--"),
    "cdata": ("]]><![CDATA[", "]]>"),
    "entity": ("&lt;b&gt;&amp;amp;&#60;", "&lt;"),
    "escapes": ("\\u003cb\\u003e\\x3c\\n", "\\x3c"),
}
HOSTILE = {name: (long.ljust(LONG, "x"), short.ljust(SHORT, "x")) for name, (long, short) in _HOSTILE.items()}
"""As long as the marks, so that they fit, wrap and are cut like them."""


# What leads from one to the other, and a number that the filled office has.
QUESTION = {
    "id": "first", "ask": "x", "help": "x", "laws": ["民法典第288条"],
    "options": [{"label": "x", "go": "last", "red": "true"}, {"label": "x", "go": "last"}],
}  # fmt: skip
ENDING = {
    "id": "last", "title": "x", "tone": "红", "do": ["x"], "bring": [{"item": "x", "note": "x"}], "call": "12345", "person": "x",
    "laws": ["民法典第288条"], "procedure": "judicial-confirmation", "guide": "neighbours",
}  # fmt: skip

QUIZ_QUESTION = {"id": "q01", "ask": "x", "options": ["x", "y"], "answer": "1", "explain": "x", "laws": ["民法典第288条"]}

LEDGER: dict[str, Any] = {"tab": "研判", "columns": [{"name": "x", "type": "选项", "options": ["x"]}]}


def content(project: Project, text: str, short: str) -> None:
    """The small project with every text field of every kind of content that has pages filled with a text."""

    def put(name: str, kind: str, **own: object) -> None:
        data = everywhere(kind, filled(kind, **own), text, short)
        # The one text that can't be hostile: a party must be masked.
        data.update({"people": [{**person, "name": "张某"} for person in data.get("people", ())]} if "people" in data else {})
        project.write(name, json.dumps(data, ensure_ascii=False))

    for number, kind in enumerate(CASE_KINDS):
        own = {"source": None} if kind == "教学示例" else {}
        put(f"cases/neighbours/case-{number}.yaml", kind, id=f"case-{number}", month=f"2026-0{number + 1}", **own)
    put(GUIDE, "guide", id="neighbours")
    put(PROCEDURE, "procedure", id="judicial-confirmation")
    town = {"id": "east", "name": "东", "kind": "镇"}
    put(OFFICE, "office", towns=[town])
    put("guides/reference/calendar.yaml", "calendar")
    put("guides/publicity/x-kit.yaml", "publicity", id="x-kit", quiz="x-quiz", days=[], cases=[])
    put("guides/quizzes/x-quiz.yaml", "quiz", id="x-quiz", questions=[QUIZ_QUESTION])
    put("guides/pathways/x-path.yaml", "pathway", id="x-path", start="first", questions=[QUESTION], endings=[ENDING])
    put("guides/mechanisms/x-hidden.yaml", "mechanism", id="x-hidden", ledger=None)
    way = everywhere("mechanism", filled("mechanism", id="x-way", not_published=None, ledger=LEDGER), text, short)
    # The one text that can't be hostile: a sheet's name mustn't.
    way["ledger"]["tab"] = LEDGER["tab"]
    project.write("guides/mechanisms/x-way.yaml", json.dumps(way, ensure_ascii=False))
    put("guides/reference/seeds.yaml", "seeds", seeds=[{"number": "1", "part": "机制", "sources": ["庭所共建"], "label": "x"}])
    put("guides/reference/changes.yaml", "changes")
    put("guides/reference/comparison.yaml", "comparison", calculator=None)
    put("guides/reference/terms.yaml", "terms")
    law = everywhere("laws", filled("laws"), text, short)["laws"][0]
    project.append(LAWS, f"- {json.dumps({**law, 'id': 'x-law'}, ensure_ascii=False)}\n")
    gist = everywhere("articles", filled("articles"), text, short)["articles"][0]
    project.append(GISTS, f"- {json.dumps(gist, ensure_ascii=False)}\n")


def site(root: Path, text: str, short: str) -> dict[str, HtmlPage]:
    """All pages of the site built from that content."""
    project = Project(root)
    content(project, text, short)
    project.build().exits(0)
    return {name: project.page(name) for name in project.pages()}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HtmlPage]:
    """The site with the harmless marks."""
    return site(tmp_path_factory.mktemp("harmless"), MARK, SHORT_MARK)


def readable(page: HtmlPage) -> str:
    """All text of a page; data for scripts as its values, however they are escaped in the file."""
    out = []
    for text in page.texts:
        try:
            out.append("\n".join(flat(json.loads(text))) if text[:1] in "[{" else text)
        except ValueError:
            out.append(text)
    return "".join(out)


def flat(value: object) -> list[str]:
    """Every string and number in parsed JSON."""
    if isinstance(value, dict):
        return [text for key, child in value.items() for text in (key, *flat(child))]
    if isinstance(value, list):
        return [text for child in value for text in flat(child)]
    return [str(value)]


FLOW = re.compile(r'<svg class="ts-flow__svg".*?</svg>', re.DOTALL)
"""A drawing of a flow. It breaks its lines by the width of the letters, so its twin has other lines."""


def without_drawings(page: HtmlPage) -> HtmlPage:
    """The page without the drawings of its flow."""
    return HtmlPage(FLOW.sub("", page.html))


def drawings(page: HtmlPage) -> list[HtmlPage]:
    """The drawings of its flow."""
    return [HtmlPage(svg) for svg in FLOW.findall(page.html)]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_text(tmp_path: Path, harmless: dict[str, HtmlPage], name: str) -> None:
    """No page has an element or an attribute more than its harmless twin, and its text is the twin's with the text in it."""
    text, short = HOSTILE[name]
    hostile = site(tmp_path, text, short)

    def twin(harmless_text: str) -> str:
        harmless_text = re.sub("①+", lambda mark: text[: len(mark[0])], harmless_text)
        return re.sub("②+", lambda mark: short[: len(mark[0])], harmless_text)

    assert list(harmless) == list(hostile)
    for page_name, whole in hostile.items():
        model, page = without_drawings(harmless[page_name]), without_drawings(whole)
        assert len(drawings(harmless[page_name])) == len(drawings(whole)), page_name
        for one, other in zip(drawings(harmless[page_name]), drawings(whole), strict=True):
            assert {tag for tag, _ in other.elements} <= {"svg", "title", "desc", "g", "rect", "text", "path", "circle"}
            assert [twin(text) for text in one.texts[:2]] == other.texts[:2]
        assert [part for part in model.shape if part != "text"] == [part for part in page.shape if part != "text"], page_name
        assert [twin(value) for value in model.attributes()] == page.attributes(), page_name
        assert twin(readable(model)) == readable(page), page_name


def test_marks_are_on_the_pages(harmless: dict[str, HtmlPage]) -> None:
    """The twins are worth comparing: each kind of content shows most of its text fields."""
    counts = {name: len(re.findall("①+|②+", readable(page))) for name, page in harmless.items()}
    least = {
        "cases/neighbours/case-0.html": 25,
        "cases/neighbours/case-5.html": 20,
        "disputes/neighbours.html": 50,
        "disputes/neighbours-villager.html": 5,
        "procedures/judicial-confirmation.html": 25,
        "pathways/x-path.html": 12,
        "pathways/index.html": 2,
        "compare.html": 15,
        "laws/changes.html": 4,
        "office/index.html": 10,
        "office/east.html": 5,
        "calendar.html": 4,
        "publicity/x-kit.html": 20,
        "quizzes/x-quiz.html": 6,
        "push.html": 10,
        "laws/civil-code.html": 2,
        "laws/x-law.html": 2,
        "index.html": 10,
    }
    assert {name: count for name, count in counts.items() if count < least.get(name, 0)} == {}


@pytest.mark.parametrize("text", [long for long, _ in HOSTILE.values()])
def test_hostile_name_of_a_party_is_refused(project: Project, text: str) -> None:
    """A party's name is the one text that doesn't reach a page: what isn't masked stops the publication."""
    project.write(LANE, json.dumps(filled("人民调解案例", id="lane", people=[{"role": "申请人", "name": "张某" + text}]), ensure_ascii=False))
    project.check().exits(1)
    assert "name-unmasked" in {finding["code"] for finding in project.findings}


@pytest.mark.parametrize("kind", [*CASE_KINDS, "guide", "procedure", "office", "calendar", "terms"])
def test_every_text_field_is_tried(kind: str) -> None:
    """Walking a kind's model finds its text fields: every string takes the text, or is of a kind that takes no words."""
    data = filled(kind)
    places = [place for place, _ in text_places(kind, data, "<b>")]
    assert len(places) >= 3
    assert len(places) < len(list(strings(data))) + 1


PROSE = """<div onclick="alert(1)">
<b>x</b>
</div>

- <script>alert(1)</script>
- `<img src=x>` 和 **<i>x</i>**

| 甲 | 乙 |
|----|----|
| <u>x</u> | [x](javascript:alert(1)) |

[x]: javascript:alert(1)

    <script>alert(2)</script>

1. &lt;b&gt; <https://example.org> ![x](x.png)

# 标题 {: onclick=alert(1) }
"""


def test_prose_makes_paragraphs_lists_and_tables_only(tmp_path: Path) -> None:
    """Several lines of Markdown with HTML in it: only plain text elements come out, none with an attribute."""
    project = Project(tmp_path)
    indented = PROSE.replace("\n", "\n    ")
    project.change("cases/neighbours/lane.yaml", "    调解员同两家到现场，量出巷宽一米五，石头占去一半。\n", f"    {indented.rstrip()}\n")
    project.build().exits(0)
    html = project.read("site/cases/neighbours/lane.html")
    section = HtmlPage(re.search(r'<section aria-labelledby="process">.*?</section>', html, re.DOTALL)[0])  # type: ignore[index]
    tags = {tag for tag, _ in section.elements}
    assert tags <= {"section", "h2", "p", "br", "ul", "ol", "li", "code", "pre", "strong", "em", "table", "thead", "tbody", "tr", "th", "td"}
    assert [attributes for tag, attributes in section.elements if attributes and tag not in ("section", "h2")] == []
    for text in ("<script>alert(1)</script>", "<script>alert(2)</script>", '<div onclick="alert(1)">', "[x](javascript:alert(1))"):
        assert text in section.text
