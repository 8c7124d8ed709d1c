"""Everything the office knows, loaded once, read-only.

`Reference` is all content but the cases: small, always whole in memory. A case stays in its file;
what other pages say of it is its `CaseCard`. `Library` is the reference and all cards, with the
relations between them. From here on everything is a function of a Library.
"""

from __future__ import annotations

import hashlib
import json
import marshal
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from .findings import Finding, error
from .load import files_of, load
from .model import KINDS
from .model.base import Citation, Content
from .model.case import CaseBase
from .model.comparison import Comparison
from .model.document import Document
from .model.guide import DisputeGuide
from .model.law import Law, LawChange
from .model.mechanism import Mechanism, Seed
from .model.pathway import Pathway
from .model.procedure import Procedure
from .model.publicity import Calendar, PublicityKit
from .model.reference import Calculator, Figure, HolidayYear, Office, Term
from .model.training import Quiz, TrainingCourse
from .printed import PrintedFile, printed_files
from .register import Register
from .similarity import similar_cases
from .walking import citations_in

COLLECTIONS = {
    "guide": "guides", "procedure": "procedures", "pathway": "pathways", "document": "documents",
    "mechanism": "mechanisms", "publicity": "publicity", "training": "training", "quiz": "quizzes",
}  # fmt: skip
"""Kinds whose items have ids, and the Reference's field for each."""
TEXTS = "statutes"


def today() -> date:
    """The day of the build: SOURCE_DATE_EPOCH when set, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return date.today()


def stamp_of(office: Office) -> int:
    """The one time that stands in files to print and to carry, seconds since 1970: SOURCE_DATE_EPOCH, else the edition's day at midnight UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    day = office.edition.date
    return int(epoch) if epoch.isdigit() else int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


@dataclass(frozen=True, eq=False)
class Reference:
    """All content but the cases. `files`: each item's file by (kind, id); `day`: the day whose law holds; `audience`, `holds`: see `choice`."""

    root: Path
    day: date
    register: Register
    office: Office
    guides: dict[str, DisputeGuide]
    procedures: dict[str, Procedure]
    pathways: dict[str, Pathway]
    documents: dict[str, Document]
    mechanisms: dict[str, Mechanism]
    publicity: dict[str, PublicityKit]
    training: dict[str, TrainingCourse]
    quizzes: dict[str, Quiz]
    terms: list[Term]
    figures: dict[str, Figure]
    holidays: dict[int, HolidayYear]
    calculators: dict[str, Calculator]
    changes: list[LawChange]
    comparison: Comparison | None
    seeds: dict[int, Seed]
    calendar: Calendar | None
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    printed: list[PrintedFile] = field(default_factory=list)
    audience: str = ""
    holds: str = ""

    def printed_of(self, kind: str, key: str) -> list[PrintedFile]:
        """What was printed of an item."""
        return self._printed.get((kind, key), [])

    @cached_property
    def _printed(self) -> dict[tuple[str, str], list[PrintedFile]]:
        out: dict[tuple[str, str], list[PrintedFile]] = defaultdict(list)
        for file in self.printed:
            out[file.about].append(file)
        return dict(out)

    def collection(self, kind: str) -> dict[str, Any]:
        """The items of a collection kind by id."""
        items: dict[str, Any] = getattr(self, COLLECTIONS[kind])
        return items

    def items(self) -> Iterator[tuple[str, str, Content]]:
        """(kind, file, item) for every item of every collection."""
        for kind in COLLECTIONS:
            for key, item in self.collection(kind).items():
                yield kind, self.files[kind, key], item

    @cached_property
    def towns(self) -> dict[str, str]:
        """Town names by id."""
        return {town.id: town.name for town in self.office.towns}


class CaseCard(NamedTuple):
    """What other pages say of a case. Only strings and tuples, so that it is cheap to keep."""

    id: str
    file: str
    title: str
    subtitle: str
    kind: str
    dispute: str
    also: tuple[str, ...]
    cause: str
    keywords: tuple[str, ...]
    month: str
    place: str
    town: str
    outcome: str
    outcome_line: str
    rule: str
    cites: tuple[tuple[str, str], ...]
    status: str
    review_due: str
    seed: tuple[int, ...]

    @property
    def url(self) -> str:
        """The page, from the site's root."""
        return f"cases/{self.dispute}/{self.id}.html"

    @property
    def year(self) -> str:
        """Four digits."""
        return self.month[:4]

    @property
    def published(self) -> bool:
        """Whether the public site may show it."""
        return self.status == "已发布"


