"""Rows read from a file once and kept beside, so that they can be gone through again."""

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, Protocol

from daodi.lib.sheets import Row

CHUNK = 2000


class Rows(Protocol):
    """What has columns and can be read row by row more than once, as a table can."""

    columns: list[str]

    def rows(self) -> Iterator[Row]: ...


class Spool:
    """All rows of a table, written into a temporary file."""

    def __init__(self, table: Rows, file: IO[bytes]) -> None:
        self.columns = table.columns
        self.count = 0
        self._file = file
        for chunk in chunks(table.rows(), CHUNK):
            pickle.dump(chunk, self._file, pickle.HIGHEST_PROTOCOL)
            self.count += len(chunk)
        self._end = self._file.tell()

    def rows(self) -> Iterator[Row]:
        self._file.seek(0)
        while self._file.tell() < self._end:
            yield from pickle.load(self._file)  # noqa: S301 -- written above, by us


@contextmanager
def spooled(table: Rows) -> Iterator[Spool]:
    """Keep the rows of a table in a file without a name; a damaged table is refused here.

    To go through a large workbook takes seconds, each time; this does not. Memory stays flat.
    """
    with tempfile.TemporaryFile() as file:
        yield Spool(table, file)


def chunks(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, size)):
        yield chunk
