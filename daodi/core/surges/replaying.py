"""Replay the last year of each ledger: how often somebody would have been told, and in vain."""

from datetime import date, datetime
from functools import reduce
from typing import NamedTuple

from django.conf import settings

from daodi.core.ledgers.models import Ledger
from daodi.core.surges.models import Replay
from daodi.core.surges.reading import cases, days_before, first_day, series_in
from daodi.lib.replaying import Replayed, replayed
from daodi.lib.together import spread

DAYS = 365


class Past(NamedTuple):
    """A category of a ledger, and the days on which it is looked at.

    `name` has the codes of both: chance is drawn by it, so that the same past gives the same.
    """

    ledger: int
    category: int
    name: str
    first: date
    last: date


def replay_past(now: datetime) -> int:
    """Replay the last year of each ledger, and keep what came of it; return how many ledgers."""
    last = days_before(now, 1)
    done = 0
    for ledger in Ledger.objects.active().filter(is_confidential=False):
        first = first_day(ledger.pk, now, DAYS)
        if first is None:
            continue
        known = cases(ledger.pk, first).order_by().values_list("category", "category__code")
        parts = [
            Past(ledger.pk, category, f"{ledger.code} {code}", first, last)
            for category, code in known.distinct()
        ]
        each = spread(replay_of, parts, settings.DASK_SCHEDULER)
        found = reduce(Replayed.plus, each, Replayed(0, 0, 0.0))
        values = {"at": now, "days": (last - first).days + 1, "series": found.series,
                  "told": found.told, "by_chance": found.by_chance}  # fmt: skip
        Replay.objects.update_or_create(ledger=ledger, defaults=values)
        done += 1
    return done


def replay_of(past: Past) -> Replayed:
    """Replay a category in all its areas; a worker of a cluster needs Django and the database."""
    matters = cases(past.ledger, past.first).filter(category=past.category)
    return replayed(series_in(matters), past.first, past.last, past.name)
