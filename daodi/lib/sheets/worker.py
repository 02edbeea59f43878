"""The child process that reads a workbook, so that a hostile one takes only the child along.

Calamine holds a sheet as a rectangle: a file of 5 KB with one cell at each far corner makes it ask
for 512 GB, and that ends the process it runs in. Here memory and time are bounded first, and the
rows go to standard output, one JSON array per line, after a line about the sheet and before a
line that says they are all. Started by path, not imported: it needs nothing of Daodi.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)


class NoSuchSheetError(Exception):
    """The workbook has no sheet of that name; the argument lists those it has."""


def encode(value: object) -> dict[str, object]:
    """Write what JSON does not know as a one-entry object named for its type."""
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    raise TypeError(type(value).__name__)


def choose(book: CalamineWorkbook, wanted: str) -> tuple[CalamineSheet, dict[str, object]]:
    """Return the wanted sheet, else the first visible one that holds something."""
    metadata = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    names = [each.name for each in metadata]
    hidden = [each.name for each in metadata if each.visible != SheetVisibleEnum.Visible]
    if (wanted and wanted not in names) or not names:
        raise NoSuchSheetError(names)
    candidates = [wanted] if wanted else [name for name in names if name not in hidden] or names
    for name in candidates:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is not None:
            break
    return sheet, {"sheet": sheet.name, "sheets": names, "hidden": hidden}


def lines(book: CalamineWorkbook, wanted: str) -> Iterator[object]:
    sheet, about = choose(book, wanted)
    about["left"] = sheet.start[1] if sheet.start else 0
    about["width"] = sheet.width
    about["merged"] = [
        [top, left, bottom, right]
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if (top, left) != (bottom, right)
    ]
    yield about
    for row in sheet.iter_rows():
        yield [None if cell == "" else cell for cell in row]
    yield {"end": True}


def read(path: Path, file: BinaryIO, wanted: str, suffix: str) -> Iterator[object]:
    """Yield what `lines` yields, or one object that names the error."""
    try:
        # A path is read piece by piece, but calamine then believes the name.
        named_right = path.suffix.lower() == suffix
        source = CalamineWorkbook.from_path(path) if named_right else None
        with source or CalamineWorkbook.from_filelike(file) as book:
            yield from lines(book, wanted)
    except NoSuchSheetError as error:
        yield {"error": "sheet", "sheets": error.args[0]}
    except PasswordError:
        yield {"error": "password"}
    except CalamineError:
        yield {"error": "broken"}
    except MemoryError:
        yield {"error": "memory"}


def main() -> None:
    name, wanted, suffix, memory, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    path = Path(name)
    with path.open("rb") as file:
        for line in read(path, file, wanted, suffix):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, default=encode) + "\n")


if __name__ == "__main__":
    main()
