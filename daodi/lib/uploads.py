"""What people may attach: told by content, held against the name, refused with a reason.

Metadata inside PDF and Office files is left as it is: whoever publishes such a file must know
that names and earlier versions may be in it. Pictures are cleaned by `daodi.lib.pictures`.
"""

import codecs
import os
import re
import secrets
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from daodi.lib import pictures
from daodi.lib.sheets import archive, compound
from daodi.lib.sheets import limits as table_limits
from daodi.lib.sheets.refusals import Protected, Unreadable
from daodi.lib.signatures import (
    COMPOUND,
    HARMFUL,
    KINDS,
    OTHER_PICTURE,
    ZIP,
    Family,
    Kind,
    sniff,
)
from daodi.lib.unwelcome import (
    BrokenUpload,
    ChooseJpeg,
    Dangerous,
    EmptyUpload,
    HasMacros,
    NameMismatch,
    NotAllowed,
    ProtectedUpload,
    TooLargeUpload,
)

_HEAD = 8_192
_CHUNK = 2**20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_NEVER_IN_TEXT = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MACROS = re.compile(r"vbaproject\.bin$|/macrosheets/", re.IGNORECASE)
_OFFICE_PARTS = {
    "word/document.xml": "DOCX",
    "xl/workbook.xml": "XLSX",
    "ppt/presentation.xml": "PPTX",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes a file of each family may have, and how many points a picture."""

    picture: int = 20 * 2**20
    document: int = 50 * 2**20
    sound: int = 30 * 2**20
    film: int = 200 * 2**20
    pixels: int = pictures.MOST_PIXELS

    def bytes_of(self, family: Family) -> int:
        sizes = {
            Family.PICTURE: self.picture,
            Family.DOCUMENT: self.document,
            Family.SOUND: self.sound,
            Family.FILM: self.film,
        }
        return sizes[family]


LIMITS = Limits()


def examine(file: BinaryIO, name: str, *, limits: Limits = LIMITS) -> Kind:
    """Return what the file is, or raise the Unwelcome that says why it is not taken.

    `file` must be seekable and is left at its start. A picture may bear the suffix of another
    kind of picture, because phones do that and pictures are drawn anew; all else must match.
    """
    size = file.seek(0, os.SEEK_END)
    if not size:
        raise EmptyUpload
    if size > max(limits.bytes_of(family) for family in Family):
        raise _too_large(size, max(limits.bytes_of(family) for family in Family))
    suffix = PurePath(name.strip()).suffix.lower()
    kind = _kind(file, suffix)
    if size > limits.bytes_of(kind.family):
        raise _too_large(size, limits.bytes_of(kind.family))
    if suffix and not _fits(kind, suffix):
        raise NameMismatch(found=kind.name, suffix=suffix)
    if kind.family is Family.PICTURE:
        _check_picture(file, kind, limits)
    file.seek(0)
    return kind


def random_name(suffix: str) -> str:
    """Return a name of 128 random bits, safe in addresses and on every file system."""
    if not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"{suffix!r} is no suffix: write .jpg")
    return secrets.token_hex(16) + suffix


def _too_large(size: int, limit: int) -> TooLargeUpload:
    return TooLargeUpload(size=-(-size // 2**20), limit=limit // 2**20)


def _kind(file: BinaryIO, suffix: str) -> Kind:
    file.seek(0)
    found = _inside(file, sniff(file.read(_HEAD)))
    if found == HARMFUL:
        raise Dangerous
    if found == OTHER_PICTURE:
        raise ChooseJpeg
    if found == "MP4" and suffix in KINDS["M4A"].suffixes:
        # Many phones mark their recordings as they mark films.
        found = "M4A"
    if found not in KINDS:
        raise NotAllowed
    return KINDS[found]


def _inside(file: BinaryIO, found: str) -> str:
    """Look further where the first bytes do not say it all."""
    if found == ZIP:
        return _office_kind(file)
    if found == COMPOUND:
        return _old_office_kind(file)
    if not found and _is_text(file):
        return "TXT"
    return found


def _fits(kind: Kind, suffix: str) -> bool:
    if suffix in kind.suffixes:
        return True
    return kind.family is Family.PICTURE and any(
        suffix in other.suffixes for other in KINDS.values() if other.family is Family.PICTURE
    )


def _check_picture(file: BinaryIO, kind: Kind, limits: Limits) -> None:
    if kind.name == "HEIC" and not pictures.reads_heic():
        raise ChooseJpeg
    pictures.check(file, most_pixels=limits.pixels)


def _office_kind(file: BinaryIO) -> str:
    try:
        names = archive.entry_names(file, table_limits.LIMITS)
        types = _content_types(file) if "[Content_Types].xml" in names else b""
    except Protected as error:
        raise ProtectedUpload from error
    except (Unreadable, *archive.ZIP_ERRORS) as error:
        raise BrokenUpload from error
    found = next((kind for part, kind in _OFFICE_PARTS.items() if part in names), "")
    if found and (b"macroEnabled" in types or any(_MACROS.search(name) for name in names)):
        raise HasMacros
    return found if types else ""


def _content_types(file: BinaryIO) -> bytes:
    with zipfile.ZipFile(file) as package, package.open("[Content_Types].xml") as stream:
        return stream.read(_CHUNK)


def _old_office_kind(file: BinaryIO) -> str:
    names = compound.entries(file).keys()
    if "EncryptedPackage" in names:
        raise ProtectedUpload
    if names & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"}:
        raise HasMacros
    if "WordDocument" in names:
        return "DOC"
    return "XLS" if names & {"Workbook", "Book"} else ""


def _is_text(file: BinaryIO) -> bool:
    file.seek(0)
    marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encodings = ("utf-16",) if marked else ("utf-8", "gb18030")
    return any(_decodes(file, encoding) for encoding in encodings)


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(_CHUNK):
            if _NEVER_IN_TEXT.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
