"""The parts of the handbook as plain data: guides, pathways, procedures, papers, formulas, case digests, whom to ask.

Every function takes what it tells of and a Citer, and returns what `handbook.typ` sets. Targets of links are
"guide-loans", "proc-…", "path-…", "paper-…"; one that isn't in this book is "".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..library import Library, Reference
from ..model.base import Material
from ..model.case import CaseBase
from ..model.guide import DisputeGuide
from ..model.pathway import Ending, Pathway, Question
from ..model.procedure import Procedure
from ..model.reference import Desk
from ..pages.document import STAGES
from ..pages.html import day_text, month_text
from ..pages.pathway import TONES, walk_order
from .book_laws import Citer
from .sheet import TO_FILL
from .word_index import guide_words

Data = dict[str, Any]


class Contents:
    """What is in this book: the published items that belong to one of its disputes, or to all; and links between them."""

    def __init__(self, library: Library) -> None:
        reference = library.reference
        self.reference = reference
        self.guides = {key: guide for key, guide in reference.guides.items() if guide.published}
        self.procedures = {key: item for key, item in reference.procedures.items() if item.published and self._ours(item.disputes)}
        self.pathways = {key: item for key, item in reference.pathways.items() if item.published and self._ours(item.disputes)}
        self.papers = {key: item for key, item in reference.documents.items() if item.published and self._ours(item.disputes)}
        self.calculators = [item for item in reference.calculators.values() if self._ours(item.disputes)]

    def _ours(self, disputes: Iterable[str]) -> bool:
        named = list(disputes)
        return not named or any(key in self.guides for key in named)

    def link(self, kind: str, key: str | None) -> Data | None:
        """{"to", "title"} of an item in this book, else None."""
        kinds: dict[str, dict[str, Any]] = {"guide": self.guides, "proc": self.procedures, "path": self.pathways, "paper": self.papers}
        found = kinds[kind].get(key or "")
        return {"to": f"{kind}-{key}", "title": found.title} if found else None

    def links(self, kind: str, keys: Iterable[str]) -> list[Data]:
        """The links of those that are in this book."""
        return [link for key in keys if (link := self.link(kind, key))]


def guide(contents: Contents, citer: Citer, item: DisputeGuide) -> Data:
    """A whole guide, seven steps, then the villager's own part and words."""
    return {
        "to": f"guide-{item.id}",
        "title": item.title,
        "lead": item.lead,
        "says": list(item.says),
        "red": [
            {"sign": r.sign, "do": r.do, "call": r.call if r.call and r.call not in r.do else "", "laws": citer.cites(r.laws)} for r in item.red_stops
        ],
        "orange": [{"sign": s.sign, "do": s.do} for s in item.risk.orange],
        "yellow": [{"sign": s.sign, "do": s.do} for s in item.risk.yellow],
        "elements": [{"ask": e.ask, "name": e.name, "why": e.why, "proof": list(e.proof), "laws": citer.cites(e.laws)} for e in item.elements],
        "evidence": [{"item": e.item, "how": e.how, "must": e.must} for e in item.evidence],
        "outlook": [{"if": o.if_, "then": o.then, "laws": citer.cites(o.laws)} for o in item.outlook],
        "laws": citer.cites(item.laws),
        "steps": [
            {
                "title": move.title,
                "do": list(move.do),
                "say": [{"text": say.text, "cantonese": say.cantonese or ""} for say in move.say],
                "avoid": list(move.avoid),
                "laws": citer.cites(move.laws),
            }
            for move in item.steps
        ],
        "sticking": [{"problem": p.problem, "ways": list(p.ways), "say": p.say or "", "laws": citer.cites(p.laws)} for p in item.sticking_points],
        "clauses": [{"title": c.title, "text": c.text, "note": c.note or ""} for c in item.clauses],
        "papers": contents.links("paper", item.documents),
        "next": [{"when": n.when, "do": n.do, "go": contents.link("proc", n.go), "laws": citer.cites(n.laws)} for n in item.next],
        "paths": contents.links("path", [p.id for p in contents.pathways.values() if p.id in item.pathways or item.id in p.disputes]),
        "first": list(item.villager.first),
        "numbers": [{"value": n.value, "label": n.label, "laws": citer.cites(n.laws)} for n in item.villager.numbers],
        "myths": [{"myth": m.myth, "truth": m.truth, "laws": citer.cites(m.laws)} for m in item.villager.myths],
        "words": guide_words(contents.reference, item.id),
        "review_due": day_text(item.review_due),
    }


def pathway(contents: Contents, citer: Citer, item: Pathway) -> Data:
    """A pathway as numbered questions, each answer with where it leads, then the numbered outcomes."""
    order = walk_order(item)
    questions = {q.id: n for n, q in enumerate(order, 1)}
    endings = {e.id: (n, e.title) for n, e in enumerate(item.endings, 1)}

    def question(q: Question) -> Data:
        ways = []
        for option in q.options:
            number, title = endings.get(option.go, (0, ""))
            to = f"path-{item.id}-{'end' if number else 'q'}-{option.go}"
            ways.append(
                {"label": option.label, "red": option.red, "to": to, "says": f"结果{number}：{title}" if number else f"第{questions[option.go]}问"}
            )
        return {"to": f"path-{item.id}-q-{q.id}", "ask": q.ask, "help": q.help or "", "ways": ways, "laws": citer.cites(q.laws)}

    def ending(e: Ending) -> Data:
        return {
            "to": f"path-{item.id}-end-{e.id}",
            "title": e.title,
            "tone": TONES[e.tone][2],
            "red": e.tone == "红",
            "do": list(e.do),
            "bring": _materials(contents, e.bring),
            "call": e.call or "",
            "person": e.person,
            "laws": citer.cites(e.laws),
            "go": [link for link in (contents.link("proc", e.procedure), contents.link("guide", e.guide)) if link],
            "papers": contents.links("paper", e.documents),
        }

    return {
        "to": f"path-{item.id}",
        "title": item.title,
        "lead": item.lead,
        "questions": [question(q) for q in order],
        "endings": [ending(e) for e in item.endings],
        "none": item.none_of_these,
        "review_due": day_text(item.review_due),
    }


