"""Word documents as plans are written in them: paragraphs and tables read in order, and written.

A .docx is a zip of XML: it is judged by its table of contents before anything is unpacked, and no
entity in it is resolved.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import BinaryIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from docx.table import Table
from lxml.etree import LxmlError

from daodi.lib.documents.word_parts import (
    CENTRE,
    TITLE,
    TWO,
    add_line,
    add_table,
    lay_out,
    set_styles,
)
from daodi.lib.sheets.archive import ZIP_ERRORS, entry_names
from daodi.lib.sheets.limits import Limits
from daodi.lib.sheets.refusals import Broken, TooLarge

BODY = "word/document.xml"
# It is read in this process: what is taken in stays small.
LIMITS = Limits(file_bytes=20 * 2**20, unpacked_bytes=60 * 2**20)
# What python-docx raises for a document that is damaged inside a sound zip.
_DAMAGED = (*ZIP_ERRORS, KeyError, LxmlError, AttributeError)
_WIDTH, _HEIGHT = Mm(297), Mm(210)
_ABOVE, _BELOW, _BESIDE, _PITCH = Mm(28), Mm(26), Mm(20), Pt(36)
_SMALL = Pt(9)
_LEAST = 6  # characters in a column


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
    """Write a document of one table on wide paper, in the fonts of official papers."""
    document = Document()
    lay_out(document)
    set_styles(document)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.top_margin, section.bottom_margin = _ABOVE, _BELOW
    section.left_margin = section.right_margin = _BESIDE
    section.footer_distance = _BESIDE // 2
    document.core_properties.title = title
    add_line(document, title, family=TITLE, size=TWO, align=CENTRE, pitch=_PITCH)
    needed = [_room(texts) for texts in zip(columns, *rows, strict=True)]
    width = _WIDTH - 2 * _BESIDE
    add_table(document, columns, rows, [int(width * each / sum(needed)) for each in needed], _SMALL)
    document.save(target)


def _room(texts: Sequence[str]) -> float:
    """Say how much of the paper a column needs: long texts take more lines, not all of the room."""
    return sqrt(max(_LEAST, *(len(line) for text in texts for line in text.splitlines())))
