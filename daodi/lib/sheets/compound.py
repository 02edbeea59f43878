"""What is inside an OLE compound file, the container of .doc, .xls and of protected .xlsx."""

import struct
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_FIRST_FAT_SECTORS = struct.Struct("<109I")
_SECTOR_SHIFTS = (9, 12)
_NO_SECTOR = 0xFFFFFFFA
# A directory of 4,000 entries is more than any office file has.
_MOST_SECTORS = 1_000


def entries(file: BinaryIO) -> dict[str, bytes]:
    """Return the streams and storages with their first bytes, as far as the file tells them.

    The first bytes of streams under 4 KB, which live elsewhere, are not theirs. Never raises.
    """
    file.seek(0)
    header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(MAGIC):
        return {}
    shift = struct.unpack_from("<H", header, 30)[0]
    if shift not in _SECTOR_SHIFTS:
        return {}
    fat = _FIRST_FAT_SECTORS.unpack_from(header, 76)
    found: dict[str, int] = {}
    sector = struct.unpack_from("<I", header, 48)[0]
    for _ in range(_MOST_SECTORS):
        if sector >= _NO_SECTOR:
            break
        found |= _starts(_sector(file, sector, shift))
        sector = _next(file, sector, shift, fat)
    return {name: _sector(file, start, shift) for name, start in found.items()}


def _sector(file: BinaryIO, number: int, shift: int) -> bytes:
    file.seek((number + 1) << shift)
    return file.read(1 << shift)


def _next(file: BinaryIO, sector: int, shift: int, fat: tuple[int, ...]) -> int:
    block, place = divmod(sector, 1 << (shift - 2))
    if block >= len(fat) or fat[block] >= _NO_SECTOR:
        return _NO_SECTOR
    table = _sector(file, fat[block], shift)
    if len(table) < 4 * place + 4:
        return _NO_SECTOR
    return int(struct.unpack_from("<I", table, 4 * place)[0])


def _starts(directory: bytes) -> dict[str, int]:
    starts = {}
    for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        length = struct.unpack_from("<H", directory, place + 64)[0]
        raw = directory[place : place + max(0, min(length, 64) - 2)]
        if name := raw.decode("utf-16-le", "ignore"):
            starts[name] = int(struct.unpack_from("<I", directory, place + 116)[0])
    return starts
