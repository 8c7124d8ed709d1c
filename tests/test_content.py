"""The shipped content: faultless, and as much of it as was promised."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from project import REPO, Project
from tingsuo.load import files_of, load
from tingsuo.model import KINDS

OFFICIAL = {"指导性案例", "参考案例", "典型案例", "劳动争议典型案例"}


@cache
def shipped_items(kind: str) -> tuple[Any, ...]:
    """All items of a kind in the repository."""
    return tuple(load(source.path, source.name, KINDS[kind])[0] for source in files_of(KINDS[kind], REPO))


def test_no_finding_at_all(shipped: Project) -> None:
    """`tingsuo check --strict` has nothing to say about what we ship."""
    shipped.check("--strict").expect().exits(0)


@pytest.mark.parametrize(("kind", "least"), [("guide", 12), ("procedure", 4)])
def test_enough_of_a_kind(kind: str, least: int) -> None:
    """Twelve dispute guides and four procedures, published."""
    assert len([item for item in shipped_items(kind) if item.published]) >= least


def test_enough_cases() -> None:
    """At least 24 retold official cases that can be looked up by a public link, and 12 teaching examples."""
    published = [case for case in shipped_items("case") if case.published]
    assert len([case for case in published if case.kind in OFFICIAL and case.source.url]) >= 24
    assert len([case for case in published if case.kind == "教学示例"]) >= 12


def test_every_dispute_has_cases() -> None:
    """Each of the twelve dispute types has at least two cases."""
    counts = Counter(case.dispute for case in shipped_items("case") if case.published)
    assert {guide.id: counts[guide.id] for guide in shipped_items("guide") if counts[guide.id] < 2} == {}


def test_every_retold_case_names_its_source() -> None:
    """An official case says which collection it is from; a guiding case also its number."""
    for case in shipped_items("case"):
        if case.kind in OFFICIAL:
            assert case.source is not None, case.id
        if case.kind == "指导性案例":
            assert re.search(r"指导案例\d+号|指导性案例\d+号", case.source.name), case.id


def test_every_guide_is_complete() -> None:
    """Red stops with a number to call, elements, evidence, steps with words to say, ways out, what comes next."""
    for guide in shipped_items("guide"):
        assert any(stop.call for stop in guide.red_stops), guide.id
        assert min(len(guide.elements), len(guide.evidence), len(guide.steps), len(guide.sticking_points)) >= 3, guide.id
        assert any(step.say for step in guide.steps), guide.id
        assert len(guide.next) >= 2, guide.id
        assert len(guide.villager.first) >= 2, guide.id
        assert len(guide.laws) >= 4, guide.id


def test_site_of_the_shipped_content_is_whole(shipped: Project) -> None:
    """Built, it has a page for every guide, procedure, case and town, and every link in it leads to a file of it."""
    shipped.build().exits(0)
    pages = set(shipped.pages())
    wanted = {f"disputes/{guide.id}.html" for guide in shipped_items("guide")}
    wanted |= {f"procedures/{procedure.id}.html" for procedure in shipped_items("procedure")}
    wanted |= {f"cases/{case.dispute}/{case.id}.html" for case in shipped_items("case") if case.published}
    assert wanted - pages == set()

    site = (shipped.root / "site").resolve()
    dead = set()
    anchors: dict[str, set[str]] = {}
    for name in pages:
        anchors[name] = {attrs["id"] for _, attrs in shipped.page(name).elements if "id" in attrs}
    for name in pages - {"404.html"}:
        for link in shipped.page(name).links:
            if link.startswith(("tel:", "mailto:")):
                continue
            path, _, anchor = link.partition("#")
            target = (site / name).parent / path.split("?")[0] if path else site / name
            inside = target.resolve().relative_to(site).as_posix()
            if not target.is_file() or (anchor and "=" not in anchor and anchor not in anchors.get(inside, {anchor})):
                dead.add(f"{name} → {link}")
    assert dead == set()
