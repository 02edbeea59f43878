"""When something small grows faster than its own past allows: one series of daily counts at a time.

What is expected of a day is learnt from the days before it alone: a mean that forgets slowly, times
what such a weekday usually has. How unlikely a count is comes from a Poisson distribution, widened
by how much the series spreads anyway. It speaks of places and things; of whom they come from it
knows nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from daodi.lib.statistics import poisson_tail

# So many days are looked at together: what comes at once, and what grows over a week.
SPANS = (3, 7)
LEARNT_FROM = 56  # days at least, before anything can be said
FORGETS = 0.03  # of the mean a day; half is forgotten in three weeks
LEAST = 4  # of fewer cases nobody need be told
UNLIKELY = 5e-4
WEEK = 7
LEAST_EXPECTED = 0.1
_PRIOR = 14.0  # days' worth of trust in “each weekday is like the others”


@dataclass(frozen=True, slots=True)
class Surge:
    """So many came in the `days` up to `day`, and so many were to be expected."""

    day: date
    days: int
    count: int
    expected: float
    chance: float


def surge_on(counts: Mapping[date, int], day: date, first: date) -> Surge | None:
    """Say whether the last days up to `day` stand out against all since `first`; else None."""
    found = (_surge(counts, day, first, days) for days in SPANS)
    return next((each for each in found if each and each.chance < UNLIKELY), None)


def _surge(counts: Mapping[date, int], day: date, first: date, days: int) -> Surge | None:
    recent = [day - timedelta(days=n) for n in range(days)]
    past = [first + timedelta(days=n) for n in range((recent[-1] - first).days)]
    count = sum(counts.get(each, 0) for each in recent)
    if count < LEAST or len(past) < LEARNT_FROM:
        return None
    known = [counts.get(each, 0) for each in past]
    mean, shares = _level(known, past)
    expected = max(mean * sum(shares[each.weekday()] for each in recent), LEAST_EXPECTED)
    # Scaled as if it came in bunches of the size in which it usually comes.
    bunch = _spread(known)
    chance = poisson_tail(ceil(count / bunch), expected / bunch)
    return Surge(day, days, count, round(expected, 2), chance)


def replay(counts: Mapping[date, int], first: date, last: date) -> Iterator[Surge]:
    """Yield the surges that would have been told on each day from `first` to `last`.

    Days that follow one another are one surge: it is told once.
    """
    told: date | None = None
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        # Without a new case there is nothing to tell.
        found = surge_on(counts, day, first) if counts.get(day) else None
        if found and (told is None or (day - told).days > WEEK):
            yield found
        told = day if found else told


def _level(counts: Sequence[int], days: Sequence[date]) -> tuple[float, list[float]]:
    """Return the mean of a usual day as it is now, and what share of it each weekday has."""
    total, usual = sum(counts), sum(counts) / len(counts)
    on = [0.0] * WEEK
    for count, day in zip(counts, days, strict=True):
        on[day.weekday()] += count
    each = total / WEEK
    shares = [(_PRIOR + count) / (_PRIOR + each) for count in on]
    mean = usual
    for count, day in zip(counts, days, strict=True):
        mean += FORGETS * (count / shares[day.weekday()] - mean)
    # What was quiet lately may have been chance: half of the long mean is always expected.
    return max(mean, usual / 2), shares


def _spread(counts: Sequence[int]) -> float:
    """Return how much wider than Poisson the days spread: 1 and more."""
    mean = sum(counts) / len(counts)
    if not mean:
        return 1.0
    variance = sum((count - mean) ** 2 for count in counts) / len(counts)
    return max(1.0, variance / mean)