def card_of(case: CaseBase, file: str, reference: Reference) -> CaseCard:
    """A case's card. Citations that resolve to nothing are left to the checks."""
    day = case.law_day or reference.day
    cites: dict[tuple[str, str], None] = {}
    for citation in case.laws:
        for resolved in cited_now(reference.register, citation, reference.day, day):
            cites[resolved] = None
    return CaseCard(
        id=case.id,
        file=file,
        title=case.title,
        subtitle=case.subtitle,
        kind=case.kind,
        dispute=case.dispute,
        also=tuple(case.also),
        cause=case.cause,
        keywords=tuple(case.keywords),
        month=case.month,
        place=case.place or "",
        town=case.town or "",
        outcome=case.outcome.type,
        outcome_line=case.outcome.line,
        rule=case.takeaway.rule,
        cites=tuple(cites),
        status=case.status,
        review_due=case.review_due.isoformat() if case.review_due else "",
        seed=tuple(case.seed),
    )


def cited_now(register: Register, citation: Citation, today: date, default_day: date) -> Iterator[tuple[str, str]]:
    """The (law id, article) pairs under which a citation is listed: as cited, and where the rule stands today."""
    day = citation.as_of or default_day
    for resolved in register.cited(citation, day):
        if resolved.law:
            yield resolved.key
    if citation.now:
        for resolved in register.cited(Citation(cite=citation.now), today):
            if resolved.law:
                yield resolved.key


def load_reference(root: Path, day: date | None = None) -> tuple[Reference | None, list[Finding]]:
    """Everything but the cases, and what is wrong with it. None when the register or the office can't be read."""
    found: list[Finding] = []
    parts: dict[str, dict[str, Any]] = {}
    files: dict[tuple[str, str], str] = {}
    lists: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for name, kind in KINDS.items():
        if name == "case":
            continue
        sources = list(files_of(kind, root))
        if kind.required and not sources:
            found.append(error(kind.pattern, "file-missing", f"缺少{kind.label}文件", "用 tingsuo init 生成，或从样板复制"))
        for source in sources:
            model, wrong = load(source.path, source.name, kind)
            found += wrong
            if model is None:
                continue
            if name in COLLECTIONS:
                found += _own_name(model.id, source.name)
                files[name, model.id] = source.name
                parts.setdefault(name, {})[model.id] = model
            else:
                lists[name].append((source.name, model))
                files[name, getattr(model, "law", name)] = source.name
    if not lists["laws"] or not lists["office"]:
        return None, found
    texts, wrong = _official_texts(root)
    found += wrong
    register = Register(lists["laws"][0][1].laws, (m for _, m in lists["articles"]), texts)

    def ordered(name: str) -> dict[str, Any]:
        items = parts.get(name, {})
        return dict(sorted(items.items(), key=lambda pair: (getattr(pair[1], "order", 0), pair[0])))

    def rows(name: str, attribute: str) -> list[Any]:
        return [row for _, model in lists[name] for row in getattr(model, attribute)]

    collections: dict[str, Any] = {name: ordered(kind) for kind, name in COLLECTIONS.items()}
    printed, old = printed_files(root)
    found += old
    reference = Reference(
        root=root,
        day=day or today(),
        register=register,
        office=lists["office"][0][1],
        **collections,
        terms=rows("terms", "terms"),
        figures={f.id: f for f in rows("figures", "figures")},
        holidays={y.year: y for y in rows("figures", "holidays")},
        calculators={c.id: c for c in rows("calculators", "calculators")},
        changes=rows("changes", "changes"),
        comparison=lists["comparison"][0][1] if lists["comparison"] else None,
        seeds={seed.number: seed for seed in rows("seeds", "seeds")},
        calendar=lists["calendar"][0][1] if lists["calendar"] else None,
        files=files,
        printed=printed,
    )
    return reference, found


def _own_name(item_id: str, file: str) -> list[Finding]:
    stem = Path(file).stem
    if item_id == stem:
        return []
    return [error(file, "id-file", f"id 是“{item_id}”，文件名却是“{stem}”", "让 id 和文件名一致", ("id",))]


