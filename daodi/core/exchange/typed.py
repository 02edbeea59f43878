"""Requests that operators type into a table while there is no network: they took them by telephone.

The columns are those that the import knows, and the import takes them in. There are contacts in
them: what waits for its yes is kept sealed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.exchange.trial import Line
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.transfer.columns import WHY, match_columns, own_columns
from daodi.core.transfer.reading import as_text
from daodi.core.transfer.services import Outcome, import_table, write_refused
from daodi.lib.sheets import Row, open_table, write_table

MOST_TYPED = 1_000
# By these names the import knows its columns, in either language; how wide each is.
COLUMNS = (
    (gettext_lazy("Received at"), 18),
    (pgettext_lazy("who telephones", "Caller"), 12),
    (gettext_lazy("Phone number"), 16),
    (gettext_lazy("Subject"), 30),
    (gettext_lazy("Details"), 60),
    (gettext_lazy("Type"), 12),
    (gettext_lazy("Category"), 24),
    (gettext_lazy("Address"), 30),
    (gettext_lazy("Town"), 16),
)
WIDTH_OF_OTHERS = 20


@dataclass(slots=True)
class TypedRows:
    """Rows that were read before, as the import goes through them."""

    columns: list[str]
    lines: list[Line]

    def rows(self) -> Iterator[Row]:
        for line in self.lines:
            yield Row(line.row, {name: line.cells.get(name) for name in self.columns})


def write_template(target: BinaryIO | Path, ledger: Ledger) -> None:
    """Write an empty table with the columns that the import of this ledger knows."""
    own = [str(field) for field in ledger.extra_fields()]
    heads = [*(str(name) for name, _width in COLUMNS), *own]
    widths = [*(width for _name, width in COLUMNS), *[WIDTH_OF_OTHERS] * len(own)]
    write_table(target, heads, [], title=str(ledger), widths=widths)


def read_typed(path: Path, ledger: Ledger) -> list[Line]:
    """Return the rows of a table as text; Refused when it is none that the import can take."""
    table = open_table(path)
    try:
        match_columns(ledger, table.columns)
    except Refused as no:
        raise Refused(
            _("No column says what the calls are about. Use the empty table of this page.")
        ) from no
    names = own_columns(table.columns)
    lines = [
        Line(table.sheet or "", row.number, {name: as_text(row.cells[name]) for name in names})
        for row in table.rows()
    ]
    if len(lines) > MOST_TYPED:
        raise Refused(
            _("The table has more than %(limit)s rows. Please split it.") % {"limit": MOST_TYPED}
        )
    return lines


def take_typed(
    lines: list[Line],
    ledger: Ledger,
    *,
    source: str,
    by: Member,
    now: datetime,
    dry_run: bool = False,
) -> Outcome:
    """File the rows as requests that came by telephone; what is there already stays as it is."""
    rows = _rows(lines)
    matching = match_columns(ledger, rows.columns)
    return import_table(
        rows, ledger, matching, source=source, clock=lambda: now, dry_run=dry_run, typed_by=by
    )


def left_of(lines: list[Line], outcome: Outcome) -> list[Line]:
    """Return the rows that were refused, each with the reason."""
    refused = outcome.refused
    return [
        Line(line.sheet, line.row, {**line.cells, WHY[-1]: refused[line.row]})
        for line in lines
        if line.row in refused
    ]


def write_left_rows(target: BinaryIO | Path, lines: list[Line]) -> None:
    """Write what `left_of` gave, as it was typed: to be mended and brought in again."""
    write_refused(_rows(lines), {line.row: line.get(WHY[-1]) for line in lines}, target)


def _rows(lines: list[Line]) -> TypedRows:
    return TypedRows([*lines[0].cells], lines)