def procedure(contents: Contents, citer: Citer, item: Procedure) -> Data:
    """A procedure: when, when not, steps, deadlines, materials, what comes after."""
    deadlines = {d.id: d for d in item.deadlines}
    steps = []
    for s in item.steps:
        deadline = deadlines.get(s.deadline or "")
        steps.append(
            {
                "title": s.title,
                "actor": s.actor,
                "do": list(s.do),
                "materials": [m.item + (f"（{m.note}）" if m.note else "") for m in s.materials],
                "deadline": {"title": deadline.title, "event": deadline.event, "period": deadline.period} if deadline else None,
                "exceptions": list(s.exceptions),
                "laws": citer.cites(s.laws),
            }
        )
    return {
        "to": f"proc-{item.id}",
        "title": item.title,
        "lead": item.lead,
        "fee": item.fee,
        "takes": item.takes,
        "when": list(item.when),
        "not_for": [{"case": n.case, "do": n.do, "laws": citer.cites(n.laws)} for n in item.not_for],
        "steps": steps,
        "deadlines": [
            {"title": d.title, "event": d.event, "period": d.period, "extend": d.extend or "", "late": d.late or "", "laws": citer.cites(d.laws)}
            for d in item.deadlines
        ],
        "materials": _materials(contents, item.materials),
        "after": [{"if": a.if_, "do": a.do, "go": contents.link("proc", a.go), "laws": citer.cites(a.laws)} for a in item.after],
        "papers": contents.links("paper", item.documents),
        "laws": citer.cites(item.laws),
        "review_due": day_text(item.review_due),
    }


def _materials(contents: Contents, materials: Iterable[Material]) -> list[Data]:
    return [
        {"item": m.item, "note": m.note or "", "must": m.must, "copies": m.copies or 0, "paper": contents.link("paper", m.document)}
        for m in materials
    ]


def papers(contents: Contents) -> list[Data]:
    """The list of papers by stage: what each is for, who signs, how many."""
    out = []
    for stage in STAGES:
        rows = [
            {
                "to": f"paper-{paper.id}",
                "title": paper.title,
                "lead": paper.lead,
                "must": paper.required == "必须",
                "signed_by": list(paper.signed_by),
                "copies": paper.copies or "",
            }
            for paper in contents.papers.values()
            if paper.stage == stage
        ]
        if rows:
            out.append({"title": stage, "papers": rows})
    return out


def formulas(contents: Contents, citer: Citer) -> list[Data]:
    """The calculators' formulas by group."""
    groups: dict[str, list[Data]] = {}
    for item in contents.calculators:
        row = {"title": item.title, "lead": item.lead, "formula": list(item.formula), "laws": citer.cites(item.laws), "statutory": item.statutory}
        groups.setdefault(item.group, []).append(row)
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def case(citer: Citer, item: CaseBase, guides: dict[str, DisputeGuide]) -> Data:
    """A case in five sentences, with its outcome, rule, number and articles."""
    also = [guides[key].title for key in item.also if key in guides]
    return {
        "to": f"case-{item.id}",
        "title": item.title,
        "subtitle": item.subtitle,
        "about": "　".join(filter(None, [item.kind, item.cause, month_text(item.month), item.place])) + (f"　也看{'、'.join(also)}" if also else ""),
        "story": "".join(item.story),
        "outcome": item.outcome.type,
        "outcome_line": item.outcome.line,
        "rule": item.takeaway.rule,
        "number": item.takeaway.number or "",
        "number_means": item.takeaway.number_means or "",
        "laws": citer.cites(item.laws, item.law_day),
        "source": _source(item),
    }


def _source(item: CaseBase) -> str:
    source = item.source
    if item.kind == "教学示例":
        return "教学示例（情节虚构）"
    if source is None:
        return "本地调解案例，已隐去可辨认的信息"
    facts = [source.name, source.court or "", f"{day_text(source.published)}发布" if source.published else ""]
    facts += [f"入库编号{source.library_no}" if source.library_no else "", source.case_number or ""]
    return "，".join(filter(None, facts)) + "。用自己的话转述，以官方文本为准"


def desks(reference: Reference) -> list[Data]:
    """Whom to ask in each town: {"town", "desks": [{"kind", "name", "line", "hours", "place"}]}; a kind without an entry is left to the office."""
    office = reference.office
    kinds: list[tuple[str, list[Desk]]] = [("综治中心", office.centres), ("人民法庭", office.courts), ("司法所", office.justice_offices)]
    out = []
    for town in office.towns:
        rows: list[Data] = []
        for kind, all_desks in kinds:
            ours = [desk for desk in all_desks if town.id in desk.towns]
            rows += [_desk(kind, d.name, d.line, d.hours, d.place) for d in ours] or [_desk(kind, TO_FILL)]
        points = [p for p in office.points if p.town == town.id]
        rows += [_desk("法官联络点", p.name, p.line, p.hours, p.inside) for p in points] or [_desk("法官联络点", TO_FILL)]
        out.append({"town": town.name, "desks": rows})
    return out


def _desk(kind: str, name: str, line: str | None = None, hours: str | None = None, place: str | None = None) -> Data:
    known = name != TO_FILL
    return {"kind": kind, "name": name, "known": known, "line": line or TO_FILL, "hours": hours or TO_FILL, "place": place or TO_FILL}