def _official_texts(root: Path) -> tuple[dict[tuple[str, str], dict[str, str]], list[Finding]]:
    """Article texts that the office imported with `tingsuo laws import`."""
    texts: dict[tuple[str, str], dict[str, str]] = {}
    found = []
    folder = root / TEXTS
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        name = f"{TEXTS}/{path.name}"
        try:
            data = json.loads(path.read_text("utf-8"))
            texts[str(data["law"]), str(data["version"])] = {str(k): str(v) for k, v in data["articles"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            found.append(error(name, "statute-text", "法条原文文件读不懂", "删去后用 tingsuo laws import 重新导入"))
    return texts, found


@dataclass(frozen=True)
class Library:
    """The reference and all published cases, with relations. Cases are in id order within a dispute."""

    reference: Reference
    cards: dict[str, CaseCard]

    @classmethod
    def of(cls, reference: Reference, cards: Iterable[CaseCard]) -> Library:
        """The library of the published cards, newest first within a dispute."""
        ordered = sorted((c for c in cards if c.published), key=lambda c: (c.dispute, _descending(c.month), c.id))
        return cls(reference, {card.id: card for card in ordered})

    @cached_property
    def by_dispute(self) -> dict[str, list[CaseCard]]:
        """Published cases of each dispute type, in the guides' order; types without cases included."""
        out: dict[str, list[CaseCard]] = {key: [] for key, guide in self.reference.guides.items() if guide.published}
        for card in self.cards.values():
            out.setdefault(card.dispute, []).append(card)
        return out

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """A short hash of every card, by case id: what says that a list must be made again."""
        return {key: hashlib.blake2b(marshal.dumps(tuple(card), 2), digest_size=12).digest() for key, card in self.cards.items()}

    def mark(self, cards: Iterable[CaseCard]) -> bytes:
        """What stands for cards in a key."""
        digests = self.digests
        return b"".join([digests[card.id] for card in cards])

    @cached_property
    def touching(self) -> dict[str, list[CaseCard]]:
        """Cases of a dispute type, those of another type that also touch it included."""
        out = {key: list(cards) for key, cards in self.by_dispute.items()}
        for card in self.cards.values():
            for other in card.also:
                if other in out and other != card.dispute:
                    out[other].append(card)
        return out

    @cached_property
    def _facets(self) -> dict[str, dict[str, list[CaseCard]]]:
        return {name: self._grouped(name) for name in ("kind", "year", "town", "cause")}

    def facet(self, name: str) -> dict[str, list[CaseCard]]:
        """Cases grouped by `kind`, `year`, `town` or `cause`, largest group first (years: newest first)."""
        return self._facets[name]

    def _grouped(self, name: str) -> dict[str, list[CaseCard]]:
        out: dict[str, list[CaseCard]] = defaultdict(list)
        for card in self.cards.values():
            value = getattr(card, name)
            if value:
                out[value].append(card)
        if name == "year":
            return dict(sorted(out.items(), reverse=True))
        return dict(sorted(out.items(), key=lambda pair: (-len(pair[1]), pair[0])))

    def similar(self, dispute: str) -> dict[str, list[str]]:
        """For each case of a dispute, the ids of the most similar ones (at most four)."""
        return similar_cases(self.by_dispute.get(dispute, []))

    @cached_property
    def cases_citing(self) -> dict[tuple[str, str], list[CaseCard]]:
        """Published cases by (law id, article label)."""
        out: dict[tuple[str, str], list[CaseCard]] = defaultdict(list)
        for card in self.cards.values():
            for key in card.cites:
                out[key].append(card)
        return dict(out)

    @cached_property
    def guides_citing(self) -> dict[tuple[str, str], list[tuple[str, Content]]]:
        """Guides, procedures and other items by (law id, article label) as (kind, item)."""
        out: dict[tuple[str, str], list[tuple[str, Content]]] = defaultdict(list)
        reference = self.reference
        for kind, _, item in reference.items():
            if not item.published:
                continue
            keys = {key for _, citation in citations_in(item) for key in cited_now(reference.register, citation, reference.day, reference.day)}
            for key in sorted(keys):
                out[key].append((kind, item))
        return dict(out)

    @cached_property
    def cited_laws(self) -> dict[str, Law]:
        """Laws that the published content cites, in the register's order."""
        ids = {law_id for law_id, _ in (*self.cases_citing, *self.guides_citing)}
        return {key: law for key, law in self.reference.register.laws.items() if key in ids}


def _descending(month: str) -> int:
    return -int(month.replace("-", ""))
