"""Quizzes (有奖问答): a question answers at once; without scripts the answer unfolds; on paper the key has its own sheet."""

from __future__ import annotations

from typing import Any

from ..library import Library, Reference
from ..model.publicity import PublicityKit
from ..model.training import Quiz
from .event import URL as EVENT
from .html import linker, render
from .kit import published_kits
from .page import Page
from .prints import prints

LETTERS = "ABCDE"


def published_quizzes(reference: Reference) -> list[Quiz]:
    """The quizzes that are shown, in file order."""
    return [quiz for quiz in reference.quizzes.values() if quiz.published]


def kit_of(reference: Reference, quiz: Quiz) -> PublicityKit | None:
    """The kit that uses a quiz."""
    return next((kit for kit in published_kits(reference) if kit.quiz == quiz.id), None)


def quizzes_page(library: Library) -> Page:
    """All quizzes: those of publicity days, those of a dispute type, those for the office's own people."""
    reference = library.reference
    order = list(reference.guides)
    groups: dict[str, list[Quiz]] = {"按宣传日": [], "按纠纷": [], "给调解员和网格员": []}
    for quiz in published_quizzes(reference):
        group = "按宣传日" if kit_of(reference, quiz) else "按纠纷" if len(quiz.disputes) == 1 else "给调解员和网格员"
        groups[group].append(quiz)
    groups["按纠纷"].sort(key=lambda quiz: order.index(quiz.disputes[0]) if quiz.disputes[0] in order else len(order))
    count = sum(len(quiz.questions) for quizzes in groups.values() for quiz in quizzes)
    return Page(
        url="quizzes/index.html",
        section="publicity",
        title="有奖问答",
        body=render(
            "quizzes.html",
            groups=[(f"g{n}", name, quizzes) for n, (name, quizzes) in enumerate(groups.items(), 1) if quizzes],
            count=count,
            event=EVENT,
        ),
        description="点一下就知道对不对，每题有解释和法条。",
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html")),
    )


def quiz_page(library: Library, quiz: Quiz) -> Page:
    """One quiz."""
    reference = library.reference
    links = linker(reference, 1)
    questions: list[dict[str, Any]] = [
        {
            "question": question,
            "options": list(zip(LETTERS, question.options, strict=False)),
            "letter": LETTERS[question.answer - 1],
            "right": question.options[question.answer - 1],
            "laws": links.cites(question.laws),
            "case": library.cards.get(question.case or ""),
        }
        for question in quiz.questions
    ]
    return Page(
        url=f"quizzes/{quiz.id}.html",
        section="publicity",
        title=quiz.title,
        body=render(
            "quiz.html",
            quiz=quiz,
            questions=questions,
            kit=kit_of(reference, quiz),
            guides=[guide for key in quiz.disputes if (guide := reference.guides.get(key)) and guide.published],
            prints=prints(reference, "quiz", quiz.id, "../"),
            event=EVENT,
        ),
        description=quiz.lead,
        crumbs=(("首页", "index.html"), ("普法日历", "calendar.html"), ("有奖问答", "quizzes/index.html")),
        layout="quiz",
    )
