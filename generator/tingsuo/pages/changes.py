"""What has changed in the law (新旧对照): one table of all changes, and the rows that stand on a law's own page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ..library import Library, Reference
from ..model.base import Citation
from ..model.law import Law, LawChange
from ..register import Resolved
from .html import Linker, linker, render
from .page import Page


def _resolved(change: LawChange, reference: Reference) -> tuple[list[Resolved], list[Resolved]]:
    """(old articles, today's). A plain citation is a rule that is new."""
    register, law = reference.register, change.law
    if law.as_of is None:
        return [], register.cited(law, reference.day)
    return register.cited(law, reference.day), register.cited(Citation(cite=law.now), reference.day) if law.now else []


def _row(change: LawChange, reference: Reference, links: Linker) -> dict[str, Any]:
    old, now = _resolved(change, reference)
    gist = reference.register.gist(now[0].law.id, now[0].ref.label, now[0].version) if now and now[0].law and now[0].version else None
    # The page of a law shows its newest text: an old number there would be another rule. So the old side leads to the
    # law's own list of changes.
    return {
        "matter": change.matter,
        "change": change.change,
        "old": change.law.cite if old else "",
        "old_href": f"{links.root}laws/{old[0].law.id}.html#changes" if old and old[0].law else "",
        "year": str(change.law.as_of.year) if change.law.as_of else "",
        "now": (change.law.now or "") if old else change.law.cite,
        "now_href": links.href(now[0]) if now else "",
        "title": gist.title if gist and len(now) == 1 else "",
        "gist": gist.gist if gist and len(now) == 1 else "",
    }


def changes_page(library: Library) -> Page:
    """All changes, grouped by what people quarrel about."""
    reference = library.reference
    links = linker(reference, 1)
    groups = [(name, [_row(c, reference, links) for c in rows]) for name, rows in groupby(reference.changes, key=lambda c: c.group)]
    return Page(
        url="laws/changes.html",
        section="laws",
        title="新旧对照",
        body=render("changes.html", groups=groups, count=len(reference.changes), day=reference.day),
        description="近年改了的条文：以前是哪一条，现在是哪一条，变了什么。",
        toc=tuple((f"g{n}", name) for n, (name, _) in enumerate(groups, 1)),
        crumbs=(("首页", "index.html"), ("法条", "laws/index.html")),
        layout="changes",
    )


def changes_of(reference: Reference, law: Law) -> list[dict[str, Any]]:
    """The changes whose old or present article is the law's."""
    links = linker(reference, 1)
    return [_row(c, reference, links) for c in reference.changes if any(r.law is law for side in _resolved(c, reference) for r in side)]
