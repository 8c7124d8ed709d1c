"""What must hold before anything is published: one module per check.

An item check takes (subject, reference) and is asked for every case, guide, procedure and so on.
A library check takes (library, files by case id) and is asked once. To add a check, write a module
with `check` or `check_library` and add it to the tuples below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..findings import Finding
from ..library import Library, Reference
from ..model.base import Content
from . import (
    calculators,
    citations,
    comparison,
    completeness,
    documents,
    files,
    identifiers,
    ledger_options,
    ledger_tabs,
    names,
    office,
    pathways,
    publicity,
    references,
    register,
    review_dates,
    seeds,
)
from .subject import Subject

ITEM_CHECKS = (
    references.check,
    citations.check,
    completeness.check,
    documents.check,
    pathways.check,
    publicity.check,
    identifiers.check,
    names.check,
)
LIST_CHECKS = (references.check, citations.check, identifiers.check, names.check)
LIBRARY_CHECKS = (
    files.check_library,
    references.check_library,
    register.check_library,
    review_dates.check_library,
    office.check_library,
    calculators.check_library,
    comparison.check_library,
    publicity.check_library,
    ledger_tabs.check_library,
    ledger_options.check_library,
    seeds.check_library,
)


def check_item(item: Content, file: str, reference: Reference, listed_names: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Everything that is wrong with one item. `listed_names` are real names that must occur nowhere.

    What is wrong with a draft or a withdrawn item is shown and stops nobody: it isn't published.
    """
    subject = Subject(item, file)
    found = [finding for check in ITEM_CHECKS for finding in check(subject, reference)]
    if item.status in ("草稿", "撤回"):
        found = [replace(finding, severity="warning") for finding in found]
    yield from found
    if listed_names:
        yield from names.check_listed(subject, listed_names)


def check_library(library: Library, ids: dict[str, list[str]], listed_names: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Everything that is wrong with the reference items and with how things fit together."""
    reference = library.reference
    for _, file, item in reference.items():
        yield from check_item(item, file, reference, listed_names)
    for subject in _lists(reference):
        for item_check in LIST_CHECKS:
            yield from item_check(subject, reference)
        if listed_names:
            yield from names.check_listed(subject, listed_names)
    if listed_names:
        yield from names.check_listed(Subject(reference.office, reference.files["office", "office"]), listed_names)
    for check in LIBRARY_CHECKS:
        yield from check(library, ids)


def _lists(reference: Reference) -> Iterator[Subject]:
    """What is published from lists rather than from a file each."""
    lists: tuple[tuple[str, str, list[Any]], ...] = (
        ("calendar", "days", reference.calendar.days if reference.calendar else []),
        ("terms", "terms", reference.terms),
        ("figures", "figures", list(reference.figures.values())),
        ("calculators", "calculators", list(reference.calculators.values())),
        ("changes", "changes", reference.changes),
        ("seeds", "seeds", list(reference.seeds.values())),
        ("comparison", "ways", reference.comparison.ways if reference.comparison else []),
    )
    for kind, key, entries in lists:
        if entries:
            yield Subject(entries, reference.files[kind, kind], (key,))
