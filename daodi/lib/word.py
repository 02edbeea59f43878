"""Word documents as plans are written in them: paragraphs and tables read in order, and written.

A .docx is a zip of XML: it is judged by its table of contents before anything is unpacked, and no
entity in it is resolved.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from docx.table import Table
from lxml.etree import LxmlError

from daodi.lib.sheets.archive import ZIP_ERRORS, entry_names
from daodi.lib.sheets.limits import Limits
from daodi.lib.sheets.refusals import Broken, TooLarge

BODY = "word/document.xml"
# It is read in this process: what is taken in stays small.
LIMITS = Limits(file_bytes=20 * 2**20, unpacked_bytes=60 * 2**20)
# What python-docx raises for a document that is damaged inside a sound zip.
_DAMAGED = (*ZIP_ERRORS, KeyError, LxmlError, AttributeError)
_SMALL = Pt(9)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows; a merged cell says the same in each of its places."""

    rows: list[list[str]]


def is_word(path: Path) -> bool:
    """Say whether a file is a Word document, by its content."""
    return zipfile.is_zipfile(path) and BODY in entry_names(path, LIMITS)


def read_word(path: Path) -> Iterator[str | Grid]:
    """Yield the paragraphs that say something and the tables, in order; raise an Unreadable."""
    size = path.stat().st_size
    if size > LIMITS.file_bytes:
        raise TooLarge(size=-(-size // 2**20), limit=LIMITS.file_bytes // 2**20)
    entry_names(path, LIMITS)
    try:
        blocks = list(Document(str(path)).iter_inner_content())
        for block in blocks:
            if isinstance(block, Table):
                yield Grid([[cell.text.strip() for cell in row.cells] for row in block.rows])
            elif block.text.strip():
                yield block.text.strip()
    except _DAMAGED as error:
        raise Broken from error


def write_grid(
    target: BinaryIO, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Write a document of one table on wide paper."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.title = title
    document.styles["Normal"].font.size = _SMALL
    document.add_heading(title, level=1)
    table = document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    for line, texts in zip(table.rows, (columns, *rows), strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    document.save(target)
