"""Tables are read as their owners see them; what cannot be read is refused with a reason."""

import csv
import io
import os
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from daodi.lib.sheets import LIMITS, Unreadable, csv_safe, open_table, write_table
from daodi.lib.sheets import complaints as wrong
from daodi.lib.sheets import refusals as refused
from daodi.lib.sheets.heading import column_letter
from daodi.lib.tests.sheet_makers import (
    ENTRIES,
    HEADER,
    WHEN,
    jpeg,
    make_bomb,
    make_busy,
    make_compound,
    make_corners,
    make_macro,
    make_merged,
    make_ods,
    make_with_entities,
    make_xls,
    make_xlsx,
    replace_part,
    zipped,
)

REAL = Path(os.environ.get("DAODI_SHARED", Path(__file__).parents[4] / "shared" / "data"))
PLAIN = "编号,姓名\n1,张三\n2,李四\n"


def read(path: Path, **options: object) -> list[list[object]]:
    """Give the table back as rows: number first, below the names of the columns."""
    table = open_table(path, **options)
    return [table.columns, *([row.number, *row.cells.values()] for row in table.rows())]


def notes(path: Path) -> list[str]:
    with translation.override("en"):
        return [str(note.text) for note in open_table(path).notes]


def written(path: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


# What is read


def test_workbook(tmp_path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [HEADER, *ENTRIES])
    assert read(path) == [HEADER, [2, 1, "张三", WHEN], [3, 2, "李四", None]]


def test_rows_may_be_read_twice(tmp_path) -> None:
    table = open_table(make_xlsx(tmp_path / "a.xlsx", [HEADER, *ENTRIES]))
    next(table.rows())
    assert list(table.rows()) == list(table.rows())


def test_kinds_of_values(tmp_path) -> None:
    values = [7, 0.5, True, date(2019, 2, 28), time(11, 25), " 文\n字 ", 1e18]
    path = make_xlsx(tmp_path / "a.xlsx", [[*"甲乙丙丁戊己庚"], values])
    assert read(path)[1] == [
        2,
        7,
        0.5,
        True,
        date(2019, 2, 28),
        time(11, 25),
        " 文\n字 ",
        1e18,
    ]


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.dat"])
def test_old_workbook_by_any_name(tmp_path, name) -> None:
    path = make_xls(tmp_path / name, [["编号", "姓名"], [1, "张三"]])
    assert read(path) == [["编号", "姓名"], [2, 1, "张三"]]


def test_open_document(tmp_path) -> None:
    assert read(make_ods(tmp_path / "a.ods")) == [["编号", "姓名"], [2, "1", "张三"]]


def test_title_reporting_line_and_blank_rows(tmp_path) -> None:
    rows = [
        ["某某县办件台账"],
        ["填报单位：督查室", "填报日期：2019年2月"],
        [],
        ["编号", "姓  名", "联系\n电话", "备注"],
        [1, "张三", None, None],
        [None, "  ", None, None],
        [2, "李四", None, None],
        [None, None, "　", None],
    ]
    path = make_xlsx(tmp_path / "a.xlsx", rows)
    assert read(path) == [
        ["编号", "姓名", "联系电话", "备注"],
        [5, 1, "张三", None, None],
        [7, 2, "李四", None, None],
    ]
    assert notes(path) == ["The column names stand in row 4; what is above was not read."]


def test_table_that_does_not_start_in_the_corner(tmp_path) -> None:
    path = make_merged(
        tmp_path / "a.xlsx",
        [[], [None, None, "编号", "村"], [None, None, 1, "东村"], [None, None, 2, None]],
        "D3:D4",
    )
    assert read(path) == [["编号", "村"], [3, 1, "东村"], [4, 2, "东村"]]


def test_merged_cells_are_filled(tmp_path) -> None:
    rows = [["标题"], HEADER, [1, "张三", "甲"], [2, None, "乙"], [3, "王五", None]]
    path = make_merged(tmp_path / "a.xlsx", rows, "A1:C1", "B3:B4", "B5:C5")
    assert read(path) == [
        HEADER,
        [3, 1, "张三", "甲"],
        [4, 2, "张三", "乙"],
        [5, 3, "王五", "王五"],
    ]
    assert notes(path) == [
        "2 merged ranges were filled with their value.",
        "The column names stand in row 2; what is above was not read.",
    ]


def test_names_merged_downwards_are_clear(tmp_path) -> None:
    path = make_merged(tmp_path / "a.xlsx", [HEADER, [], [1, "张三", 3]], "A1:A2", "B1:B2", "C1:C2")
    assert read(path) == [HEADER, [3, 1, "张三", 3]]


def test_column_without_a_name_is_called_by_its_letter(tmp_path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [["编号", None, "姓名"], [1, "甲", "张三", "附"]])
    assert read(path) == [["编号", "(B)", "姓名", "(D)"], [2, 1, "甲", "张三", "附"]]
    assert notes(path) == ["These columns have no name and are called by their letter: B, D."]


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_column_letters(index, letter) -> None:
    assert column_letter(index) == letter


def test_sheet_by_name(tmp_path) -> None:
    with pytest.raises(wrong.UnknownSheet) as caught:
        open_table(make_busy(tmp_path / "a.xlsx"), sheet="无")
    assert caught.value.values == {"sheet": "无", "sheets": "总表, 附表, 底稿"}
    assert open_table(make_busy(tmp_path / "a.xlsx"), sheet="总表").sheet == "总表"


def test_everything_worth_a_note(tmp_path) -> None:
    path = make_busy(tmp_path / "a.xlsx")
    assert read(path) == [["编号", "合计"], [2, 1, 10], [3, 2, 20], [4, 3, None]]
    assert notes(path) == [
        "The sheet “总表” was read; the file also holds: 附表.",
        "The file holds hidden sheets: 底稿.",
        "1 hidden rows were read like the others.",
        "2 formulas were read as the values Excel last stored.",
        (
            "1 formulas have no stored value and are read as empty. "
            "Please open the file in Excel and save it once."
        ),
    ]


def test_macros_are_not_run(tmp_path) -> None:
    path = make_macro(tmp_path / "a.xlsm")
    assert read(path)[1] == [2, 1, "张三", WHEN]
    assert notes(path) == ["The file holds macros. They were not run and are not kept."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text(tmp_path, encoding, separator) -> None:
    text = PLAIN.replace(",", separator)
    path = written(tmp_path / "a.csv", text, encoding)
    assert read(path) == [["编号", "姓名"], [2, "1", "张三"], [3, "2", "李四"]]


def test_quotes_newlines_and_blank_lines_in_text(tmp_path) -> None:
    text = '编号,内容\r\n001,"甲,""乙""\r\n丙"\r\n\r\n,,\r\n002,\r\n'
    path = written(tmp_path / "a.csv", text)
    assert read(path) == [["编号", "内容"], [2, "001", '甲,"乙"\r\n丙'], [5, "002", None]]


def test_text_named_like_a_workbook(tmp_path) -> None:
    assert read(written(tmp_path / "a.xls", PLAIN.replace(",", "\t")))[0] == ["编号", "姓名"]


def test_encoding_is_told(tmp_path) -> None:
    assert notes(written(tmp_path / "a.csv", PLAIN, "gb18030")) == ["The text was read as GB18030."]


# What is refused


def test_not_there_empty_too_large(tmp_path) -> None:
    with pytest.raises(refused.NotFound):
        open_table(tmp_path / "a.csv")
    with pytest.raises(refused.EmptyFile):
        open_table(written(tmp_path / "a.csv", b""))
    with pytest.raises(refused.TooLarge) as caught:
        open_table(written(tmp_path / "a.csv", PLAIN), limits=replace(LIMITS, file_bytes=9))
    assert caught.value.values == {"size": 1, "limit": 0}


WRONG = [
    (b"%PDF-1.7 ...", refused.WrongKind),
    (jpeg(), refused.WrongKind),
    (b"MZ\x90", refused.WrongKind),
    (b"<html><table><tr><td>1</td></tr></table>", refused.WrongKind),
    (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', refused.WrongKind),
    (zipped({"word/document.xml": b""}), refused.WrongKind),
    (zipped({"a.txt": b""}), refused.WrongKind),
    (make_compound(("WordDocument", b"")), refused.WrongKind),
    (make_compound(("EncryptedPackage", b""), ("EncryptionInfo", b"")), refused.Protected),
    (make_compound(("Other", b"")), refused.Broken),
    (make_compound(("Workbook", b""))[:1600], refused.Broken),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, refused.Broken),
    (zipped({"xl/workbook.xml": b"no XML"}), refused.Broken),
    (b"PK\x03\x04" + bytes(100), refused.Broken),
    (bytes(100), refused.Broken),
]


@pytest.mark.parametrize(("content", "kind"), WRONG, ids=range(len(WRONG)))
def test_wrong_kind_by_content(tmp_path, content, kind) -> None:
    with pytest.raises(Unreadable) as caught:
        open_table(written(tmp_path / "a.xlsx", content))
    assert type(caught.value) is kind


TEXTS = [
    (b"a,b\n1,\0\n", refused.HoldsNul),
    (b"a,b\n" + b"1,2\n" * 2000 + b"1,\0\n", refused.HoldsNul),
    (PLAIN.encode("utf-16-le"), refused.HoldsNul),
    (b"a,b\n\xff\xfd,2\n", refused.Undecodable),
    ((PLAIN * 3).encode() + b"\xe5\xbc,1\n", refused.Undecodable),
    (b'a,b\n1,2\n3,"x\n4,5\n', wrong.QuoteAstray),
    (b'a,b\n1,"x"y\n', wrong.QuoteAstray),
    (b"a,b\n1,2,3\n", wrong.RowTooWide),
    (b"a,b\n1," + b"x" * 32_768 + b"\n", wrong.CellTooLong),
    (b'a,b\n1,"' + b"x\n" * 90_000 + b"\n", wrong.CellTooLong),
    (b"a,b\n1," + b"x" * 5_000_000 + b"\n", wrong.CellTooLong),
    (b"a,b,a\n1,2,3\n", wrong.HeaderTwice),
    (b"a\n1\n", wrong.NoHeader),
    (b"a,b\n", wrong.NoRows),
    (b"a,b\n" + b",\n" * 30, wrong.NoRows),
]


@pytest.mark.parametrize(("content", "kind"), TEXTS, ids=range(len(TEXTS)))
def test_refused_text(tmp_path, content, kind) -> None:
    with pytest.raises(Unreadable) as caught:
        read(written(tmp_path / "a.csv", content))
    assert type(caught.value) is kind


def test_protected_old_workbook(tmp_path) -> None:
    with pytest.raises(refused.Protected):
        open_table(make_xls(tmp_path / "a.xls", [["甲", "乙"], [1, 2]], protected=True))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_truncated_workbook(tmp_path, share) -> None:
    whole = make_xlsx(tmp_path / "a.xlsx", [HEADER, *ENTRIES]).read_bytes()
    with pytest.raises(refused.Broken):
        open_table(written(tmp_path / "b.xlsx", whole[: int(len(whole) * share)]))


def test_damaged_sheet(tmp_path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", [HEADER, *ENTRIES])
    with pytest.raises(refused.Broken):
        open_table(replace_part(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"))


def test_bombs(tmp_path) -> None:
    with pytest.raises(refused.Inflated):
        open_table(make_bomb(tmp_path / "a.xlsx"))
    with pytest.raises(refused.Inflated):
        open_table(make_corners(tmp_path / "b.xlsx"))
    with pytest.raises(refused.Broken):
        open_table(make_with_entities(tmp_path / "c.xlsx"))


@pytest.mark.parametrize("limit", ["entries", "unpacked_bytes", "merged_ranges"])
def test_limits_of_a_workbook(tmp_path, limit) -> None:
    path = make_merged(tmp_path / "a.xlsx", [HEADER, *ENTRIES], "B2:B3")
    with pytest.raises(refused.Inflated):
        open_table(path, limits=replace(LIMITS, **{limit: 0}))


def test_too_many_rows(tmp_path) -> None:
    table = open_table(written(tmp_path / "a.csv", PLAIN), limits=replace(LIMITS, rows=2))
    with pytest.raises(wrong.TooManyRows):
        list(table.rows())


HEADERS = [
    ([HEADER, [1, 2, 3]], "B1:C1", wrong.HeaderMerged),
    ([HEADER, [None, "男", "女"], [1, 2, 3]], "A1:A2", wrong.HeaderMerged),
    ([["甲", "乙", "甲"], [1, 2, 3]], "B2:B3", wrong.HeaderTwice),
    ([["甲"], [1]], "B1:C1", wrong.NoHeader),
    ([HEADER], "A2:B2", wrong.NoRows),
]


@pytest.mark.parametrize(("rows", "merged", "kind"), HEADERS)
def test_refused_header(tmp_path, rows, merged, kind) -> None:
    with pytest.raises(Unreadable) as caught:
        open_table(make_merged(tmp_path / "a.xlsx", rows, merged))
    assert type(caught.value) is kind


def test_sentence_names_the_cells(tmp_path) -> None:
    path = make_merged(tmp_path / "a.xlsx", [HEADER, [1, 2, 3]], "B1:C1")
    with pytest.raises(wrong.HeaderMerged) as caught:
        open_table(path)
    with translation.override("en"):
        assert str(caught.value) == (
            "The column name “姓名” is merged over B1:C1. "
            "Please give each column its own name in one row."
        )


# What is written

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    " =1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_safe_prefixes(text) -> None:
    assert csv_safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("甲=1", "甲=1"), (-5, "-5"), (Decimal("-1.5"), "-1.5"), (None, ""), ("", "")],
)
def test_csv_safe_leaves(value, expected) -> None:
    assert csv_safe(value) == expected


def test_written_table_is_read_again(tmp_path) -> None:
    rows = [
        [1, "张三", WHEN, None],
        [2, "=1+1", date(2019, 2, 28), "http://甲"],
        [3, "x" * 9, None, True],
    ]
    count = write_table(tmp_path / "a.xlsx", [*HEADER, "其他"], rows, title="办件/台账")
    assert count == 3
    assert read(tmp_path / "a.xlsx") == [
        [*HEADER, "其他"],
        *([n, *row] for n, row in enumerate(rows, 2)),
    ]
    assert open_table(tmp_path / "a.xlsx").sheet == "办件 台账"


def test_written_cells_hold_text_and_dates(tmp_path) -> None:
    target = io.BytesIO()
    long = "字" * 40_000
    there = datetime(2019, 2, 28, 11, 25, tzinfo=UTC)
    row = [*FORMULAS, "a\0b\ud83d", long, 10**17, float("nan"), there]
    write_table(target, [f"列{place}" for place in range(len(row))], [row], title="表")
    sheet = openpyxl.load_workbook(target).active
    cells = [cell.value for cell in sheet[2]]
    assert [cell.data_type for cell in sheet[2]] == ["s"] * 16 + ["d"]
    assert cells[:4] == ["=1+1", "+1", "-1", "@a"]
    assert cells[12:] == ["ab", "字" * 32_766 + "…", str(10**17), "nan", there.replace(tzinfo=None)]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:Q2")
    assert (sheet["A1"].font.bold, sheet["Q2"].number_format) == (True, "yyyy-mm-dd hh:mm")


def test_widths(tmp_path) -> None:
    rows = [["甲" * 10, "x", "长" * 500, WHEN]]
    write_table(tmp_path / "a.xlsx", ["主题", "数", "内容", "时间"], rows, title="表")
    columns = openpyxl.load_workbook(tmp_path / "a.xlsx").active.column_dimensions
    assert [round(columns[letter].width) for letter in "ABCD"] == [23, 9, 61, 19]


# What offices really have


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("requests_2017-2020_4326.xlsx", 4326),
        ("answered_requests_2816.xlsx", 2816),
        ("categories_517.xlsx", 517),
    ],
)
def test_real_files(name, count) -> None:
    if not (REAL / name).is_file():
        pytest.skip("the real files are not here")
    table = open_table(REAL / name)
    numbers = [row.number for row in table.rows()]
    assert (numbers, table.notes) == (list(range(2, count + 2)), [])


def test_csv_of_ours_is_read_again(tmp_path) -> None:
    target = io.StringIO()
    csv.writer(target).writerows([["编号", "内容"], [1, csv_safe("=1\n2")]])
    assert read(written(tmp_path / "a.csv", target.getvalue()))[1] == [2, "1", "'=1\n2"]
