"""Pages of work lists by key: the place of the unit in the tree, and the number in its list."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest

from daodi.apps.duties.models import Duty
from daodi.apps.duties.querysets import DutyQuerySet

SIZE = 50
KEY = "after"
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Duty]
    older_url: str
    newer_url: str


def in_order(duties: DutyQuerySet, request: HttpRequest) -> Page:
    """Return the duties in the order of the lists, from the key in the address on."""
    path, _dash, number = request.GET.get(KEY, "").rpartition("-")
    if path and number.isdigit() and len(number) <= DIGITS:
        same = Q(unit__path=path, number__gt=int(number))
        duties = duties.filter(same | Q(unit__path__gt=path))
    rows = list(duties.in_order()[: SIZE + 1])
    more = _url(request, rows[SIZE - 1]) if len(rows) > SIZE else ""
    return Page(rows[:SIZE], more, _url(request, None) if KEY in request.GET else "")


def _url(request: HttpRequest, last: Duty | None) -> str:
    rest = {name: value for name, value in request.GET.items() if name != KEY and value}
    return "?" + urlencode(rest | ({KEY: f"{last.unit.path}-{last.number}"} if last else {}))
