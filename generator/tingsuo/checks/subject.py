"""What a check looks at: one item, with its texts and citations found once for all checks."""

from __future__ import annotations

from functools import cached_property

from ..findings import Loc
from ..library import walk
from ..model.base import Citation, Content


class Subject:
    """An item in its file.

    `texts` are (keys, text) of every string; `citations` are (keys, citation) of every structured
    citation. `whole` is all texts joined by line feeds: most checks look there first, because nearly
    all content is faultless, and only then at each text.
    """

    def __init__(self, item: Content, file: str) -> None:
        self.item = item
        self.file = file
        self.texts: list[tuple[Loc, str]] = []
        self.citations: list[tuple[Loc, Citation]] = []
        for loc, value in walk(item):
            if type(value) is str:
                self.texts.append((loc, value))
            elif isinstance(value, Citation):
                self.citations.append((loc, value))

    @cached_property
    def whole(self) -> str:
        """All texts in one."""
        return "\n".join([text for _, text in self.texts])
