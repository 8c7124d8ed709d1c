"""What is searched: a document for every guide, procedure, law article, event kit, quiz, handwritten page, town and case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..blanks import words_of
from ..library import CaseCard, Library, Reference
from ..model.base import Citation, Content
from ..model.case import CaseBase, sections_of
from ..pages.guide import villagers_only, villagers_part
from ..pages.html import anchor
from ..pages.law import articles_of
from ..walking import walk

KINDS = {
    "g": "指引",
    "w": "该走哪条路",
    "p": "流程",
    "t": "计算器",
    "d": "文书",
    "c": "案例",
    "l": "法条",
    "m": "机制",
    "e": "宣传",
    "h": "手册",
    "o": "机构",
}
"""One letter a kind, in the order in which answers are grouped."""

FIELDS = ("title", "keywords", "gist", "body")
BOOSTS = (6.0, 4.0, 3.0, 1.0)


class Document(NamedTuple):
    """One thing that can be found. `url` is from the site's root; texts are as shown, not normalised."""

    kind: str
    url: str
    title: str
    keywords: str
    gist: str
    body: str
    dispute: str = ""
    year: str = ""
    town: str = ""
    sort: str = ""
    aside: str = ""
    """Found like the body but never quoted: answers to choose from, of which some are wrong."""

    @property
    def text(self) -> str:
        """What a hit is shown from: title and address in one line, the keywords (and aside) in one, then gist and body."""
        keywords = f"{self.keywords} {self.aside}".strip().replace("\n", " ")
        return "\n".join((f"{self.title}\t{self.url}", keywords, *(part for part in (self.gist, self.body) if part)))


_SKIP = frozenset(
    [
        "id",
        "status",
        "icon",
        "go",
        "seed",
        "order",
        "call",
        "sha256",
        "start",
        "key",
        "type",
        "tone",
        "documents",
        "procedure",
        "guide",
        "case",
        "cases",
        "quiz",
        "test",
        "disputes",
        "kit",
    ]
)
"""Keys whose values are for machines."""


def item_text(item: Content) -> str:
    """All words of an item that a reader sees."""
    lines = []
    for loc, value in walk(item):
        if isinstance(value, Citation):
            continue
        if isinstance(value, str) and not _SKIP.intersection(loc):
            lines.append(value)
    return "\n".join(lines)


def reference_documents(library: Library, handbook: list[tuple[str, str, str]]) -> Iterator[Document]:
    """Everything but the cases, kind by kind. `handbook` are (url, title, text) of handwritten pages."""
    reference = library.reference
    titles = {key: guide.title for key, guide in reference.guides.items()}
    yield from _guides(reference)
    for pathway in reference.pathways.values():
        if pathway.published:
            about = " ".join(["该走哪条路", *(titles.get(d, "") for d in pathway.disputes)])
            yield Document("w", f"pathways/{pathway.id}.html", pathway.title, about, pathway.lead, item_text(pathway))
    for procedure in reference.procedures.values():
        if procedure.published:
            deadlines = " ".join(d.title for d in procedure.deadlines)
            yield Document("p", f"procedures/{procedure.id}.html", procedure.title, deadlines, procedure.lead, item_text(procedure))
    for calculator in reference.calculators.values():
        about = " ".join(["计算器", *(titles.get(d, "") for d in calculator.disputes)])
        words = "\n".join((*(given.label for given in calculator.inputs), *calculator.formula, calculator.note or ""))
        yield Document("t", f"calculators/{calculator.id}.html", calculator.title, about, calculator.lead, words)
    for paper in reference.documents.values():
        if paper.published:
            about = " ".join(["文书", paper.stage, *(titles.get(d, "") for d in paper.disputes)])
            yield Document("d", f"documents/{paper.id}.html", paper.title, about, paper.lead, words_of(paper))
    yield from _articles(library)
    yield from _mechanisms(reference)
    yield from _publicity(reference)
    for url, title, text in handbook:
        yield Document("h", url, title, "", "", text)
    for town in reference.office.towns:
        yield Document("o", f"office/{town.id}.html", town.name, "法官联络点 人民法庭 司法所", "", "", town=town.id)


