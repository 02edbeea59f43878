"""Close each day with one root over everything that was written down on it."""

from datetime import date, datetime, timedelta

from django.db.models import Min

from daodi.core.history.chain import merkle_root
from daodi.core.history.models import DayRoot, Event
from daodi.lib.days import DAY, begin_of_day, day_of, end_of_day

# A transaction that began before midnight may still be writing a moment after it.
SETTLED_AFTER = timedelta(minutes=10)


def root_of(day: date) -> tuple[bytes, int]:
    """Return the root over a day's events, in the order they were written, and their number."""
    begin, end = begin_of_day(day), end_of_day(day)
    rows = Event.objects.filter(recorded_at__gte=begin, recorded_at__lt=end)
    hashes = rows.order_by("recorded_at", "pk").values_list("hash", flat=True)
    leaves = [bytes(one) for one in hashes.iterator(chunk_size=20_000)]
    return merkle_root(leaves), len(leaves)


def close_days(now: datetime) -> list[DayRoot]:
    """Close every day that is over and not closed yet; a day once closed is never closed again."""
    today = day_of(now - SETTLED_AFTER)
    last = DayRoot.objects.order_by("-day").first()
    day = last.day + DAY if last else _first_day()
    closed = []
    while day and day < today:
        root, events = root_of(day)
        closed.append(DayRoot(day=day, root=root, events=events, closed_at=now))
        day += DAY
    # Two workers may close the same day: they find the same root.
    DayRoot.objects.bulk_create(closed, ignore_conflicts=True)
    return closed


def _first_day() -> date | None:
    first: datetime | None = Event.objects.aggregate(first=Min("recorded_at"))["first"]
    return day_of(first) if first else None
