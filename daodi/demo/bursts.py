"""Much of one kind from one area: within hours, or of one place for weeks."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from daodi.demo.places import CITY, streets, towns

SOON = timedelta(days=30)
HOURS_IN_DAY = 24
# Most in the first hours, and the rest tails off; or more and more of it.
EARLY, LATE = (1.4, 3.0), (1.6, 1.1)
# What neighbours say of one place for weeks, and since how many days.
TROUBLES = (("CS0102:1", 40), ("WY0102:1", 60), ("CS0501:2", 25))


@dataclass
class Burst:
    """Much of one kind within hours or weeks: a storm, a water main that broke, a dark road."""

    begins: datetime
    hours: int
    # Which part of all that comes in over the year.
    share: float
    # Of each category all that is told of it, or only one of its facts.
    categories: tuple[str, ...]
    within: tuple[str, ...]
    # How many say what somebody has said before.
    repeated: float
    # So many at least, where a story has room for them.
    least: int = 0
    # Where in that time most of it comes, as a beta distribution.
    shape: tuple[float, float] = EARLY
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


def troubles_of(rng: Random, end: datetime) -> list[Burst]:
    """Return what is going on at the end: troubles of a neighbourhood, and no water since today."""
    found = [
        Burst(
            begins=end - timedelta(days=days),
            hours=days * HOURS_IN_DAY,
            share=0.006,
            categories=(told,),
            within=(CITY,),
            repeated=1.0,
            least=5,
            shape=LATE,
        )
        for told, days in TROUBLES
    ]
    outage = Burst(
        begins=end - timedelta(hours=20),
        hours=17,
        share=0.005,
        categories=("GY0101:1",),
        within=(rng.choice(sorted(streets()["communities"])),),
        repeated=1.0,
        least=6,
    )
    return [*found, outage]
