"""A table in a file: its columns, its rows, and what its owner should know about the reading."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from daodi.lib.sheets.complaints import CellTooLong, NoRows, RowTooWide, TooManyRows
from daodi.lib.sheets.delimited import Delimited
from daodi.lib.sheets.heading import Heading, find_heading, is_blank, join_heading
from daodi.lib.sheets.kinds import Format, kind_of
from daodi.lib.sheets.limits import LIMITS, Limits
from daodi.lib.sheets.notes import Note, notes_on
from daodi.lib.sheets.refusals import Inflated
from daodi.lib.sheets.workbook import Merged, Workbook

Finder = Callable[..., Heading]
__all__ = ["Note", "Row", "Table", "open_table"]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry; `number` is the row a person sees in Excel, an empty cell is None."""

    number: int
    cells: dict[str, object]


class Table:
    """What `open_table` found; `rows` may be called more than once, each reads the file anew."""

    def __init__(
        self, source: Workbook | Delimited, heading: Heading, notes: list[Note], limits: Limits
    ) -> None:
        self.columns = heading.names
        self.sheet = source.sheet if isinstance(source, Workbook) else None
        self.notes = notes
        self._source = source
        self._heading = heading
        self._limits = limits

    def rows(self) -> Iterator[Row]:
        """Yield the entries in order; blank rows are left out, merged cells filled.

        Values are text, whole and broken numbers, booleans, dates and times as the file has them.
        Raises an Unreadable where the file turns out to be damaged or beyond the limits.
        """
        filler = _Filler(self._source, self._heading.last)
        for number, cells in self._source.rows():
            if number > self._limits.rows:
                raise TooManyRows(limit=self._limits.rows)
            if number <= self._heading.last:
                continue
            blank = all(is_blank(cell) for cell in cells)
            filler.fill(number - 1, cells)
            if not blank:
                yield Row(number, self._named(number, cells))

    def _named(self, number: int, cells: list[object]) -> dict[str, object]:
        width = len(self.columns)
        if len(cells) > width and not all(is_blank(cell) for cell in cells[width:]):
            raise RowTooWide(row=number, cells=len(cells), names=width)
        longest = self._limits.cell_chars
        if any(isinstance(cell, str) and len(cell) > longest for cell in cells):
            raise CellTooLong(row=number, limit=longest)
        padded = [*cells, *[None] * (width - len(cells))]
        return dict(zip(self.columns, padded, strict=False))


class _Filler:
    """Carries the value of each merged range on to its other cells, row after row."""

    def __init__(self, source: Workbook | Delimited, first: int) -> None:
        ranges = source.merged if isinstance(source, Workbook) else []
        self._left = source.left if isinstance(source, Workbook) else 0
        below = (each for each in ranges if each.top >= first)
        self._waiting = sorted(below, key=lambda each: each.top, reverse=True)
        self._open: list[tuple[Merged, object]] = []

    def fill(self, index: int, cells: list[object]) -> None:
        while self._waiting and self._waiting[-1].top <= index:
            merged = self._waiting.pop()
            place = merged.left - self._left
            if 0 <= place < len(cells):
                self._open.append((merged, cells[place]))
        self._open = [(merged, value) for merged, value in self._open if merged.bottom >= index]
        if len(self._open) > len(cells):
            # Ranges that lie over one another: Excel makes none.
            raise Inflated
        for merged, value in self._open:
            start = merged.left - self._left
            stop = min(merged.right - self._left + 1, len(cells))
            cells[start:stop] = [value] * (stop - start)


def open_table(
    path: Path, *, sheet: str | None = None, limits: Limits = LIMITS, joins_names: bool = False
) -> Table:
    """Open a table in a file of any kind Excel knows, or raise the Unreadable that says why not.

    With `joins_names` the names of columns may stand in several rows with merged cells; otherwise
    such a table is refused. Without `sheet` the first visible sheet that holds something is read.
    Macros never run and formulas are not computed: their stored values are taken.
    """
    kind = kind_of(path, limits)
    if kind.format is Format.TEXT:
        source: Workbook | Delimited = Delimited.open(path, limits)
    else:
        source = Workbook.open(path, kind.format, sheet, limits)
    head = source.head
    heading = _heading(source, head, join_heading if joins_names else find_heading)
    # The whole table is looked through only if its first rows hold no entry.
    if not _has_entry(heading, head) and not _has_entry(heading, source.rows()):
        raise NoRows
    return Table(source, heading, notes_on(source, kind, heading), limits)


def _heading(
    source: Workbook | Delimited, head: Sequence[tuple[int, list[object]]], find: Finder
) -> Heading:
    if isinstance(source, Delimited):
        return find(head, left=0, width=0, merged=[])
    return find(head, left=source.left, width=source.width, merged=source.merged)


def _has_entry(heading: Heading, rows: Iterable[tuple[int, list[object]]]) -> bool:
    below = (cells for number, cells in rows if number > heading.last)
    return any(not is_blank(cell) for cells in below for cell in cells)
