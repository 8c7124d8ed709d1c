"""References between files: everything that names another file's id names one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ..findings import Finding, Loc, error, warning
from ..library import Library, Reference
from ..model import KINDS
from ..model.base import Content
from ..model.case import CaseBase
from ..model.guide import DisputeGuide
from ..model.mechanism import Mechanism
from ..model.procedure import Procedure
from ..model.publicity import PublicityKit
from ..model.training import Quiz
from .subject import Subject

# field name → the collection it points into
_TARGETS = {
    "disputes": "guide",
    "also": "guide",
    "guide": "guide",
    "procedure": "procedure",
    "documents": "document",
    "document": "document",
    "pathways": "pathway",
    "quiz": "quiz",
    "test": "quiz",
    "kit": "publicity",
    "mechanisms": "mechanism",
    "procedures": "procedure",
    "guides": "guide",
}
_LABELS = {
    "guide": "纠纷类型", "procedure": "流程", "document": "文书", "pathway": "分流导航", "quiz": "题库", "town": "镇街", "calculator": "计算器",
    "publicity": "活动包", "mechanism": "机制", "case": "案例", "day": "宣传节点", "figure": "数据",
}  # fmt: skip


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """References of one item."""
    item, file = subject.item, subject.file
    if isinstance(item, CaseBase):
        yield from _case(item, file, reference)
        return
    for loc, value in subject.texts:
        field = next((part for part in reversed(loc) if isinstance(part, str)), "")
        if field == "go" and isinstance(item, DisputeGuide | Procedure):
            yield from _missing(value, "procedure", reference, file, loc)
        elif field == "calculators":
            if value not in reference.calculators:
                yield _dead(value, "calculator", list(reference.calculators), file, loc)
        elif field in _TARGETS and not (field == "document" and isinstance(item, Mechanism)):
            yield from _missing(value, _TARGETS[field], reference, file, loc)


def _case(case: CaseBase, file: str, reference: Reference) -> Iterator[Finding]:
    folder, stem = PurePosixPath(file).parent.name, PurePosixPath(file).stem
    if case.dispute not in reference.guides:
        yield from _missing(case.dispute, "guide", reference, file, ("dispute",))
    elif folder != case.dispute:
        yield error(
            file,
            "wrong-folder",
            f"dispute 是“{case.dispute}”，文件却放在“{folder}”里",
            f"把文件移到 cases/{case.dispute}/，或改 dispute",
            ("dispute",),
        )
    for index, other in enumerate(case.also):
        yield from _missing(other, "guide", reference, file, ("also", index))
    if case.id != stem:
        yield error(file, "id-file", f"id 是“{case.id}”，文件名却是“{stem}”", "让 id 和文件名一致", ("id",))
    if case.town and case.town not in reference.towns:
        yield _dead(case.town, "town", list(reference.towns), file, ("town",))


def _missing(value: str, kind: str, reference: Reference, file: str, loc: Loc) -> Iterator[Finding]:
    known = reference.collection(kind)
    if value not in known:
        # A file that is there and can't be read has its own finding.
        if not (reference.root / KINDS[kind].pattern.replace("*", value)).is_file():
            yield _dead(value, kind, list(known), file, loc)
    elif not known[value].published:
        yield warning(file, "reference-hidden", f"{_LABELS[kind]}“{value}”还没有发布", "发布它，或先不引用", loc)


def _dead(value: str, kind: str, known: list[str], file: str, loc: Loc) -> Finding:
    hint = "可用的有：" + "、".join(known[:24]) if known else "目前一个也没有"
    return error(file, "reference", f"没有{_LABELS[kind]}“{value}”", hint, loc)


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Ids are unique across folders; what is named from lists, kits and quizzes exists.

    `ids` gives the files of every case id, unpublished ones included.
    """
    reference = library.reference
    for case_id, files in sorted(ids.items()):
        for file in files[1:]:
            yield error(file, "id-twice", f"id“{case_id}”在 {files[0]} 已经用过", "换一个编号，文件名一起改", ("id",))
    for _, file, item in reference.items():
        yield from _links(item, file, library, ids)
    for group in ("centres", "courts", "justice_offices"):
        for n, desk in enumerate(getattr(reference.office, group)):
            for t, town in enumerate(desk.towns):
                if town not in reference.towns:
                    yield _dead(town, "town", list(reference.towns), reference.files["office", "office"], (group, n, "towns", t))
    for n, point in enumerate(reference.office.points):
        if point.town not in reference.towns:
            yield _dead(point.town, "town", list(reference.towns), reference.files["office", "office"], ("points", n, "town"))


def _links(item: Content, file: str, library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """The cases of quizzes and event kits, and the kits' days."""
    cases: list[tuple[str, Loc]] = []
    if isinstance(item, PublicityKit):
        cases = [(case, ("cases", n)) for n, case in enumerate(item.cases)]
        calendar = library.reference.calendar
        days = [day.id for day in calendar.days] if calendar else []
        for n, day in enumerate(item.days):
            if day not in days:
                yield _dead(day, "day", days, file, ("days", n))
    elif isinstance(item, Quiz):
        cases = [(question.case, ("questions", n, "case")) for n, question in enumerate(item.questions) if question.case]
    for case, loc in cases:
        if case not in ids:
            yield _dead(case, "case", sorted(ids), file, loc)
        elif case not in library.cards:
            yield warning(file, "reference-hidden", f"案例“{case}”还没有发布", "发布它，或先不引用", loc)
