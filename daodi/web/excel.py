"""Lists as workbooks: the rows that a page shows, all of them, for whoever may see them.

A list has its file by one line in its view (`if asks_for_excel(request): return …_file(…)`) and one
in its template (`desk/parts/excel.html` with `page.excel_url`). What stands in the file is what the
view found in the scope of its reader; a contact is in none of them.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any, BinaryIO, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member
from daodi.lib.sheets import write_table
from daodi.web.paging import EXCEL
from daodi.web.showing.matters import Shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 50_000
# So many rows are made into words at a time: memory stays flat, and queries few.
CHUNK = 1_000
# These stand in every file of matters, as what they are: numbers, states and moments.
ALWAYS = frozenset({"number", "state", "clock", "filed"})
Row = TypeVar("Row", bound=Model)
Show = Callable[[list[Matter]], list[Shown]]


def asks_for_excel(request: HttpRequest) -> bool:
    """Say whether the list is wanted as a file and not as a page."""
    return EXCEL in request.GET


def matters_file(
    matters: MatterQuerySet, columns: Sequence[Shown], show: Show, *, title: object, by: Member
) -> FileResponse:
    """Give out a list of matters with the columns of its page, and what belongs to every list.

    `matters` are in the reader's scope and in the list's order; `show` makes of some of them the
    rows of a matter table with these columns.
    """
    others = [column for column in columns if column["name"] not in ALWAYS]
    heads = [
        _("Number"), _("Title"), _("State"), *(str(column["label"]) for column in others),
        _("Filed at"), _("Due at"), _("Handed in at"), _("Cleared at"),
    ]  # fmt: skip

    def cells(chunk: list[Matter]) -> Iterator[list[object]]:
        for matter, row in zip(chunk, show(chunk), strict=True):
            yield [
                matter.number,
                row["title"],
                row["state_word"],
                *_said(row, others),
                here(matter.filed_at),
                here(_due(matter)),
                here(matter.handed_in_at),
                here(matter.cleared_at),
            ]

    return list_file(matters, heads, cells, title=title, by=by)


def list_file(
    found: QuerySet[Row],
    heads: Sequence[str],
    cells: Callable[[list[Row]], Iterable[Sequence[object]]],
    *,
    title: object,
    by: Member,
) -> FileResponse:
    """Give out what was found as a workbook, and leave a line in the log that says who took it.

    `cells` makes rows of some of what was found. Raise Refused beyond MOST_ROWS.
    """
    if found.order_by()[MOST_ROWS : MOST_ROWS + 1].exists():
        raise Refused(
            _("The list has more than %(most)s rows. Narrow it by its conditions first.")
            % {"most": MOST_ROWS}
        )

    @transaction.atomic
    def write(target: BinaryIO) -> None:
        rows = chain.from_iterable(cells(chunk) for chunk in _chunks(found))
        count = write_table(target, heads, rows, title=str(title))
        note(Act.LIST_EXPORTED, title, by=by, unit=by.unit, after={"n": count})

    return workbook(write, str(title))


def workbook(write: Callable[[BinaryIO], object], name: str) -> FileResponse:
    """Give out what `write` writes as a workbook that is named so, and for this day."""
    target = io.BytesIO()
    write(target)
    target.seek(0)
    plain = slugify(name, allow_unicode=True) or "daodi"
    filename = f"{plain}-{timezone.localtime().date()}.xlsx"
    answer = FileResponse(target, as_attachment=True, filename=filename, content_type=XLSX)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def here(at: datetime | None) -> datetime | None:
    """Return a moment as the wall clock of the site shows it, as files have it."""
    return timezone.localtime(at) if at else None


def _chunks(found: QuerySet[Row]) -> Iterator[list[Row]]:
    rows = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _said(row: Shown, columns: Sequence[Shown]) -> Iterator[object]:
    """Return what a row says in these columns: in its own cell, or as every row says it."""
    cells: dict[str, Any] = {cell["name"]: cell["text"] for cell in row.get("cells", ())}
    for column in columns:
        said = cells.get(column["name"]) or row.get(column["name"])
        yield said or None


def _due(matter: Matter) -> datetime | None:
    """Return when the reader's own part is due, where the list is about that; else the matter."""
    own: datetime | None = getattr(matter, "part_due", None)
    return (own or matter.due_at) if matter.is_due else None
