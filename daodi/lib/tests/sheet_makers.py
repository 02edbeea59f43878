"""Tables as offices send them, and files made to do harm; written on the fly."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import xlsxwriter

from daodi.lib.sheets.compound import MAGIC

HEADER = ["编号", "姓名", "时间"]
WHEN = datetime(2019, 2, 28, 11, 25, 5)  # noqa: DTZ001 -- a spreadsheet knows no zone
ENTRIES = [[1, "张三", WHEN], [2, "李四", None]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def make_xlsx(path: Path, rows: Sequence[Sequence[object]], sheet: str = "表") -> Path:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def make_merged(path: Path, rows: Sequence[Sequence[object]], *ranges: str) -> Path:
    make_xlsx(path, rows)
    book = openpyxl.load_workbook(path)
    for cells in ranges:
        book.active.merge_cells(cells)
    book.save(path)
    return path


def make_busy(path: Path) -> Path:
    """A workbook with everything worth a note: hidden row and sheet, another sheet, formulas."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("总表")
    book.add_worksheet("附表")
    book.add_worksheet("底稿").hide()
    sheet.write_row(0, 0, ["编号", "合计"])
    sheet.write_row(1, 0, [1, 10])
    sheet.write_number(2, 0, 2)
    sheet.write_formula(2, 1, "=B2*2", None, 20)
    sheet.write_number(3, 0, 3)
    sheet.write_formula(3, 1, "=B2*3", None, "")
    sheet.set_row(1, None, None, {"hidden": True})
    book.close()
    return path


def make_macro(path: Path) -> Path:
    make_xlsx(path, [HEADER, *ENTRIES])
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", MAGIC + b"Sub Auto_Open()")
    return path


def make_corners(path: Path) -> Path:
    """A few KB that a reader of rectangles takes for 17 thousand million cells."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_string(1_048_575, 16_383, "远")
    book.close()
    return path


def make_bomb(path: Path, name: str = "xl/worksheets/sheet9.xml") -> Path:
    make_xlsx(path, [HEADER, *ENTRIES])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, bytes(20 * 2**20))
    return path


def make_with_entities(path: Path) -> Path:
    """A workbook whose sheet defines entities that multiply."""
    make_xlsx(path, [HEADER, *ENTRIES])
    laughs = '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
    row += '<c r="B1" t="inlineStr"><is><t>乙</t></is></c></row>'
    row += '<row r="2"><c r="A2"><v>1</v></c></row>'
    sheet = f'{laughs}<worksheet xmlns="{_MAIN}"><sheetData>{row}</sheetData></worksheet>'
    return replace_part(path, "xl/worksheets/sheet1.xml", sheet.encode())


def replace_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {each: package.read(each) for each in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for each, old in {**parts, name: content}.items():
            package.writestr(each, content if each == name else old)
    return path


def make_ods(path: Path) -> Path:
    """The least that counts as an OpenDocument table."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [["编号", "姓名"], ["1", "张三"]]
    table = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="表">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return path


def make_compound(*streams: tuple[str, bytes]) -> bytes:
    """Write an OLE container by hand: header, allocation table, directory, streams."""
    table = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", kind=5, child=1)]
    body = b""
    for number, (name, content) in enumerate(streams, start=1):
        # Streams under 4,096 bytes would live in another table.
        content = content.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % 512)
        first, sectors = len(table), len(content) // 512
        table += [*range(first + 1, first + sectors), 0xFFFFFFFE]
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, kind=2, right=right, start=first, size=len(content)))
        body += content
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + b"".join(entries).ljust(512, b"\0") + body


def _entry(
    name: str,
    *,
    kind: int,
    child: int = 0xFFFFFFFF,
    right: int = 0xFFFFFFFF,
    start: int = 0,
    size: int = 0,
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    fields = struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
    return raw.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<IQ", start, size)


def make_xls(path: Path, rows: Sequence[Sequence[str | int]], *, protected: bool = False) -> Path:
    """Write a BIFF8 workbook by hand: one sheet of short texts and numbers."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def cell(row: int, column: int, value: str | int) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, int):
            return record(0x0203, place + struct.pack("<d", value))
        return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))

    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if protected:
        begin += record(0x002F, bytes(54))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    width = max(len(row) for row in rows)
    sheet += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        sheet += b"".join(cell(number, place, value) for place, value in enumerate(row))
    sheet += record(0x000A, b"")
    name = "表".encode("utf-16-le")
    length = len(begin) + 4 + 8 + len(name) + 4
    bound = record(0x0085, struct.pack("<IHBB", length, 0, 1, 1) + name)
    path.write_bytes(make_compound(("Workbook", begin + bound + record(0x000A, b"") + sheet)))
    return path


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(2000)


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()
