"""Excel files and CSV cells in which nothing a person wrote is ever computed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext_lazy as _

from daodi.lib.text import Said

_MOST_ROWS = 1_048_576
_MOST_CHARS = 32_767
# Beyond this Excel rounds: a long number is a name, not an amount.
_WHOLE = 10**15
_NARROWEST, _WIDEST = 8, 60
_SAMPLE = 100
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
_INVISIBLE_STARTS = " \n\u3000\xa0\ufeff\u200b\u200e\u200f\u2060"


class TooManyToWrite(Said):
    message = _("More than %(limit)s rows do not fit one sheet. Please choose fewer.")


def csv_safe(value: object) -> str:
    """Return the text for a CSV cell, with an apostrophe before what a program might compute."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, int | float | Decimal):
        return text
    starts = text.lstrip(_INVISIBLE_STARTS).startswith(_FORMULA_STARTS)
    return f"'{text}" if starts else text


def write_table(
    target: Path | BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str,
    widths: Sequence[int] | None = None,
) -> int:
    """Write one sheet named `title` row by row in little memory, and return the number of rows.

    Text is always a text cell, never a formula or a link. Moments are written as the wall clock
    of their own zone shows them: bring them into the reader's zone first. A text that is longer
    than a cell can hold is cut, with "…" as its last character.
    """
    with _workbook(target, title) as book:
        return _write_sheet(book, title, columns, rows, widths)


def write_tables(
    target: Path | BinaryIO,
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]],
    *,
    title: str,
) -> None:
    """Write a workbook of several sheets (name, columns, rows), each as `write_table` does."""
    with _workbook(target, title) as book:
        for name, columns, rows in sheets:
            _write_sheet(book, name, columns, rows, None)


def _workbook(target: Path | BinaryIO, title: str) -> xlsxwriter.Workbook:
    where = str(target) if isinstance(target, Path) else target
    book = xlsxwriter.Workbook(where, {"constant_memory": True})
    book.set_properties({"title": title})
    return book


def _write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[int] | None,
) -> int:
    rows = iter(rows)
    sample = list(islice(rows, _SAMPLE))
    sheet = book.add_worksheet(_sheet_name(name))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for place, width in enumerate(widths or _widths(columns, sample)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, _cut(column), bold)
    written = _write(sheet, _formats(book), chain(sample, rows))
    if columns:
        sheet.autofilter(0, 0, written, len(columns) - 1)
    return written


def _formats(book: xlsxwriter.Workbook) -> dict[type, xlsxwriter.format.Format]:
    patterns = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}
    return {kind: book.add_format({"num_format": form}) for kind, form in patterns.items()}


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    formats: dict[type, xlsxwriter.format.Format],
    rows: Iterator[Sequence[object]],
) -> int:
    number = 0
    for number, row in enumerate(rows, start=1):
        if number >= _MOST_ROWS:
            raise TooManyToWrite(limit=_MOST_ROWS - 1)
        for place, value in enumerate(row):
            _write_cell(sheet, formats, number, place, value)
    return number


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    formats: dict[type, xlsxwriter.format.Format],
    row: int,
    place: int,
    value: object,
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, place, value.replace(tzinfo=None), formats[datetime])
    elif isinstance(value, date | time):
        kind = time if isinstance(value, time) else date
        sheet.write_datetime(row, place, value, formats[kind])
    elif isinstance(value, int | float | Decimal) and -_WHOLE < value < _WHOLE:
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, _cut(str(value)))


def _cut(text: str) -> str:
    text = _CONTROLS.sub("", text)
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"


def _sheet_name(title: str) -> str:
    return _NOT_IN_SHEET_NAME.sub(" ", title)[:31].strip(" '") or "1"


def _widths(columns: Sequence[str], sample: Sequence[Sequence[object]]) -> list[int]:
    """Fit each column to its name and to most of what stands in it."""
    widths = []
    for place, name in enumerate(columns):
        cells = sorted(_breadth(row[place]) for row in sample if place < len(row))
        most = cells[len(cells) * 9 // 10] if cells else 0
        # The filter's arrow stands in the header and takes room of its own.
        widths.append(max(_NARROWEST, min(_WIDEST, max(most + 2, _breadth(name) + 4))))
    return widths


def _breadth(value: object) -> int:
    """Count a Chinese character as two places, and only the widest line of a text."""
    if isinstance(value, datetime):
        return len("2019-02-28 11:25")
    lines = str("" if value is None else value)[:1_000].splitlines() or [""]
    return max(
        sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in line)
        for line in lines
    )
