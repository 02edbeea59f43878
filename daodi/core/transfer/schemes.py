"""A scheme of categories from a table with one to three columns of names."""

from collections.abc import Iterator

from daodi.core.transfer.columns import CATEGORY, by_name
from daodi.core.transfer.reading import as_text
from daodi.lib.sheets import Table
from daodi.lib.text import clean

MOST_LEVELS = 3


def paths_of(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the names on the way down to each category.

    A name left empty above others is the one of the row before, as in sheets made for reading.
    """
    known = by_name(table.columns)
    levels = [known[field] for field in CATEGORY[1:] if field in known]
    columns = levels or table.columns[:MOST_LEVELS]
    last: list[str] = []
    for row in table.rows():
        names = [clean(as_text(row.cells[column]), lines=False) for column in columns]
        while names and not names[-1]:
            names.pop()
        way = [name or before for name, before in zip(names, [*last, *names], strict=False)]
        if way and all(way):
            yield tuple(way)
            last = way
