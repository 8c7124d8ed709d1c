"""What a check looks at: one item, with its texts and citations found once for all checks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..findings import Loc
from ..model.base import Citation, Model
from ..model.case import CaseBase
from ..walking import walk


class Subject:
    """An item in its file, or a list of entries that stands below the keys `at`.

    `texts` are (keys, text) of every string; `citations` are (keys, citation) of every structured
    citation. `whole` is all texts joined by lines that hold a NUL: most checks look there first, because nearly
    all content is faultless, and only then at each text.
    """

    def __init__(self, item: Model | list[Any], file: str, at: Loc = ()) -> None:
        self.item = item
        self.file = file
        self.texts: list[tuple[Loc, str]] = []
        self.citations: list[tuple[Loc, Citation]] = []
        for loc, value in walk(item, at):
            if type(value) is str:
                self.texts.append((loc, value))
            elif isinstance(value, Citation):
                self.citations.append((loc, value))
        if isinstance(item, CaseBase):
            # The names of elements are the author's words too.
            self.texts += [(("elements", key), key) for key in item.elements]

    @cached_property
    def whole(self) -> str:
        """All texts in one."""
        # What ends one text must not count as the beginning of the next (…编号 / 138…).
        return "\n\x00\n".join([text for _, text in self.texts])
