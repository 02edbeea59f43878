"""What kind of table a file is, told by its content: names lie."""

import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from daodi.lib.sheets import archive, compound
from daodi.lib.sheets.limits import Limits
from daodi.lib.sheets.refusals import (
    Broken,
    EmptyFile,
    HoldsNul,
    NotFound,
    Protected,
    TooLarge,
    WrongKind,
)

_OTHERS = (
    (b"%PDF-", _("a PDF")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"\x89PNG", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"RIFF", _("a picture or a sound")),
    (b"Rar!", _("a packed archive")),
    (b"7z\xbc\xaf", _("a packed archive")),
    (b"\x1f\x8b", _("a packed archive")),
    (b"MZ", _("a program")),
    (b"\x7fELF", _("a program")),
    (b"{\\rtf", _("a text document")),
)
_MARKUP = ("<html", "<!doctype", "<table", "<?xml", "<head", "<meta", "<style", "<div")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TEXT_NAMES = (".csv", ".tsv", ".txt")
_HEAD = 4_096
_FILEPASS = 0x2F
_FIRST_RECORDS = 4


class Format(StrEnum):
    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Kind:
    """The format to read, whatever the name says."""

    format: Format
    has_macros: bool = False


def kind_of(path: Path, limits: Limits) -> Kind:
    """Tell the kind of table, or raise the Unreadable that says why it is none."""
    if not path.is_file():
        raise NotFound
    size = path.stat().st_size
    if not size:
        raise EmptyFile
    if size > limits.file_bytes:
        raise TooLarge(size=-(-size // 2**20), limit=limits.file_bytes // 2**20)
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(compound.MAGIC):
            return _kind_of_compound(compound.entries(file))
    if head.startswith(b"PK"):
        return _kind_of_archive(path, limits)
    _refuse_other(head, path)
    return Kind(Format.TEXT)


def _kind_of_compound(entries: dict[str, bytes]) -> Kind:
    names = entries.keys()
    if "EncryptedPackage" in names:
        raise Protected
    if names & {"Workbook", "Book"}:
        if _is_encrypted(entries.get("Workbook") or entries.get("Book", b"")):
            raise Protected
        return Kind(Format.XLS, has_macros="_VBA_PROJECT_CUR" in names)
    if names & {"WordDocument", "PowerPoint Document"}:
        raise WrongKind(found=_("a text document"))
    raise Broken


def _is_encrypted(records: bytes) -> bool:
    """Look for the FILEPASS record, which comes at once; calamine overlooks the oldest kind."""
    place = 0
    for _record in range(_FIRST_RECORDS):
        kind, length = struct.unpack_from("<HH", records.ljust(place + 4, b"\0"), place)
        if kind == _FILEPASS:
            return True
        place += 4 + length
    return False


def _kind_of_archive(path: Path, limits: Limits) -> Kind:
    names = archive.entry_names(path, limits)
    if "xl/workbook.xml" in names:
        return Kind(Format.XLSX, has_macros="xl/vbaProject.bin" in names)
    if "xl/workbook.bin" in names:
        return Kind(Format.XLSB, has_macros="xl/vbaProject.bin" in names)
    if {"mimetype", "content.xml"} <= names and _is_ods(path):
        return Kind(Format.ODS)
    if "word/document.xml" in names or "content.xml" in names:
        raise WrongKind(found=_("a text document"))
    raise WrongKind(found=_("a packed archive"))


def _is_ods(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package, package.open("mimetype") as stream:
            return b"opendocument.spreadsheet" in stream.read(200)
    except archive.ZIP_ERRORS as error:
        raise Broken from error


def _refuse_other(head: bytes, path: Path) -> None:
    for magic, found in _OTHERS:
        if head.startswith(magic):
            raise WrongKind(found=found)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].decode("latin-1").lower()
    if start.startswith(_MARKUP):
        raise WrongKind(found=_("a web page or XML file that is only named like a table"))
    if b"\0" in head and not head.startswith(_UTF16_MARKS):
        raise HoldsNul if path.suffix.lower() in _TEXT_NAMES else Broken
