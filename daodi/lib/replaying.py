"""Replay the past: how often somebody would have been told of a surge, and how often in vain."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from numpy.random import Generator, default_rng

from daodi.lib.surges import DAY, WEEK, Counts, replay

ROUNDS = 10  # times that a past is mixed
MIXED = 182  # days over which it is mixed: the seasons stay


@dataclass(frozen=True, slots=True)
class Replayed:
    """What would have been told in the past, and how much of that by chance alone."""

    series: int
    told: int
    by_chance: float

    def plus(self, other: "Replayed") -> "Replayed":
        told, by_chance = self.told + other.told, self.by_chance + other.by_chance
        return Replayed(self.series + other.series, told, by_chance)

    @property
    def share(self) -> float:
        """Return which share of what was told is so much as chance alone would have told."""
        return min(1.0, self.by_chance / self.told) if self.told else 0.0


def replayed(series: Mapping[str, Counts], first: date, last: date, name: str) -> Replayed:
    """Return how often somebody would have been told of one thing, as it was and mixed.

    `series` are its areas by code: where one that lies in another is told, the other is not.
    Whatever is told of a mixed past is told in vain: no case there has to do with another one.
    The same `name` is mixed in the same way.
    """
    rng = default_rng(crc32(name.encode()))
    in_vain = 0
    for _round in range(ROUNDS):
        mixed = {area: _mixed(series[area], first, last, rng) for area in sorted(series)}
        in_vain += _told(mixed, first, last)
    return Replayed(len(series), _told(series, first, last), in_vain / ROUNDS)


def _told(series: Mapping[str, Counts], first: date, last: date) -> int:
    told: list[tuple[str, date]] = []
    for area in sorted(series, key=lambda code: (-len(code), code)):
        below = [day for code, day in told if code.startswith(area) and area]
        days = (surge.day for surge in replay(series[area], first, last))
        told += [(area, day) for day in days if all(abs((day - one).days) > WEEK for one in below)]
    return len(told)


def _mixed(counts: Counts, first: date, last: date, rng: Generator) -> Counter[date]:
    """Put each case on such a weekday of any of the weeks around it: chance, at the usual level."""
    found: Counter[date] = Counter()
    length = (last - first).days + 1
    for day, count in sorted(counts.items()):
        number = (day - first).days
        start = max(0, min(number - MIXED // 2, length - MIXED))
        around = range(start, min(start + MIXED, length))
        fitting = [first + each * DAY for each in around if (each - number) % WEEK == 0]
        found.update(fitting[place] for place in rng.integers(len(fitting), size=count).tolist())
    return found
