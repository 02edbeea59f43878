"""Zip containers, judged by their table of contents before anything is unpacked."""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from daodi.lib.sheets.limits import Limits
from daodi.lib.sheets.refusals import Broken, Inflated, Protected

# Everything zipfile raises on damaged or hostile input.
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)

_HARMLESS_BYTES = 10 * 2**20
_ENCRYPTED = 0x1


def entry_names(file: BinaryIO | Path, limits: Limits) -> set[str]:
    """Return the names inside a zip file; raise Broken, Inflated or Protected."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except ZIP_ERRORS as error:
        raise Broken from error
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries or unpacked > limits.unpacked_bytes:
        raise Inflated
    if unpacked > max(_HARMLESS_BYTES, packed * limits.ratio):
        raise Inflated
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Protected
    return {entry.filename for entry in entries}
