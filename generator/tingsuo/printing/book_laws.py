"""The law in the handbook: citations that know their article, the gists of what is cited, and the index of articles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ..library import Reference
from ..model.base import Citation
from ..model.law import Law
from ..pages.html import day_text
from ..register import Resolved, article_order

_ORDER = ("宪法", "法律", "司法解释", "行政法规", "部门规章", "地方性法规", "党内法规", "其他")
_OLD = "旧"


class Citer:
    """Turns citations into data for the book and remembers which articles it has cited.

    A cited article is {"t": 民法典第1084条第3款, "k": key, "old": bool, "now": bool}. The key names law and article, and
    says whether an older text is meant; the template marks the place with it, and the index finds the pages by it.
    """

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.cited: dict[str, tuple[Law, str, bool]] = {}

    def cites(self, citations: Iterable[Citation], day: date | None = None) -> list[dict[str, Any]]:
        """The articles that citations name, each once; an article of an older text is followed by the one that holds today."""
        register, today = self.reference.register, self.reference.day
        out: dict[str, dict[str, Any]] = {}
        for citation in citations:
            for resolved in register.cited(citation, citation.as_of or day or today):
                self._add(out, resolved, now=False)
            if citation.now:
                for resolved in register.cited(Citation(cite=citation.now), today):
                    self._add(out, resolved, now=True)
        return list(out.values())

    def _add(self, out: dict[str, dict[str, Any]], resolved: Resolved, *, now: bool) -> None:
        law = resolved.law
        if law is None or resolved.text in out:
            return
        old = bool(resolved.problem) or resolved.version is not self.reference.register.version_on(law, self.reference.day)
        key = "|".join((law.id, resolved.ref.label, _OLD if old else ""))
        self.cited[key] = (law, resolved.ref.label, old)
        out[resolved.text] = {"t": resolved.text, "k": key, "old": old, "now": now}


def _laws_in_order(reference: Reference) -> list[Law]:
    return sorted(reference.register.laws.values(), key=lambda law: _ORDER.index(law.kind))


def gists(reference: Reference, citer: Citer) -> list[dict[str, Any]]:
    """What the articles cited so far say, by law, in article order.

    Each law is {"name", "full", "version", "articles": [{"no", "title", "text", "official": bool, "k"}]}; articles of older
    texts, and those of which nobody has written the gist, are left out.
    """
    register = reference.register
    out = []
    for law in _laws_in_order(reference):
        version = register.version_on(law, reference.day)
        if version is None:
            continue
        rows = []
        for key, label in _articles(citer, law, old=False):
            gist = register.gist(law.id, label, version)
            official = register.official_text(law.id, label, version)
            if gist or official:
                text = official or (gist.gist if gist else "")
                rows.append({"no": label, "title": gist.title if gist else "", "text": text, "official": bool(official), "k": key})
        if rows:
            says = f"{day_text(version.passed)}通过或公布，{day_text(version.from_)}起施行"
            out.append({"name": law.short, "full": law.name, "version": says, "articles": rows})
    return out


def article_index(reference: Reference, citer: Citer) -> list[dict[str, Any]]:
    """The index of articles: laws in force by kind, then older texts; each {"name", "full", "articles": [{"no", "k"}]}."""
    out = []
    for old in (False, True):
        for law in _laws_in_order(reference):
            rows = [{"no": label + (f"（{_OLD}）" if old else ""), "k": key} for key, label in _articles(citer, law, old=old)]
            if rows:
                out.append({"name": law.short, "full": law.name if law.name != law.short else "", "old": old, "articles": rows})
    return out


def _articles(citer: Citer, law: Law, *, old: bool) -> list[tuple[str, str]]:
    """(key, label) of a law's cited articles, in article order."""
    found = [(key, label) for key, (owner, label, is_old) in citer.cited.items() if owner is law and is_old is old]
    return sorted(found, key=lambda pair: article_order(pair[1]))
