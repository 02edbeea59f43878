"""Days on which much of one kind comes in from one area within hours."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from daodi.demo.places import CITY, streets, towns

SOON = timedelta(days=30)


@dataclass
class Burst:
    """Much of one kind within hours: a storm, or a water main that broke."""

    begins: datetime
    hours: int
    # Which part of all that comes in over the year.
    share: float
    # Of each category all that is told of it, or only one of its facts.
    categories: tuple[str, ...]
    within: tuple[str, ...]
    # How many say what somebody has said before.
    repeated: float
    # The cases that were first; whoever says the same is merged into one of them.
    first: list[Any] = field(default_factory=list)


def bursts_of(rng: Random, start: datetime, end: datetime) -> list[Burst]:
    """Return the bursts of the time from start to end: two in summer, one in the cold."""
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    # What is over and cleared by today, and not what is just happening.
    days = [day for day in days if end - day > SOON]
    found = []
    for months, make in (((7,), _storm), ((8,), _storm), ((1, 12, 2), _main)):
        fitting = [day for month in months for day in days if day.month == month]
        if fitting:
            day = fitting[len(fitting) // 3 + rng.randrange(1 + len(fitting) // 3)]
            found.append(make(rng, day.date(), start))
    return found


def _storm(rng: Random, day: date, like: datetime) -> Burst:
    """Streets under water, villages flooded, lines down: in the county town and two towns."""
    area = (CITY, *rng.sample(sorted(towns()), 2))
    return Burst(
        begins=datetime.combine(day, time(rng.randint(1, 6), 20), like.tzinfo),
        hours=16,
        share=0.014,
        categories=("ZA0402", "ZA0402", "CS0105:1", "CS0401:4", "GY0201:1", "GY0201:3", "ZA0403:1"),
        within=area,
        repeated=0.45,
    )


def _main(rng: Random, day: date, like: datetime) -> Burst:
    """No water in one quarter of the county town since early morning."""
    return Burst(
        begins=datetime.combine(day, time(6, 10), like.tzinfo),
        hours=9,
        share=0.008,
        categories=("GY0101:1", "GY0101:3"),
        within=(rng.choice(sorted(streets()["communities"])),),
        repeated=0.8,
    )
