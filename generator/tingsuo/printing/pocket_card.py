"""The pocket card (口袋卡, 100 × 70 mm) of each guide: red stops on the front, numbers and whom to call on the back; eight to a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Library
from .guide_facts import guide_facts
from .sheet import KINDS, Sheet, file_name


def pocket_cards(library: Library) -> Iterator[Sheet]:
    """One sheet of eight equal cards, both sides, for each published guide."""
    reference = library.reference
    for guide in reference.guides.values():
        if guide.published:
            path = f"{KINDS['card']}/{file_name(guide.title)}.pdf"
            data = guide_facts(library, guide)
            yield Sheet(path, "card", ("guide", guide.id), f"{guide.title}口袋卡", "card.typ", data, (reference.files["guide", guide.id],))
