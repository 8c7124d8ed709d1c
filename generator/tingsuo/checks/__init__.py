"""What must hold before anything is published: one module per check.

An item check takes (subject, reference) and is asked for every case, guide, procedure and so on.
A library check takes (library, files by case id) and is asked once. To add a check, write a module
with `check` or `check_library` and add it to the tuples below.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding
from ..library import Library, Reference
from ..model.base import Content
from . import citations, completeness, identifiers, names, office, references, register, review_dates
from .subject import Subject

ITEM_CHECKS = (references.check, citations.check, completeness.check, identifiers.check, names.check)
LIBRARY_CHECKS = (references.check_library, register.check_library, review_dates.check_library, office.check_library)


def check_item(item: Content, file: str, reference: Reference, listed_names: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Everything that is wrong with one item. `listed_names` are real names that must occur nowhere."""
    subject = Subject(item, file)
    for check in ITEM_CHECKS:
        yield from check(subject, reference)
    if listed_names:
        yield from names.check_listed(subject, listed_names)


def check_library(library: Library, ids: dict[str, list[str]], listed_names: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Everything that is wrong with the reference items and with how things fit together."""
    for _, file, item in library.reference.items():
        yield from check_item(item, file, library.reference, listed_names)
    for check in LIBRARY_CHECKS:
        yield from check(library, ids)
