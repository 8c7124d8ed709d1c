"""What is searched: a document for every guide, procedure, law article, handwritten page, town and case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..library import CaseCard, Library, Reference, walk
from ..model.base import Citation, Content
from ..model.case import CaseBase, sections_of
from ..pages.html import anchor
from ..pages.law import articles_of

KINDS = {"g": "指引", "p": "流程", "d": "文书", "c": "案例", "l": "法条", "h": "手册", "o": "机构"}
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

    @property
    def text(self) -> str:
        """What a hit is shown from: title and address in one line, the keywords in one, then gist and body."""
        keywords = self.keywords.replace("\n", " ")
        return "\n".join((f"{self.title}\t{self.url}", keywords, *(part for part in (self.gist, self.body) if part)))


_SKIP = frozenset({"id", "status", "icon", "go", "seed", "order", "call", "sha256", "start"})


def item_text(item: Content) -> str:
    """All words of an item that a reader sees."""
    lines = []
    for loc, value in walk(item):
        if isinstance(value, Citation):
            continue
        if isinstance(value, str) and loc[-1] not in _SKIP and loc[0] not in _SKIP:
            lines.append(value)
    return "\n".join(lines)


def reference_documents(library: Library, handbook: list[tuple[str, str, str]]) -> Iterator[Document]:
    """Everything but the cases. `handbook` are (url, title, text) of handwritten pages."""
    reference = library.reference
    for guide in reference.guides.values():
        if guide.published:
            said = [w for t in reference.terms if guide.id in t.disputes[:1] for w in (*t.say, t.means)]
            names = [e.name for e in guide.elements]
            yield Document(
                "g",
                f"disputes/{guide.id}.html",
                f"{guide.title}调解指引",
                " ".join([*guide.says, *names, *said]),
                guide.lead,
                item_text(guide),
                guide.id,
            )
    for procedure in reference.procedures.values():
        if procedure.published:
            yield Document(
                "p",
                f"procedures/{procedure.id}.html",
                procedure.title,
                " ".join(d.title for d in procedure.deadlines),
                procedure.lead,
                item_text(procedure),
            )
    for law in reference.register.laws.values():
        version = law.versions[-1]
        for label in articles_of(library, law):
            gist = reference.register.gist(law.id, label, version)
            if gist:
                yield Document(
                    "l",
                    f"laws/{law.id}.html#{anchor(label)}",
                    f"{law.short}{label}",
                    f"{gist.title} {law.short}§{label[1:].replace('条', '')}",
                    gist.gist,
                    "",
                )
    for url, title, text in handbook:
        yield Document("h", url, title, "", "", text)
    for town in reference.office.towns:
        yield Document("o", f"office/{town.id}.html", town.name, "法官联络点 人民法庭 司法所", "", "", town=town.id)


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
        "\n".join([*case.story, *(text for _, text in sections_of(case)), *case.lessons]),
        card.dispute,
        card.year,
        card.town,
        card.outcome,
    )


_TAG = re.compile(r"<[^>]+>|\[([^\]]*)\]\([^)]*\)|[#*`_>|]+")


def markdown_text(source: str) -> str:
    """A handwritten page's words without its marks."""
    return _TAG.sub(lambda m: m[1] or " ", source)
