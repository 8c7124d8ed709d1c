"""Citations (引用法条): each resolves to an article of the version in force on the day that matters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..findings import Finding, Loc, error, warning
from ..library import Reference
from ..model.base import Citation
from ..model.case import CaseBase
from ..register import Resolved
from .subject import Subject

_LAWLIKE = re.compile(r"(?:法|法典|条例|规定|解释|办法|规则|决定|意见|通则|总则|宪法|细则|批复)(?:[（(][^）)]{1,8}[)）])?$")
# 火星法第3条: a name that no register knows, then an article.
_NAMED = re.compile(r"《?([^《》第\d]{2,40}?)》?第?[\d零〇一二三四五六七八九十百千]+条")


def _problem(r: Resolved, file: str, loc: Loc, offset: int, *, old: bool, has_now: bool = False) -> Finding | None:
    """The finding for a resolved reference; `old` when the text speaks of an earlier day's law."""
    name = r.law.short if r.law else r.ref.law
    if r.problem == "unknown-law":
        return error(
            file,
            "law-unknown",
            f"登记册里没有《{r.ref.law.strip('《》')}》",
            "核对名称；确有此法的，先登记到 guides/reference/laws.yaml",
            loc,
            offset,
        )
    if r.problem == "missing-article":
        last = r.version.last or r.version.articles if r.version else None
        most = f"，这一版到第{last}条为止" if last and not r.ref.suffix else ""
        return error(file, "article-missing", f"《{name}》没有{r.ref.label}{most}", "核对条号", loc, offset)
    if r.problem == "repealed":
        assert r.law is not None
        assert r.law.repealed is not None
        now = f"，现在看{r.successor}" if r.successor else ""
        on = r.law.repealed.on.isoformat()
        hint = f"改引{r.successor}" if r.successor else "改引现行法律"
        return error(file, "law-repealed", f"《{name}》已于{on}废止{now}", hint + "；如果说的是当时的事实，写上 as_of: 当时的日期", loc, offset)
    if r.problem == "not-yet":
        first = r.law.versions[0].from_.isoformat() if r.law else ""
        return error(
            file, "law-not-yet", f"《{name}》到{r.day.isoformat()}还没有施行（{first}起施行）", "核对日期，或改引当时有效的法律", loc, offset
        )
    if old and not r.current and not has_now and r.law:
        successor = ""
        if r.law.repealed:
            hint = "用 now: 写上现在对应的条文"
            return warning(file, "law-old", f"《{name}》现在已经废止（按{r.day.isoformat()}引用）{successor}", hint, loc, offset)
        return warning(file, "law-old", f"《{name}》后来修改过（按{r.day.isoformat()}的文本引用）", "核对现在的条号，用 now: 写上", loc, offset)
    return None


def check(subject: Subject, reference: Reference) -> Iterator[Finding]:
    """Structured citations and every law named in running text."""
    item, file = subject.item, subject.file
    case = item if isinstance(item, CaseBase) else None
    own_day: date = (case.law_day if case else None) or reference.day
    for loc, citation in subject.citations:
        yield from _structured(citation, file, loc, reference, own_day)
    # Faultless content names only laws in force: one look at all texts together says so.
    if all(not r.problem or _not_a_law(r) for r in reference.register.mentioned(subject.whole, reference.day)):
        return
    days = ({c.as_of for c in case.laws if c.as_of} | {own_day}) - {reference.day} if case else set()
    for loc, text in subject.texts:
        if not case or loc[0] not in ("source", "title"):
            yield from _running(text, file, loc, reference, sorted(days, reverse=True))


def _not_a_law(r: Resolved) -> bool:
    """《房地产求购确认书》第三条: a document's own article."""
    return r.problem == "unknown-law" and not _LAWLIKE.search(r.ref.law)


def _structured(citation: Citation, file: str, loc: Loc, reference: Reference, own_day: date) -> Iterator[Finding]:
    register, today = reference.register, reference.day
    day = citation.as_of or own_day
    resolved = register.cited(citation, day)
    if not resolved:
        bare = citation.cite.strip()
        if bare in register.names:
            yield error(file, "citation", f"“{bare}”没有写条号", "写成 民法典第1084条 这样", loc)
        elif (named := _NAMED.match(bare)) and named[1] not in register.names:
            close = register.like(named[1])
            hint = f"是不是“{close}”？" if close else "核对名称；确有此法的，先登记到 guides/reference/laws.yaml"
            yield error(file, "law-unknown", f"登记册里没有《{named[1]}》", hint, loc)
        else:
            yield error(file, "citation", f"看不懂这条引用“{bare[:40]}”", "写成 民法典第1084条第3款；法律名称要在登记册里", loc)
    for r in resolved:
        found = _problem(r, file, loc, -1, old=day < today, has_now=bool(citation.now))
        if found:
            yield found
        elif r.law and r.version and r.current and not register.gist(r.law.id, r.ref.label, r.version):
            yield warning(file, "gist-missing", f"{r.law.short}{r.ref.label}还没有要旨", f"在 guides/reference/articles/{r.law.id}.yaml 里补写", loc)
    if citation.now:
        now_loc = (*loc, "now")
        current = register.cited(Citation(cite=citation.now), today)
        if not current:
            yield error(file, "citation", f"看不懂 now 里的引用“{citation.now[:40]}”", "写成 民法典第577条", now_loc)
        for r in current:
            found = _problem(r, file, now_loc, -1, old=False)
            if found:
                yield found


def _running(text: str, file: str, loc: Loc, reference: Reference, earlier: list[date]) -> Iterator[Finding]:
    """Laws in running text count as today's, or as those of an earlier day that the case speaks of."""
    register = reference.register
    for r in register.mentioned(text, reference.day):
        if not r.problem or _not_a_law(r) or any(not register.resolve(r.ref, day).problem for day in earlier):
            continue
        found = _problem(r, file, loc, r.ref.start, old=False)
        if found:
            yield found
