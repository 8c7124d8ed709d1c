"""Which pages the browser tests look at: one of every kind, and the three screens they are looked at on."""

from __future__ import annotations

import re
from pathlib import Path

from project import REPO

PHONE, TABLET, DESKTOP = (360, 740), (800, 1280), (1280, 800)
SIZES = {"phone": PHONE, "tablet": TABLET, "desktop": DESKTOP}

GUIDE = "disputes/neighbours.html"
VILLAGER = "disputes/loans-villager.html"
PROCEDURE = "procedures/judicial-confirmation.html"


def _cases() -> dict[str, str]:
    """A published case of each kind: kind → page."""
    found: dict[str, str] = {}
    for path in sorted((REPO / "cases").glob("*/*.yaml")):
        text = path.read_text("utf-8")
        kind = re.search(r"^kind: *(\S+)", text, re.MULTILINE)
        if kind and not re.search(r"^status: *草稿", text, re.MULTILINE):
            found.setdefault(kind[1], f"cases/{path.parent.name}/{path.stem}.html")
    return found


CASES = _cases()

PAGES = {
    "home": "index.html",
    "search": "search.html",
    "disputes": "disputes/index.html",
    "guide": GUIDE,
    "villager": VILLAGER,
    "procedures": "procedures/index.html",
    "procedure": PROCEDURE,
    "pathways": "pathways/index.html",
    "pathway": "pathways/labour.html",
    "comparison": "compare.html",
    "papers": "documents/index.html",
    "paper": "documents/mediation-agreement.html",
    "ledger": "ledger.html",
    "analysis": "analysis.html",
    "calculators": "calculators/index.html",
    "calculator": "calculators/loan-interest.html",
    "calculator of periods": "calculators/limitation.html",
    "cases": "cases/index.html",
    "list by dispute": "cases/labour/index.html",
    "list by kind": "cases-by/kind-guiding.html",
    "list by year": "cases-by/year-2026.html",
    **CASES,
    "laws": "laws/index.html",
    "changes": "laws/changes.html",
    "law": "laws/peoples-mediation-law.html",
    "repealed law": "laws/contract-law.html",
    "interpretation": "laws/private-lending-provisions.html",
    "office": "office/index.html",
    "town": "office/luojing.html",
    "calendar": "calendar.html",
    "kits": "publicity/index.html",
    "kit": "publicity/end-violence-against-women-day.html",
    "quizzes": "quizzes/index.html",
    "quiz": "quizzes/quiz-loans.html",
    "push": "push.html",
    "event": "event.html",
    "statistics": "statistics.html",
    "handbook": "handbook/index.html",
    "handbook page": "handbook/write-case.html",
    "not found": "404.html",
}
"""One page of every kind."""


def all_cases(site: Path) -> list[str]:
    """Every case page of a built site."""
    pages = (path.relative_to(site) for path in sorted((site / "cases").glob("*/*.html")))
    return [page.as_posix() for page in pages if not re.match(r"index(-\d+)?$", page.stem)]
