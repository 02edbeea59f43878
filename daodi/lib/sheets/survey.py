"""What Excel shows of an .xlsx sheet and its values do not tell: formulas, hidden rows."""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from xml.parsers import expat

from daodi.lib.sheets.archive import ZIP_ERRORS
from daodi.lib.sheets.refusals import Broken

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
# The list of sheets; a real one has a few kilobytes.
_LIST_BYTES = 5 * 2**20


@dataclass(slots=True)
class Survey:
    """Counts of a sheet; `unvalued` are formulas whose result was never stored."""

    formulas: int = 0
    unvalued: int = 0
    hidden_rows: int = 0


def survey(path: Path, sheet: str) -> Survey:
    """Look through a sheet once, in little memory; raise Broken where XML could do harm."""
    try:
        with zipfile.ZipFile(path) as package:
            part = _part_of(package, sheet)
            if part not in package.namelist():
                return Survey()
            with package.open(part) as stream:
                return _counts(stream)
    except ZIP_ERRORS as error:
        raise Broken from error


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds `sheet`, empty if the package does not tell."""
    wanted = ""
    for tag, attributes in _elements(package, "xl/workbook.xml"):
        if tag == "sheet" and attributes.get("name") == sheet:
            wanted = attributes.get(_RELATION) or attributes.get(_STRICT_RELATION) or ""
    for tag, attributes in _elements(package, "xl/_rels/workbook.xml.rels"):
        if tag == "Relationship" and attributes.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))[1:]
    return ""


def _elements(package: zipfile.ZipFile, name: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    if name not in package.namelist():
        return found

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((tag.rpartition(" ")[2], attributes))

    parser = _parser(start)
    with package.open(name) as stream:
        try:
            parser.ParseFile(BytesIO(stream.read(_LIST_BYTES)))
        except expat.ExpatError as error:
            raise Broken from error
    return found


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    # Excel writes no document type: whoever does wants to define entities.
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise Broken


class _Counter:
    """Counts while expat reads; text is listened to only inside the value of a formula."""

    def __init__(self) -> None:
        self.counts = Survey()
        self.parser = _parser(self._start)
        self._in_formula = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(" ")[2]
        if kind == "c":
            self._in_formula = False
            self.parser.CharacterDataHandler = None
        elif kind == "f":
            self._in_formula = True
            self.counts.formulas += 1
            self.counts.unvalued += 1
        elif kind == "v" and self._in_formula:
            self.parser.CharacterDataHandler = self._value
        elif kind == "row" and attributes.get("hidden") in {"1", "true"}:
            self.counts.hidden_rows += 1

    def _value(self, _: str) -> None:
        self.counts.unvalued -= 1
        self.parser.CharacterDataHandler = None


def _counts(stream: IO[bytes]) -> Survey:
    counter = _Counter()
    try:
        counter.parser.ParseFile(stream)
    except expat.ExpatError as error:
        raise Broken from error
    return counter.counts
