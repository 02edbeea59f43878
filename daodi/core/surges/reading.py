"""Matters as series: of each category, day by day, how many people of each town and county."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import F
from django.db.models.functions import Left, TruncDate

from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.places import COUNTY_DIGITS, TOWN_DIGITS
from daodi.lib.days import begin_of_day, day_of
from daodi.lib.surges import LEAST, Counts, begun, daily

CHUNK = 5000
LEFT_OUT = (State.DECLINED, State.WITHDRAWN)


def cases(ledger: int, first: date) -> MatterQuerySet:
    """Return what counts of a ledger since a day: nothing confidential, erased or turned away."""
    found = Matter.objects.filter(
        ledger=ledger,
        filed_at__gte=begin_of_day(first),
        category__isnull=False,
        is_confidential=False,
        erased_at=None,
    )
    return found.exclude(state__in=LEFT_OUT)


def first_day(ledger: int, now: datetime, days: int) -> date | None:
    """Return from which day on a ledger can be learnt from, of the last so many days."""
    found = cases(ledger, days_before(now, days)).order_by()
    return begun(found.values_list("filed_at__date", flat=True).distinct())


def series_in(matters: MatterQuerySet) -> dict[str, Counts]:
    """Return the daily counts of each town and county, by code; of one person one in a week."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for code, day, person in _rows(matters):
        for area in {code[:TOWN_DIGITS], code[:COUNTY_DIGITS]}:
            found[area].append((day, person))
    return {area: daily(each) for area, each in sorted(found.items()) if len(each) >= LEAST}


def matters_in(ledger: int, category: int, area: str, since: date) -> MatterQuerySet:
    """Return the matters of a series since a day."""
    there = {"division__code__startswith": area} if area else {"division": None}
    return cases(ledger, since).filter(category=category, **there)


def days_before(now: datetime, days: int) -> date:
    return day_of(now) - timedelta(days=days)


def _rows(matters: MatterQuerySet) -> Iterator[tuple[str, date, str]]:
    # Who it was is told by a digest of the telephone, and only as long as this runs.
    rows = matters.order_by().values_list(
        Left("division__code", TOWN_DIGITS), TruncDate("filed_at"), F("contact__phone_hash"), "pk"
    )
    for code, day, phone, pk in rows.iterator(chunk_size=CHUNK):
        yield code or "", day, bytes(phone).hex() if phone else str(pk)