def _guides(reference: Reference) -> Iterator[Document]:
    for guide in reference.guides.values():
        if guide.published:
            said = [w for t in reference.terms if guide.id in t.disputes[:1] for w in (*t.say, t.means)]
            about = " ".join([*guide.says, *(element.name for element in guide.elements), *said])
            shown = villagers_part(guide) if villagers_only(reference) else guide
            yield Document("g", f"disputes/{guide.id}.html", f"{guide.title}调解指引", about, guide.lead, item_text(shown), guide.id)


def _mechanisms(reference: Reference) -> Iterator[Document]:
    for mechanism in reference.mechanisms.values():
        if mechanism.published:
            about = " ".join([mechanism.document, mechanism.group, *(duty.role for duty in mechanism.duties)])
            ledger = mechanism.ledger
            columns = " ".join(["台账", ledger.tab, *(column.name for column in ledger.columns)]) if ledger else ""
            shown = mechanism.model_copy(update={"ledger": None, "related": None})
            words = mechanism.not_published or f"{item_text(shown)}\n{columns}".strip()
            yield Document("m", f"mechanisms/{mechanism.id}.html", mechanism.title, about, mechanism.lead, words)


def _publicity(reference: Reference) -> Iterator[Document]:
    """Event kits, then quizzes. A quiz is quoted with what is right; its options are found and never quoted."""
    titles = {key: guide.title for key, guide in reference.guides.items()}
    days = {day.id: day.title for day in (reference.calendar.days if reference.calendar else ())}
    for kit in reference.publicity.values():
        if kit.published:
            about = " ".join(
                ["活动包 普法活动 宣传", *(days.get(d, "") for d in kit.days), *kit.audience, *(titles.get(d, "") for d in kit.disputes)]
            )
            yield Document("e", f"publicity/{kit.id}.html", kit.title, about, kit.lead, item_text(kit))
    for quiz in reference.quizzes.values():
        if quiz.published:
            about = " ".join(["有奖问答 答题 题库", *(titles.get(d, "") for d in quiz.disputes)])
            told = "\n".join(f"{question.ask}{question.options[question.answer - 1]}。{question.explain}" for question in quiz.questions)
            wrong = "\n".join(option for question in quiz.questions for option in question.options)
            yield Document("e", f"quizzes/{quiz.id}.html", quiz.title, about, quiz.lead, told, aside=wrong)


def _articles(library: Library) -> Iterator[Document]:
    register = library.reference.register
    for law in register.laws.values():
        version = law.versions[-1]
        for label in articles_of(library, law):
            gist = register.gist(law.id, label, version)
            if gist:
                about = f"{gist.title} {law.short}§{label[1:].replace('条', '')}"
                yield Document("l", f"laws/{law.id}.html#{anchor(label)}", f"{law.short}{label}", about, gist.gist, "")


def case_document(case: CaseBase, card: CaseCard, reference: Reference) -> Document:
    """A case as a document."""
    guide = reference.guides.get(card.dispute)
    laws = reference.register.laws
    cited = [f"{laws[law].short}§{label[1:].replace('条', '')}" for law, label in card.cites if label and law in laws]
    return Document(
        "c",
        card.url,
        card.title,
        " ".join((card.cause, *card.keywords, guide.title if guide else "", card.kind, *cited)),
        f"{card.subtitle}。{card.outcome_line} {card.rule}",
        "\n".join([*case.story, *(text for _, text in sections_of(case)), *case.lessons, *_other_words(case)]),
        card.dispute,
        card.year,
        card.town,
        card.outcome,
        "\n".join(case.judge.choices) if case.judge else "",
    )


_NOT_OF_A_CASE = _SKIP.union(
    [
        "title",
        "subtitle",
        "cause",
        "keywords",
        "kind",
        "line",
        "rule",
        "story",
        "sections",
        "lessons",
        "dispute",
        "also",
        "month",
        "url",
        "published",
        "reviews",
        "review_due",
        "choices",
    ]
)
"""What other fields of a case's document have, and what is for machines."""


def _other_words(case: CaseBase) -> Iterator[str]:
    """What a case's page shows besides its telling: people, figures, the question put to the audience, law, source."""
    for loc, value in walk(case):
        if isinstance(value, Citation):
            yield value.cite
        elif isinstance(value, str) and not _NOT_OF_A_CASE.intersection(loc):
            yield value


_TAG = re.compile(r"<[^>]+>|\[([^\]]*)\]\([^)]*\)|[#*`_>|]+")


def markdown_text(source: str) -> str:
    """A handwritten page's words without its marks."""
    return _TAG.sub(lambda m: m[1] or " ", source)
