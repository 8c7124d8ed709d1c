"""The texts of the systems (制度范本) as Word files to adopt: the same paper as all others, a line where the office writes its own."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Library
from ..model.document import Block, Document
from ..model.mechanism import Mechanism
from ..pages.lists import digest
from ..pages.poster import BLANK
from .docx_files import PaperFile, blank_docx

_SIGNED_BY = ["人民法庭", "司法所", "镇（街）"]


def paper_of(mechanism: Mechanism) -> Document:
    """A mechanism's text as a paper, with places for those who agree to it."""
    text = "\n\n".join(line.replace(BLANK, "＿" * 8) for line in mechanism.model_text)
    return Document(
        id=mechanism.id,
        title=mechanism.title,
        order=1,
        lead=mechanism.lead,
        stage="其他",
        body=[Block(text=text), Block(sign=_SIGNED_BY)],
    )


def model_text_files(library: Library, reference_key: bytes) -> Iterator[PaperFile]:
    """A Word file for every published text."""
    for mechanism in library.reference.mechanisms.values():
        if mechanism.published and mechanism.model_text and not mechanism.not_published:
            url = f"mechanisms/{mechanism.id}.docx"
            yield PaperFile(url, digest(reference_key, url), lambda m=mechanism: blank_docx(library, paper_of(m)))  # type: ignore[misc]
