"""How far a task is, and when it will be done if it goes on like this. Pure."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 5 * 366


@dataclass(frozen=True, slots=True)
class Outlook:
    """The share that is done, the share that was planned by today, and the day it will end."""

    share: float | None
    planned: float
    ends: date | None = None

    @property
    def is_behind(self) -> bool:
        return self.share is not None and self.share < self.planned


def planned_share(first: date, last: date, today: date) -> float:
    """Return how much of the time from `first` to `last` is over when `today` ends."""
    whole = (last - first).days + 1
    return min(1.0, max(0.0, ((today - first).days + 1) / whole))


def look_ahead(first: date, last: date, today: date, share: float | None) -> Outlook:
    """Foretell the end from the pace so far; nothing done so far foretells nothing."""
    planned = planned_share(first, last, today)
    over = (today - first).days + 1
    if share is None or share <= 0 or share >= 1 or over <= 0:
        return Outlook(share, planned)
    days = math.ceil(over / share)
    return Outlook(share, planned, first + timedelta(days=min(days, MOST_DAYS) - 1))
