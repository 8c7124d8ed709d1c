"""Pathways (分流导航): every walk of every pathway ends well, and the page says it without a script. Also the two pages beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from html_page import HtmlPage
from project import REPO
from tingsuo.library import Library, load_reference
from tingsuo.model.pathway import Ending, Pathway
from tingsuo.pages import recipes
from tingsuo.pages.comparison import fee_examples
from tingsuo.pages.pathway import tokens, walk_order


@cache
def library() -> Library:
    """The shipped content without its cases."""
    reference, _ = load_reference(REPO)
    assert reference is not None
    return Library.of(reference, [])


@cache
def pages() -> dict[str, HtmlPage]:
    """The bodies of the pages that this file is about."""
    wanted = re.compile(r"pathways/|compare\.html|laws/|procedures/index|disputes/|index\.html$|office/index")
    return {recipe.url: HtmlPage(recipe.make().body) for recipe in recipes(library(), b"") if wanted.match(recipe.url)}


PATHWAYS = list(library().reference.pathways.values())


def walks(path: Pathway) -> Iterator[tuple[tuple[str, ...], Ending]]:
    """Every way through a pathway: the answers given, and the ending."""
    questions = {q.id: q for q in path.questions}
    endings = {e.id: e for e in path.endings}

    def on(place: str, answers: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Ending]]:
        if place in endings:
            yield answers, endings[place]
            return
        for option in questions[place].options:
            yield from on(option.go, (*answers, option.label))

    yield from on(path.start, ())


def ids(page: HtmlPage) -> list[str]:
    """The ids of a page's elements."""
    return [attrs["id"] for _, attrs in page.elements if "id" in attrs]


# ---- the content ----


def test_all_that_was_asked_for_is_there() -> None:
    """Mediation or not, after an agreement, after a failure, labour, land, minor injury, emergencies of property and family."""
    wanted = {
        "can-it-be-mediated", "after-agreement", "after-failure", "labour", "land", "minor-injury", "property-emergency", "family-emergency",
    }  # fmt: skip
    assert wanted <= {path.id for path in PATHWAYS}


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_every_walk_ends_with_article_papers_and_person(path: Pathway) -> None:
    """Whatever is answered, at most six questions lead to what to do, an article that stands, what to bring, and a person."""
    register, day = library().reference.register, library().reference.day
    found = list(walks(path))
    assert {ending.id for _, ending in found} == {ending.id for ending in path.endings}
    for answers, ending in found:
        assert len(answers) <= 6, answers
        assert ending.do, answers
        assert ending.bring, answers
        assert len(ending.person) >= 2, answers
        resolved = [r for citation in ending.laws for r in register.cited(citation, day)]
        assert resolved, answers
        assert [r.text for r in resolved if r.problem] == []


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_danger_is_asked_first_and_ends_at_a_telephone(path: Pathway) -> None:
    """The first question has red answers; every red answer ends at once, red, with a public number."""
    numbers = {h.number for h in library().reference.office.hotlines}
    questions = {q.id: q for q in path.questions}
    endings = {e.id: e for e in path.endings}
    assert any(option.red for option in questions[path.start].options)
    for question in path.questions:
        reds = [option.red for option in question.options]
        assert reds == sorted(reds, reverse=True), question.id
        for option in question.options:
            if option.red:
                assert endings[option.go].tone == "红", option.label
                assert endings[option.go].call in numbers, option.label


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_none_of_these_leads_to_a_person(path: Pathway) -> None:
    """What stands under “以上都不是” names the liaison point and says that somebody will look at it."""
    assert "法官联络点" in path.none_of_these


# ---- the page ----


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_page_is_a_tree_of_anchors(path: Pathway) -> None:
    """Without a script each answer is a link to a question or an ending of the page, and each question has a way to a person."""
    page = pages()[f"pathways/{path.id}.html"]
    anchors = ids(page)
    assert len(anchors) == len(set(anchors))
    assert {f"q-{q.id}" for q in path.questions} | {f"end-{e.id}" for e in path.endings} | {"none"} <= set(anchors)
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inside) <= set(anchors)
    assert inside.count("none") == len(path.questions)
    for question in path.questions:
        for option in question.options:
            assert f"q-{option.go}" in inside or f"end-{option.go}" in inside
    assert "../office/index.html" in page.links


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_page_calls_only_public_numbers(path: Pathway) -> None:
    """tel: links lead to registered public numbers; every red ending has one."""
    page = pages()[f"pathways/{path.id}.html"]
    numbers = {h.number for h in library().reference.office.hotlines}
    called = [link.removeprefix("tel:") for link in page.links if link.startswith("tel:")]
    assert set(called) <= numbers
    assert len(called) >= sum(e.tone == "红" for e in path.endings)


