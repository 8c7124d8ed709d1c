"""Review dates (复核日期): what is past its day is said so, and nothing is stopped."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, warning
from ..library import Library


def check_library(library: Library, ids: dict[str, list[str]]) -> Iterator[Finding]:
    """Cases, guides, figures and the edition past their review days.

    A library check, because its answer changes with the day and item findings are kept between days.
    """
    reference = library.reference
    today = reference.day.isoformat()
    due = [(item.review_due.isoformat(), file) for _, file, item in reference.items() if item.review_due]
    due += [(card.review_due, card.file) for card in library.cards.values() if card.review_due]
    if reference.comparison:
        due.append((reference.comparison.review_due.isoformat(), reference.files["comparison", "comparison"]))
    for day, file in due:
        if day < today:
            yield warning(file, "review-due", f"复核日期 {day} 已经过了", "核对法条和数字后，把 review_due 改到下一次", ("review_due",))
    for n, figure in enumerate(reference.figures.values()):
        if figure.review_due and figure.review_due < reference.day:
            yield warning(
                reference.files["figures", "figures"],
                "review-due",
                f"“{figure.title}”的复核日期 {figure.review_due.isoformat()} 已经过了",
                f"向{figure.publisher}核对后补一行，再改 review_due",
                ("figures", n, "review_due"),
            )
    edition = reference.office.edition
    if edition.review_due < reference.day:
        yield warning(
            reference.files["office", "office"],
            "review-due",
            f"本版复核日期 {edition.review_due.isoformat()} 已经过了",
            "出新版时一起改",
            ("edition", "review_due"),
        )
