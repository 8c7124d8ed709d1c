"""The quiz on paper (答题卷) and its answer key, in the order that the tablet shows for the same paper number (卷号)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..library import Library, Reference
from ..model.training import Quiz, QuizQuestion
from ..shuffled import paper
from .guide_facts import names
from .sheet import KINDS, Sheet, file_name, frame

LETTERS = "ABCDE"


def quiz_papers(library: Library, seed: int = 0) -> Iterator[Sheet]:
    """Paper and key of each published quiz. `seed`: the paper number (卷号), 1 to 999999; 0 leaves all as in the file."""
    reference = library.reference
    mark = f"-卷号{seed}" if seed else ""
    for quiz in reference.quizzes.values():
        if not quiz.published:
            continue
        data = {**frame(library), **quiz_data(reference, quiz, seed)}
        name = f"{KINDS['quiz']}/{file_name(quiz.title)}{mark}"
        sources = (reference.files["quiz", quiz.id],)
        yield Sheet(f"{name}.pdf", "quiz", ("quiz", quiz.id), quiz.title, "quiz.typ", data, sources)
        yield Sheet(f"{name}-答案.pdf", "quiz", ("quiz", quiz.id), f"{quiz.title}：答案", "quiz-key.typ", data, sources)


def quiz_data(reference: Reference, quiz: Quiz, seed: int = 0) -> dict[str, Any]:
    """A quiz as plain data: questions in their order with options, the right letter, explanation and articles."""
    return {
        "title": quiz.title,
        "lead": quiz.lead,
        "seed": seed,
        "questions": [
            {
                "ask": question.ask,
                "options": [question.options[at] for at in order],
                "letter": LETTERS[order.index(question.answer - 1)],
                "right": question.options[question.answer - 1],
                "explain": question.explain,
                "laws": names(reference, question.laws),
            }
            for question, order in ordered(quiz, seed)
        ],
    }


def ordered(quiz: Quiz, seed: int) -> list[tuple[QuizQuestion, list[int]]]:
    """The questions with the order of their options, as the tablet draws them from the same number."""
    if not seed:
        return [(question, list(range(len(question.options)))) for question in quiz.questions]
    drawn = paper([question.options for question in quiz.questions], seed)
    return [(quiz.questions[at], options) for at, options in drawn]