@pytest.mark.parametrize("path", PATHWAYS, ids=lambda path: path.id)
def test_printed_tree_has_every_question_once_and_every_answer(path: Pathway) -> None:
    """The tree on paper writes each question out once; each answer stands in it with where it leads."""
    html = pages()[f"pathways/{path.id}.html"].html
    tree = HtmlPage(html[html.index('<div class="ts-tree__root">') : html.index('<div class="ts-ends">')])
    for question in path.questions:
        assert tree.texts.count(f" {question.ask}") == 1, question.id
        for option in question.options:
            assert option.label in tree.texts, option.label
    assert {f"#end-{e.id}" for e in path.endings} <= set(tree.links)


def test_questions_are_numbered_as_the_tree_writes_them() -> None:
    """The start is the first, every question has a number, and on paper the numbers run on."""
    for path in PATHWAYS:
        order = [q.id for q in walk_order(path)]
        assert order[0] == path.start
        assert sorted(order) == sorted(q.id for q in path.questions)
        html = pages()[f"pathways/{path.id}.html"].html
        numbers = [int(n) for n in re.findall(r"<p><b>第(\d+)问</b>", html)]
        assert numbers == list(range(1, len(order) + 1))


def test_two_answers_that_lead_to_one_place_have_two_addresses() -> None:
    """Within a question no two answers are called the same."""
    for path in PATHWAYS:
        for question in path.questions:
            assert len(set(tokens(question))) == len(question.options)


def test_pathways_are_found_from_everywhere() -> None:
    """Home, the procedures' overview, the guides of a pathway's disputes in both versions."""
    assert "pathways/index.html" in pages()["index.html"].links
    assert "../pathways/index.html" in pages()["procedures/index.html"].links
    for path in PATHWAYS:
        assert f"{path.id}.html" in pages()["pathways/index.html"].links
        for dispute in path.disputes:
            for version in ("", "-villager"):
                assert f"../pathways/{path.id}.html" in pages()[f"disputes/{dispute}{version}.html"].links


# ---- old beside new, and the comparison ----


def test_every_change_has_both_sides() -> None:
    """Each row says what it was, what it is now and what changed; the sides lead to the laws' pages, to anchors that are there."""
    page = pages()["laws/changes.html"]
    changes = library().reference.changes
    assert len(changes) >= 41
    assert page.html.count('role="row"') == len(changes) + len({c.group for c in changes})
    assert page.html.count("以前没有</span>") == sum(c.law.as_of is None for c in changes)
    assert "changes.html" in pages()["laws/index.html"].links
    for link in page.links:
        name, _, anchor = link.partition("#")
        assert anchor, link
        assert anchor in ids(pages()[f"laws/{name.removeprefix('../laws/')}"]), link


def test_groups_of_changes_stand_together() -> None:
    """A group's rows follow each other, so that it has one table."""
    groups = [c.group for c in library().reference.changes]
    assert sum(one != other for one, other in pairwise(groups)) + 1 == len(set(groups))


def test_comparison_takes_its_periods_from_the_procedures() -> None:
    """A period in the table is the procedure's own, with its article; what has none says so with an article."""
    reference = library().reference
    page = pages()["compare.html"]
    assert reference.comparison is not None
    assert len(reference.comparison.ways) >= 5
    for way in reference.comparison.ways:
        deadlines = {d.id: d for d in reference.procedures[way.procedure].deadlines}
        assert f"procedures/{way.procedure}.html" in page.links
        for period in way.takes:
            if period.deadline:
                assert deadlines[period.deadline].period in page.texts
            else:
                assert period.laws


def test_every_figure_of_the_comparison_has_its_article() -> None:
    """Each cell of the table has at least one link to a law."""
    cells = pages()["compare.html"].html.split('role="cell"')[1:]
    assert [cell[:60] for cell in cells if "laws/" not in cell.partition("</td>")[0]] == []


def test_fee_examples_are_the_calculators_own() -> None:
    """The amounts in the table are test vectors of the fee calculator, which the browser tests reckon again."""
    calculator = library().reference.calculators["court-fee"]
    examples = dict(fee_examples(calculator))
    assert {10_000, 50_000, 100_000} <= set(examples)
    assert (examples[100_000]["full"], examples[100_000]["half"]) == ("2300", "1150")
