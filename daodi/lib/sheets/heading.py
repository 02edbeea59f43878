"""The row with the column names: where it is, and what the columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daodi.lib.sheets.complaints import HeaderMerged, HeaderTwice, NoHeader
from daodi.lib.sheets.limits import HEAD_ROWS
from daodi.lib.sheets.workbook import Merged
from daodi.lib.text import clean

_LETTERS = 26
# Offices space out short names ("姓  名"); the name is the same.
_SPACED = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef]) (?=[\u2e80-\u9fff\uff00-\uffef])")


@dataclass(frozen=True, slots=True)
class Heading:
    """Column names; the entries begin below row `last`, counted as Excel does."""

    first: int
    last: int
    names: list[str]
    unnamed: list[str]


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def column_letter(index: int) -> str:
    """Return the letter Excel shows for a column counted from 0."""
    letters = ""
    while index >= 0:
        index, place = divmod(index, _LETTERS)
        letters = chr(ord("A") + place) + letters
        index -= 1
    return letters


def find_heading(
    head: Sequence[tuple[int, list[object]]], *, left: int, width: int, merged: Sequence[Merged]
) -> Heading:
    """Find the column names among the first rows, or raise why they cannot be told.

    `left` is the index of the first column, `width` the number of columns if it is known.
    """
    number, cells = _widest_early(head)
    last = _last_row(number, cells, left, [each for each in merged if each.top < number], head)
    named = max((index + 1 for index, cell in enumerate(cells) if not is_blank(cell)), default=0)
    cells = [*cells, *[None] * (width - len(cells))][: max(named, width)]
    names: list[str] = []
    unnamed: list[str] = []
    for index, cell in enumerate(cells, start=left):
        name = "" if cell is None else _SPACED.sub("", clean(str(cell), lines=False))
        if not name:
            # Named by its letter: in brackets, so that it looks like no real name.
            name = f"({column_letter(index)})"
            unnamed.append(column_letter(index))
        if name in names:
            first, second = column_letter(left + names.index(name)), column_letter(index)
            raise HeaderTwice(name=name, first=first, second=second)
        names.append(name)
    return Heading(number, last, names, unnamed)


def _widest_early(head: Sequence[tuple[int, list[object]]]) -> tuple[int, list[object]]:
    """Take the first row of several texts; a later one only if it is at least twice as wide.

    Titles are one cell, and lines such as "填报单位：… 填报日期：…" are two or three.
    """
    found: tuple[int, list[object]] | None = None
    found_width = 0
    for number, cells in head:
        texts = [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]
        wide_enough = len(texts) >= max(2, 2 * found_width)
        if wide_enough and len(set(texts)) > 1:
            found, found_width = (number, cells), len(texts)
    if found is None:
        raise NoHeader(rows=HEAD_ROWS)
    return found


def _last_row(
    number: int,
    cells: list[object],
    left: int,
    merged: Sequence[Merged],
    head: Sequence[tuple[int, list[object]]],
) -> int:
    """Return where the heading ends: names merged downwards are clear if nothing stands beside."""
    here = [each for each in merged if each.bottom >= number - 1]
    last = max((each.bottom + 1 for each in here), default=number)
    below = [row for row_number, row in head if number < row_number <= last]
    for each in here:
        beside = any(not is_blank(cell) for row in below for cell in row)
        if each.left != each.right or beside:
            name = cells[each.left - left] if 0 <= each.left - left < len(cells) else ""
            first = f"{column_letter(each.left)}{each.top + 1}"
            last_cell = f"{column_letter(each.right)}{each.bottom + 1}"
            raise HeaderMerged(name=name, cells=f"{first}:{last_cell}")
    return last
