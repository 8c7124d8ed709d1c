"""The flow of a procedure as drawings: lines as long as they may be, all that must be said, nothing that breaks the page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from project import REPO
from tingsuo.library import load_reference
from tingsuo.model.procedure import Procedure
from tingsuo.pages.flow import flow, wrap

SVG = "{http://www.w3.org/2000/svg}"
REFERENCE, _ = load_reference(REPO)
assert REFERENCE is not None
PROCEDURES = list(REFERENCE.procedures.values())
TITLES = {p.id: p.title for p in PROCEDURES}


def drawings(procedure: Procedure) -> list[ET.Element]:
    """The drawings of a procedure, parsed as XML."""
    html = str(flow(procedure, TITLES))
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def said(drawing: ET.Element) -> str:
    """All text drawn, lines joined."""
    return "".join(text.text or "" for text in drawing.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六七八九十", ["一二三四五六七八九十"]),
        ("一二三四五六七八九十甲乙丙丁戊", ["一二三四五六七八九十", "甲乙丙丁戊"]),
        ("一二三四五六七八九十甲", ["一二三四五六七八", "九十甲"]),
        ("一二三四五六七八九十，甲乙丙", ["一二三四五六七八九", "十，甲乙丙"]),
        ("一二三四五六七八九（甲乙丙）", ["一二三四五六七八九", "（甲乙丙）"]),
        ("一二三四五六七八九2026年起", ["一二三四五六七八九", "2026年起"]),
        ("", [""]),
    ],
    ids=["fits", "breaks", "no lost character", "no comma first", "no bracket last", "numbers whole", "empty"],
)
def test_lines_break_as_chinese_does(text: str, lines: list[str]) -> None:
    """Ten characters a line."""
    assert wrap(text, 10, 100) == lines


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.id)
def test_drawings_say_who_when_and_where_else(procedure: Procedure) -> None:
    """Each step in order with its actor and its deadline; each case that is closed; each way out."""
    found = drawings(procedure)
    texts = [said(drawing) for drawing in found]
    deadlines = {d.id: d for d in procedure.deadlines}
    if procedure.not_for:
        assert all(row.case in texts[0] and row.do in texts[0] for row in procedure.not_for)
        texts = texts[1:]
    for number, (step, text) in enumerate(zip(procedure.steps, texts, strict=False), 1):
        assert text.endswith(str(number))
        assert step.title in text
        assert step.actor in text
        if step.deadline:
            assert deadlines[step.deadline].period in text
    for row, text in zip(procedure.after, texts[len(procedure.steps) :], strict=True):
        assert row.if_ in text
        assert row.do in text


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.id)
def test_drawings_are_told_to_those_who_cannot_see_them(procedure: Procedure) -> None:
    """Each drawing is an image with a title and a description that it is labelled by; no id occurs twice."""
    names = set()
    for drawing in drawings(procedure):
        title, desc = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert title.text
        assert desc.text
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.get("id") not in names
        names.add(title.get("id"))
