"""A Word file as a reader takes it in: its text from top to bottom, read with python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def opened(data: bytes) -> Document:
    """The file, opened as Word would have to."""
    return docx.Document(io.BytesIO(data))


def lines(data: bytes) -> list[str]:
    """Every paragraph, also of table cells, in the order of the page."""
    return list(_lines(opened(data)))


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from (paragraph.text for paragraph in cell.paragraphs)


def parts(data: bytes) -> dict[str, str]:
    """The parts of the file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(path: Path, number: int) -> list[list[str]]:
    """The cells of a table of a file."""
    return [[cell.text for cell in row.cells] for row in opened(path.read_bytes()).tables[number].rows]
