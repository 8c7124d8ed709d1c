"""The large-print version (大字版) of each guide: the villager's part for old eyes, six pages of A4, one thing to a page.

Figures: body at least 18 pt (MIIT's 适老化 rules of 2021), line pitch 1.8, contrast at least 7:1.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Library
from .guide_facts import guide_facts
from .sheet import KINDS, Sheet, file_name


def large_guides(library: Library) -> Iterator[Sheet]:
    """One large-print version for each published guide."""
    reference = library.reference
    for guide in reference.guides.values():
        if guide.published:
            data = {**guide_facts(library, guide), "bring": [{"item": e.item, "must": e.must} for e in guide.evidence]}
            path = f"{KINDS['large']}/{file_name(guide.title)}.pdf"
            yield Sheet(path, "large", ("guide", guide.id), f"{guide.title}大字版", "guide-large.typ", data, (reference.files["guide", guide.id],))
