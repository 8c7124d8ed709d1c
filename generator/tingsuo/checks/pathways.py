"""Pathways (分流导航): every answer leads on, no walk turns in a circle, and each ends with articles, papers and a person."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Loc, error
from ..library import Reference
from ..model.pathway import Ending, Pathway, Question
from .subject import Subject


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """What is wrong with one pathway."""
    if isinstance(subject.item, Pathway):
        yield from _ways(subject.item, subject.file)
        hotlines = {hotline.number for hotline in reference.office.hotlines}
        for index, ending in enumerate(subject.item.endings):
            yield from _ending(ending, subject.file, ("endings", index), hotlines)


def _ways(path: Pathway, file: str) -> Iterator[Finding]:
    """Start and answers name what there is; everything is reached; nothing leads back."""
    questions = {q.id: q for q in path.questions}
    endings = {e.id: e for e in path.endings}
    if path.start not in questions:
        yield error(file, "reference", f"没有问题“{path.start}”", "start 要写一个问题的编号", ("start",))
    for index, ending in enumerate(path.endings):
        if ending.id in questions:
            yield error(file, "id-twice", f"“{ending.id}”既是问题又是结果", "改掉其中一个编号", ("endings", index, "id"))
    for q, question in enumerate(path.questions):
        calm = False
        for o, option in enumerate(question.options):
            at: Loc = ("questions", q, "options", o)
            if option.go not in questions and option.go not in endings:
                yield error(file, "reference", f"没有问题或结果“{option.go}”", "核对编号", (*at, "go"))
            elif question.id in _from(questions, option.go):
                yield error(file, "pathway-circle", f"选“{option.label}”会绕回前面的问题，走不完", "让它去一个结果，或去后面的问题", (*at, "go"))
            elif option.red and (option.go not in endings or endings[option.go].tone != "红"):
                yield error(file, "pathway-red", f"红灯“{option.label}”没有马上停下", "红灯要直接去一个 tone 是 红 的结果", (*at, "go"))
            if option.red and calm:
                yield error(file, "pathway-red", f"红灯“{option.label}”排在后面", "红灯排在别的选项前面", (*at, "red"))
            calm = calm or not option.red
    reached = _from(questions, path.start)
    places: list[tuple[str, Loc]] = [(q.id, ("questions", n, "id")) for n, q in enumerate(path.questions)]
    places += [(e.id, ("endings", n, "id")) for n, e in enumerate(path.endings)]
    for name, at in places:
        if name not in reached:
            yield error(file, "unreachable", f"{'问题' if name in questions else '结果'}“{name}”走不到", "让某个选项指向它，或删去", at)


def _ending(ending: Ending, file: str, at: Loc, hotlines: set[str]) -> Iterator[Finding]:
    """Papers to bring, and a public number where it is urgent. Articles and a person the model asks for."""
    if not ending.bring:
        yield error(
            file, "pathway-bring", f"结果“{ending.title}”没有写带什么", "写 bring，急的也写一样，例如 手机，里面的录音照片不要删", (*at, "id")
        )
    if ending.tone == "红" and not ending.call:
        yield error(file, "pathway-call", f"红的结果“{ending.title}”没有写打哪个电话", "写 call，例如 110", (*at, "tone"))
    if ending.call and ending.call not in hotlines:
        hint = "只写公开服务电话：" + "、".join(sorted(hotlines, key=lambda n: (len(n), n))) + "；别的先加到 office.yaml 的 hotlines"
        yield error(file, "pathway-call", f"“{ending.call}”不是登记过的公开服务电话", hint, (*at, "call"))


def _from(questions: dict[str, Question], start: str) -> set[str]:
    """Every question and ending that can be reached, the start itself included."""
    reached, todo = set(), [start]
    while todo:
        here = todo.pop()
        if here not in reached:
            reached.add(here)
            todo += [option.go for option in questions[here].options] if here in questions else []
    return reached
