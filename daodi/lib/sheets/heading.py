"""The row with the column names: where it is, and what the columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from daodi.lib.sheets.complaints import HeaderMerged, HeaderTwice, NoHeader
from daodi.lib.sheets.limits import HEAD_ROWS
from daodi.lib.sheets.workbook import Merged
from daodi.lib.storeys import goes_on, join_names
from daodi.lib.text import clean

_LETTERS = 26
# A heading has more names than this; a line above it has fewer words.
FEW = 4
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


def join_heading(
    head: Sequence[tuple[int, list[object]]], *, left: int, width: int, merged: Sequence[Merged]
) -> Heading:
    """Find names that stand in one row or in several, and join those of each column.

    Where `find_heading` refuses merged names, this one takes what stands below them too.
    """
    width = max(width, max((len(cells) for _number, cells in head), default=0))
    rows = _as_seen(head, left, width, merged)
    number, _cells = _widest_early([(at, row) for at, row in rows.items() if not _is_note(row)])
    last = number
    while last + 1 in rows and goes_on(rows[last], rows[last + 1]):
        last += 1
    # Names merged downwards belong to the heading as far as they reach.
    last = max([last, *(each.bottom + 1 for each in merged if each.top < last)])
    names = join_names([rows[at] for at in range(number, last + 1) if at in rows])
    unnamed = [
        column_letter(left + place) for place in range(width) if names[place] == f"({place + 1})"
    ]
    return Heading(number, last, names, unnamed)


def _is_note(row: Sequence[str]) -> bool:
    """Say whether a row is a line such as “填报单位：… 填报日期：…” above the names."""
    told = {word for word in row if word}
    return len(told) < FEW and any(re.search("[:：].", word) for word in told)


def _as_seen(
    head: Sequence[tuple[int, list[object]]], left: int, width: int, merged: Sequence[Merged]
) -> dict[int, list[str]]:
    """Return the rows as they look: what is merged stands in each of its places."""
    rows = {}
    for number, cells in head:
        words = ["" if cell is None else clean(str(cell), lines=False) for cell in cells]
        rows[number] = [_SPACED.sub("", word) for word in words] + [""] * (width - len(cells))
    for each in merged:
        start, stop = each.left - left, min(each.right - left + 1, width)
        if each.top + 1 in rows and 0 <= start < stop:
            word = rows[each.top + 1][start]
            for number in range(each.top + 1, each.bottom + 2):
                if number in rows:
                    rows[number][start:stop] = [word] * (stop - start)
    return rows


def _widest_early(
    head: Sequence[tuple[int, Sequence[object]]],
) -> tuple[int, Sequence[object]]:
    """Take the first row of several texts; a later one only if it is at least twice as wide.

    Titles are one cell, and lines such as "填报单位：… 填报日期：…" are two or three.
    """
    found: tuple[int, Sequence[object]] | None = None
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
    cells: Sequence[object],
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
