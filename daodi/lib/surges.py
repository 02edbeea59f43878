"""When something small grows faster than its own past allows: one series of daily counts at a time.

What is expected of a day is learnt from the days before it alone: a mean that forgets slowly, times
what such a weekday usually has. How unlikely a count is comes from a Poisson distribution, widened
by how much the series spreads anyway. It speaks of places and things; of whom they come from it
knows nothing but that one person is one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from daodi.lib.statistics import poisson_tail

# So many days are looked at together: what comes at once, and what grows over a week.
SPANS = (3, 7)
LEARNT_FROM = 56  # days at least, before anything can be said
FORGETS = 0.03  # of the mean a day; half is forgotten in three weeks
LEAST = 4  # of fewer cases nobody need be told
UNLIKELY = 3e-5  # of ten times as likely ones, half were chance; see docs/judgement.md
WEEK = 7
LEAST_EXPECTED = 0.1
_PRIOR = 14.0  # days' worth of trust in “each weekday is like the others”
DAY = timedelta(days=1)

Counts = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Surge:
    """So many came in the `days` up to `day`, and so many were to be expected."""

    day: date
    days: int
    count: int
    expected: float
    chance: float

    @property
    def since(self) -> date:
        return self.day - (self.days - 1) * DAY


def daily(cases: Iterable[tuple[date, str]]) -> Counter[date]:
    """Count cases by day; of one person what comes within a week counts once."""
    counts: Counter[date] = Counter()
    last: dict[str, date] = {}
    for day, person in sorted(cases):
        if person not in last or (day - last[person]).days >= WEEK:
            last[person] = day
            counts[day] += 1
    return counts


def begun(days: Iterable[date]) -> date | None:
    """Return from when on cases come in steadily: on half of the days that are learnt from.

    What stands before was entered afterwards; measured by it, the beginning would be a surge.
    """
    known = sorted(set(days))
    half = LEARNT_FROM // 2
    pairs = zip(known, known[half - 1 :], strict=False)
    return next((day for day, other in pairs if (other - day).days < LEARNT_FROM), None)


def surge_on(counts: Counts, day: date, first: date) -> Surge | None:
    """Say whether the last days up to `day` stand out against all since `first`; else None."""
    series = _Series(counts, first)
    for number in range((day - first).days + 1):
        series.go_to(first + number * DAY)
    return series.surge()


def replay(counts: Counts, first: date, last: date) -> Iterator[Surge]:
    """Yield the surges that would have been told on each day from `first` to `last`.

    Days that follow one another are one surge: it is told once.
    """
    series = _Series(counts, first)
    told: date | None = None
    for number in range((last - first).days + 1):
        day = first + number * DAY
        series.go_to(day)
        # Without a new case there is nothing to tell.
        found = series.surge() if counts.get(day) else None
        if found and (told is None or (day - told).days > WEEK):
            yield found
        told = day if found else told


class _Series:
    """A series on one day after the other: what is expected, and what came."""

    def __init__(self, counts: Counts, first: date) -> None:
        self._counts = counts
        self._first = first
        self._day = first
        self._pasts = {days: _Past() for days in SPANS}

    def go_to(self, day: date) -> None:
        """Go on to the next day; what lies before the days looked at belongs to the past."""
        self._day = day
        for days, past in self._pasts.items():
            before = day - days * DAY
            if before >= self._first:
                past.add(before.weekday(), self._counts.get(before, 0))

    def surge(self) -> Surge | None:
        found = (self._over(days, past) for days, past in self._pasts.items())
        return next((each for each in found if each and each.chance < UNLIKELY), None)

    def _over(self, days: int, past: "_Past") -> Surge | None:
        recent = [self._day - number * DAY for number in range(days)]
        count = sum(self._counts.get(each, 0) for each in recent)
        if count < LEAST or past.days < LEARNT_FROM:
            return None
        expected = past.expected([each.weekday() for each in recent])
        # Scaled as if it came in bunches of the size in which it usually comes.
        bunch = past.bunch()
        chance = poisson_tail(ceil(count / bunch), expected / bunch)
        return Surge(self._day, days, count, round(expected, 2), chance)


class _Past:
    """What a series was like, learnt a day after the other."""

    def __init__(self) -> None:
        self.days = 0
        self._total = 0
        self._squares = 0
        self._mean = 0.0
        self._on = [0] * WEEK

    def add(self, weekday: int, count: int) -> None:
        self.days += 1
        self._total += count
        self._squares += count * count
        self._on[weekday] += count
        step = max(FORGETS, 1 / self.days)
        self._mean += step * (count / self._share(weekday) - self._mean)

    def expected(self, weekdays: list[int]) -> float:
        """Return how many are usual on such days."""
        # What was quiet lately may have been chance: half of the long mean is always expected.
        mean = max(self._mean, self._total / self.days / 2)
        return max(mean * sum(map(self._share, weekdays)), LEAST_EXPECTED)

    def bunch(self) -> float:
        """Return how much wider than Poisson the days spread: 1 and more."""
        mean = self._total / self.days
        if not mean:
            return 1.0
        return max(1.0, (self._squares / self.days - mean * mean) / mean)

    def _share(self, weekday: int) -> float:
        """Return how much a weekday has, against 1 of a usual day."""
        return (_PRIOR + self._on[weekday]) / (_PRIOR + self._total / WEEK)
