"""Names that stand in several rows: joined as a reader joins them, in Excel and in Word alike."""

import string
from io import BytesIO

import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from daodi.lib.sheets import open_table
from daodi.lib.storeys import goes_on, join_names
from daodi.lib.word import Grid, read_word

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=5)
# A column of its own, or a group of two or three below one name.
COLUMNS = st.one_of(
    st.tuples(WORDS, st.just(())),
    st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=3, unique=True)),
)
HEADS = st.lists(COLUMNS, min_size=2, max_size=5, unique_by=lambda column: column[0]).filter(
    lambda columns: sum(max(1, len(below)) for _name, below in columns) > 2
)
Head = list[tuple[str, list[str]]]


def wanted(columns: Head) -> list[str]:
    """Return the names that a reader would say, those that were merged with what is below."""
    found = []
    for name, below in columns:
        found += [name if part == name else f"{name}·{part}" for part in below] or [name]
    return found


def places(columns: Head):
    """Yield each head with its first and last column, and what stands below it."""
    at = 0
    for name, below in columns:
        width = max(1, len(below))
        yield name, at, at + width - 1, list(below)
        at += width


def workbook(columns: Head, path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    width = len(wanted(columns))
    sheet.merge_range(0, 0, 0, width - 1, "Title of the table")
    storeys = 2 if any(below for _name, below in columns) else 1
    for name, first, last, below in places(columns):
        if below:
            sheet.merge_range(1, first, 1, last, name)
            sheet.write_row(2, first, below)
        elif storeys > 1:
            sheet.merge_range(1, first, 2, first, name)
        else:
            sheet.write(1, first, name)
    sheet.write_row(1 + storeys, 0, [f"v{place}" for place in range(width)])
    book.close()


def document(columns: Head) -> BytesIO:
    target, paper = BytesIO(), Document()
    storeys = 2 if any(below for _name, below in columns) else 1
    table = paper.add_table(rows=storeys + 1, cols=len(wanted(columns)))
    for name, first, last, below in places(columns):
        bottom = 0 if below else storeys - 1
        table.cell(0, first).merge(table.cell(bottom, last)).text = name
        for place, part in enumerate(below, start=first):
            table.cell(1, place).text = part
    for place, cell in enumerate(table.rows[storeys].cells):
        cell.text = f"v{place}"
    paper.save(target)
    return target


@settings(max_examples=12)
@given(HEADS)
def test_a_workbook_and_a_document_say_the_same_names(tmp_path_factory, columns) -> None:
    folder = tmp_path_factory.mktemp("heads")
    workbook(columns, folder / "plan.xlsx")
    table = open_table(folder / "plan.xlsx", joins_names=True)
    (row,) = table.rows()
    assert table.columns == wanted(columns)
    assert list(row.cells.values()) == [f"v{place}" for place in range(len(table.columns))]
    path = folder / "plan.docx"
    path.write_bytes(document(columns).getvalue())
    (grid,) = [block for block in read_word(path) if isinstance(block, Grid)]
    depth = 2 if goes_on(grid.rows[0], grid.rows[1]) else 1
    assert (join_names(grid.rows[:depth]), len(grid.rows) - depth) == (wanted(columns), 1)


def test_a_row_of_entries_is_no_name() -> None:
    """Merged over two columns, with entries below that are merged in the same way."""
    names = ["No.", "Task", "Unit", "Unit"]
    assert not goes_on(names, ["1", "Renew lanes", "Bureau", "Bureau"])
    assert not goes_on(names, ["1", "Renew lanes", "Bureau", "Water"])
    assert not goes_on(names, ["I. Roads"] * 4)
    assert goes_on(names, ["No.", "Task", "lead", "joint"])
    assert goes_on(names, ["", "", "lead", "joint"])


def test_no_two_columns_are_called_the_same() -> None:
    assert join_names([["a", "a", "", "a"], ["b", "b", "", "c"]]) == ["a·b", "a·b(2)", "(3)", "a·c"]
