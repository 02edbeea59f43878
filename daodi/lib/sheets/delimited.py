"""Rows of .csv, .tsv and .txt, whatever their encoding and separator."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from daodi.lib.sheets.complaints import CellTooLong, QuoteAstray
from daodi.lib.sheets.limits import HEAD_ROWS, Limits
from daodi.lib.sheets.refusals import HoldsNul, Undecodable

_CHUNK = 2**20
_SAMPLE_LINES = 30
_SEPARATORS = ",\t;"
# GB18030 never looks like so many characters of UTF-8 in a row: the file is damaged UTF-8.
_SURELY_UTF8 = 10


@dataclass(frozen=True, slots=True)
class Delimited:
    """A text table; each call of `rows` reads it anew."""

    path: Path
    limits: Limits
    encoding: str
    separator: str

    @property
    def head(self) -> list[tuple[int, list[object]]]:
        return list(islice(self.rows(), HEAD_ROWS))

    @classmethod
    def open(cls, path: Path, limits: Limits) -> "Delimited":
        """Find encoding and separator, or raise Undecodable or HoldsNul."""
        encoding = _encoding(path)
        with path.open(encoding=encoding, newline="") as file:
            sample = list(islice(_lines(file, limits), _SAMPLE_LINES))
        return cls(path, limits, encoding, _separator(sample))

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Yield the number of each row as Excel shows it, and its cells; None for an empty one."""
        number = 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            # Strict, because a quotation mark left open would swallow rows in silence.
            reader = csv.reader(_lines(file, self.limits), delimiter=self.separator, strict=True)
            try:
                for number, row in enumerate(reader, start=1):
                    yield number, [cell or None for cell in row]
            except csv.Error as error:
                if "field limit" in str(error):
                    raise CellTooLong(row=number + 1, limit=self.limits.cell_chars) from error
                raise QuoteAstray(row=number + 1) from error


def _lines(file: TextIO, limits: Limits) -> Iterator[str]:
    number = 0
    while line := file.readline(limits.line_chars):
        number += 1
        if len(line) == limits.line_chars:
            raise CellTooLong(row=number, limit=limits.cell_chars)
        if "\0" in line:
            raise HoldsNul
        yield line


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    marked = start in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        beyond_ascii = 0
        try:
            with path.open(encoding=encoding) as text:
                while chunk := text.read(_CHUNK):
                    beyond_ascii += len(chunk) - len(chunk.encode("ascii", "ignore"))
        except UnicodeError as error:
            if encoding == "utf-8-sig" and beyond_ascii + _good(error) >= _SURELY_UTF8:
                break
        else:
            return encoding
    raise Undecodable


def _good(error: UnicodeError) -> int:
    """Count the characters beyond ASCII before the place that could not be decoded."""
    if not isinstance(error, UnicodeDecodeError):
        return 0
    good = error.object[: error.start].decode("utf-8", "ignore")
    return sum(not mark.isascii() for mark in good)


def _separator(sample: list[str]) -> str:
    return max(_SEPARATORS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: list[str], separator: str) -> tuple[float, int]:
    """Judge a separator: in how many rows it gives the same number of cells, and how many."""
    widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if len(row) > 1)
    if not widths:
        return 0, 0
    width, rows = widths.most_common(1)[0]
    return rows / len(sample), width
