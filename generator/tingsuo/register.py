"""The law register at work: which law a name means, which version a day means, whether an article exists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from .citation import Names, Ref, find, label, normal_name
from .model.base import Citation
from .model.law import ArticleGist, ArticleGists, Law, LawVersion

Problem = Literal["", "unknown-law", "not-yet", "repealed", "missing-article", "no-article"]


class Resolved(NamedTuple):
    """What a reference means on a day. `problem` is empty when it stands."""

    ref: Ref
    day: date
    law: Law | None
    version: LawVersion | None
    problem: Problem = ""
    successor: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """(law id, article label): what relations are built on."""
        return (self.law.id if self.law else "", self.ref.label)

    @property
    def current(self) -> bool:
        """Whether the version meant is the law's newest and not repealed."""
        return bool(self.law and self.version is self.law.versions[-1] and not self.law.repealed)

    @property
    def text(self) -> str:
        """The citation in its standard short form: 民法典第1084条第3款."""
        name = self.law.short if self.law else self.ref.law
        tail = (f"第{self.ref.paragraph}款" if self.ref.paragraph else "") + (f"第{self.ref.item}项" if self.ref.item else "")
        return f"{name}{self.ref.label}{tail}"


class Register:
    """All laws by every name they go by, with versions, gists and (where imported) official texts.

    Parameters
    ----------
    laws: the register's laws.
    gists: article gists by file.
    texts: official article texts by (law id, passed date in ISO form) → {label: text}; empty unless the
        office has imported them.
    """

    def __init__(self, laws: Iterable[Law], gists: Iterable[ArticleGists] = (), texts: dict[tuple[str, str], dict[str, str]] | None = None) -> None:
        self.laws: dict[str, Law] = {law.id: law for law in laws}
        self.texts = texts or {}
        self._cited: dict[tuple[str, date], list[Resolved]] = {}
        self._gists: dict[tuple[str, date], dict[str, ArticleGist]] = {}
        for part in gists:
            self._gists.setdefault((part.law, part.version), {}).update({a.no: a for a in part.articles})

    @cached_property
    def _names(self) -> dict[str, Law]:
        return {normal_name(name): law for law in self.laws.values() for name in (*law.aliases, law.name, law.short)}

    @cached_property
    def names(self) -> Names:
        """Every name that a law goes by."""
        return Names(self._names)

    def named(self, name: str) -> Law | None:
        """The law that goes by this name, or None."""
        return self._names.get(normal_name(name))

    def like(self, name: str) -> str:
        """The short name of the law that a misspelt name most likely means, or ''."""
        close = difflib.get_close_matches(normal_name(name), self._names, n=1, cutoff=0.7)
        return self._names[close[0]].short if close else ""

    def version_on(self, law: Law, day: date) -> LawVersion | None:
        """The version in force on a day, None before the first and from the repeal on."""
        if law.repealed and day >= law.repealed.on:
            return None
        best = None
        for version in law.versions:
            if version.from_ <= day:
                best = version
        return best

    def in_force(self, law: Law, day: date) -> bool:
        """Whether the law is in force on a day."""
        return self.version_on(law, day) is not None

    def has_article(self, version: LawVersion, ref: Ref, law_id: str) -> bool:
        """Whether a version has an article. Inserted articles (之一) must be listed, or have a text or a gist."""
        texts = self.texts.get((law_id, version.passed.isoformat()))
        if texts:
            return ref.label in texts
        if ref.suffix:
            return ref.label in version.inserted or ref.label in self._gists.get((law_id, version.passed), {})
        last = version.last or version.articles
        return last is None or 1 <= ref.num <= last

    def resolve(self, ref: Ref, day: date) -> Resolved:
        """What a reference means on a day, and what is wrong with it."""
        law = self.named(ref.law)
        if law is None:
            return Resolved(ref, day, None, None, "unknown-law")
        version = self.version_on(law, day)
        if version is None:
            if law.repealed and day >= law.repealed.on:
                return Resolved(ref, day, law, law.versions[-1], "repealed", self.successor(law, ref))
            return Resolved(ref, day, law, law.versions[0], "not-yet")
        if ref.num and not self.has_article(version, ref, law.id):
            return Resolved(ref, day, law, version, "missing-article")
        return Resolved(ref, day, law, version)

    def successor(self, law: Law, ref: Ref) -> str:
        """Where the rule of a repealed law now stands: an article if known, else the repealing law."""
        if ref.label and ref.label in law.successors:
            return law.successors[ref.label]
        if law.repealed and law.repealed.by in self.laws:
            return f"《{self.laws[law.repealed.by].short}》"
        return ""

    def cited(self, citation: Citation, today: date) -> list[Resolved]:
        """The articles a structured citation names, resolved on its own day or today.

        An empty list means that no law and article could be read in it.
        """
        day = citation.as_of or today
        kept = self._cited.get((citation.cite, day))
        if kept is None:
            # The same articles are cited over and over.
            kept = self._cited[citation.cite, day] = [self.resolve(ref, day) for ref in find(citation.cite, self.names) if ref.num]
        return kept

    def mentioned(self, text: str, day: date) -> Iterator[Resolved]:
        """Every law and article that running text names, resolved on a day."""
        if "条" in text or "《" in text:
            for ref in find(text, self.names):
                yield self.resolve(ref, day)

    def gist(self, law_id: str, article: str, version: LawVersion) -> ArticleGist | None:
        """The gist of an article in a version, None when nobody has written it."""
        return self._gists.get((law_id, version.passed), {}).get(article)

    def official_text(self, law_id: str, article: str, version: LawVersion) -> str:
        """The verbatim article when the office has imported it, else ''."""
        return self.texts.get((law_id, version.passed.isoformat()), {}).get(article, "")

    def gist_files(self) -> Iterator[tuple[str, date, dict[str, ArticleGist]]]:
        """(law id, version's passed date, gists) for the checks."""
        for (law_id, passed), gists in self._gists.items():
            yield law_id, passed, gists


_ANY = Names(["法"])


def article_order(article: str) -> tuple[int, int]:
    """Sort key of a label: 第276条之一 → (276, 1)."""
    for ref in find(f"《法》{article}", _ANY):
        return ref.num, ref.suffix
    return 0, 0


__all__ = ["Register", "Resolved", "article_order", "label"]
