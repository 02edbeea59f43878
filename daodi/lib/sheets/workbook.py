"""Rows of .xlsx, .xlsm, .xlsb, .xls and .ods, read by a child process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from daodi.lib.sheets.complaints import UnknownSheet
from daodi.lib.sheets.kinds import Format
from daodi.lib.sheets.limits import HEAD_ROWS, Limits
from daodi.lib.sheets.refusals import Broken, Inflated, Protected, Unreadable

_WORKER = Path(__file__).with_name("worker.py")
# Beyond this a float no longer holds every whole number.
_WHOLE = 10**15
_DECODERS: dict[str, Callable[[Any], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": partial(timedelta, 0),
}


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; rows and columns are counted from 0 and both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Workbook:
    """One sheet of a workbook; each call of `rows` reads it anew."""

    path: Path
    format: Format
    limits: Limits
    sheet: str
    sheets: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    left: int = 0
    width: int = 0
    merged: list[Merged] = field(default_factory=list)
    head: list[tuple[int, list[object]]] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path, kind: Format, sheet: str | None, limits: Limits) -> "Workbook":
        """Find the sheet to read, or raise UnknownSheet, Protected, Broken or Inflated."""
        lines = _lines(path, kind, sheet or "", limits)
        about = next(lines)
        about["head"] = list(_numbered(islice(lines, HEAD_ROWS)))
        lines.close()
        if len(about["merged"]) > limits.merged_ranges:
            raise Inflated
        about["merged"] = [Merged(*sides) for sides in about["merged"]]
        return cls(path, kind, limits, **about)

    def rows(self) -> Iterator[tuple[int, list[object]]]:
        """Yield the number of each row as Excel shows it, and its cells from column `left`."""
        lines = _lines(self.path, self.format, self.sheet, self.limits)
        next(lines)
        yield from _numbered(lines)


def _numbered(lines: Iterable[list[object]]) -> Iterator[tuple[int, list[object]]]:
    for number, cells in enumerate(lines, start=1):
        yield number, [_value(cell) for cell in cells]


def _value(cell: object) -> object:
    if isinstance(cell, dict):
        ((kind, written),) = cell.items()
        return _DECODERS[kind](written)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return int(cell)
    return cell


def _lines(path: Path, kind: Format, sheet: str, limits: Limits) -> Generator[Any, None, None]:
    """Yield the line about the sheet and the rows; raise unless the child came to its end."""
    command = [sys.executable, "-P", str(_WORKER), str(path), sheet, f".{kind}"]
    command += [str(limits.memory_bytes), str(limits.seconds)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "RUST_BACKTRACE": "0", "PYTHONUTF8": "1"},
    ) as child:
        try:
            for line in child.stdout or ():
                said = json.loads(line)
                if isinstance(said, dict) and "end" in said:
                    return
                if isinstance(said, dict) and "error" in said:
                    raise _refusal(said, sheet)
                yield said
        finally:
            child.kill()
        raise Inflated if child.wait() in _EXHAUSTED else Broken


# How a process ends that asked for too much memory or time.
_EXHAUSTED = (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGXCPU)


def _refusal(said: dict[str, Any], sheet: str) -> Unreadable:
    # Without a wish there is none only in a damaged file.
    if said["error"] == "sheet" and sheet:
        return UnknownSheet(sheet=sheet, sheets=", ".join(said["sheets"]))
    kinds: dict[str, type[Unreadable]] = {"password": Protected, "memory": Inflated}
    return kinds.get(said["error"], Broken)()
