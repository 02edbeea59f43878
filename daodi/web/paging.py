"""Pages by key: page 1,000 of a list costs what page 1 does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet

SIZE = 50
KEY = "after"
# What an address says when the list is wanted as a file; see `daodi/web/excel.py`.
EXCEL = "excel"
Row = TypeVar("Row", bound=Model)
DIGITS = 19


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of a list, the way to those after them and back to the first, and to all as a file."""

    rows: list[Row]
    older_url: str = ""
    newer_url: str = ""
    excel_url: str = ""


def by_due(matters: MatterQuerySet, request: HttpRequest) -> Page[Matter]:
    """Return what is due first, from the key in the address on."""
    due, _sep, pk = request.GET.get(KEY, "").rpartition("_")
    if pk.isdigit() and (moment := _moment(due)):
        matters = matters.filter(Q(due_at=moment, pk__gt=int(pk)) | Q(due_at__gt=moment))
        # Repeats what the line above says, in the form that the index understands.
        matters = matters.filter(due_at__gte=moment)
    # Keys first: where PostgreSQL sorts, it need not carry whole rows along.
    keys = list(matters.due_first().values_list("pk", flat=True)[: SIZE + 1])
    return _page(list(matters.just(keys).due_first()), request, _due_key, SIZE)


def by_part(matters: MatterQuerySet, request: HttpRequest) -> Page[Matter]:
    """Return what is due first by the day of one's own part; see `joint_for`."""
    due, _sep, pk = request.GET.get(KEY, "").rpartition("_")
    if pk.isdigit() and (moment := _moment(due)):
        matters = matters.filter(Q(part_due=moment, pk__gt=int(pk)) | Q(part_due__gt=moment))
    rows = list(matters.part_due_first()[: SIZE + 1])
    return _page(rows, request, lambda row: f"{row.part_due.isoformat()}_{row.pk}", SIZE)


def by_newest(rows: QuerySet[Row], request: HttpRequest, size: int | None = None) -> Page[Row]:
    """Return the newest first, from the key in the address on; SIZE of them unless told."""
    size = size or SIZE
    pk = request.GET.get(KEY, "")
    if pk.isdigit() and len(pk) < DIGITS:
        rows = rows.filter(pk__lt=int(pk))
    return _page(list(rows.order_by("-pk")[: size + 1]), request, lambda row: str(row.pk), size)


def by_oldest(matters: MatterQuerySet, request: HttpRequest) -> Page[Matter]:
    """Return the oldest first, from the key in the address on."""
    pk = request.GET.get(KEY, "")
    if pk.isdigit() and len(pk) < DIGITS:
        matters = matters.filter(pk__gt=int(pk))
    found = list(matters.order_by("pk")[: SIZE + 1])
    return _page(found, request, lambda matter: str(matter.pk), SIZE)


ORDERS: dict[str, Callable[[MatterQuerySet, HttpRequest], Page[Matter]]] = {
    "due": by_due,
    "part": by_part,
    "newest": by_newest,
    "oldest": by_oldest,
}

# The same orders, of the whole list.
SORTED: dict[str, Callable[[MatterQuerySet], MatterQuerySet]] = {
    "due": MatterQuerySet.due_first,
    "part": MatterQuerySet.part_due_first,
    "newest": MatterQuerySet.newest_first,
    "oldest": lambda matters: matters.order_by("pk"),
}


def _due_key(matter: Matter) -> str:
    return f"{matter.due_at.isoformat()}_{matter.pk}"


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _page(rows: list[Row], request: HttpRequest, key: Callable[[Row], str], size: int) -> Page[Row]:
    older = _url(request, key(rows[size - 1])) if len(rows) > size else ""
    newer = _url(request, "") if KEY in request.GET else ""
    return Page(rows[:size], older, newer, _url(request, "", **{EXCEL: "1"}))


def _url(request: HttpRequest, key: str, **more: str) -> str:
    rest = {name: value for name, value in request.GET.items() if name != KEY and value}
    return "?" + urlencode(rest | ({KEY: key} if key else {}) | more)
