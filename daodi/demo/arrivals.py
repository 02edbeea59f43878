"""What comes in over a year, and when, in the order of time: nothing is made before it comes."""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from daodi.demo.almanac import HOURS, OFFICE_HOURS, draw_category, fits_day, moment_of, share_of_day
from daodi.demo.bursts import Burst, bursts_of, troubles_of
from daodi.demo.stories import leads
from daodi.lib.worktime import WorkCalendar

DAY = timedelta(days=1)
# For each request so many of the others, at least so many, and at what hours.
OTHERS = {
    "task": (0.03, 4, OFFICE_HOURS),
    "problem": (0.018, 3, OFFICE_HOURS),
    "talk": (0.008, 2, HOURS),
}
TRIES = 30
# Below that, not every category can come.
FEW = 600
# Below that, there is no room for neighbours who say the same.
SOME = 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that comes in: of what category, in which burst, or what befalls it."""

    at: datetime
    what: str = "request"
    category: str = ""
    # Which of the category's facts, from 1 on; 0: any.
    fact: int = 0
    burst: Burst | None = None
    fate: str = ""
    last_act: str = ""
    lead: str = ""


# What waits for somebody today: hours ago, what, category and fact, fate, and the act that was
# its last. The first of them come in a small story too.
STAGE = (
    (0.2, "request", "CS0102", "", "file"),
    (30, "request", "CS0102", "", "dispatch"),
    (150, "request", "CS0101", "extend", "extend"),
    (130, "task", "", "", "submit"),
    (40, "request", "CS0301", "wrong", "object"),
    (120, "request", "CS0101", "", "hand_in"),
    (400, "request", "CS0101", "", "contact"),
    (90, "request", "CS0102", "", "contact"),
    (170, "request", "CS0102", "suspend", "suspend"),
    (0.6, "request", "", "", "file"),
    (1.1, "request", "", "", "file"),
    (1.5, "request", "", "", "file"),
    (2.2, "request", "", "", "file"),
    (3, "request", "", "", "file"),
    (4, "request", "", "", "list"),
    (5, "request", "", "", "list"),
    (260, "request", "CS0105:2", "", "accept"),
    (52, "request", "CS0103", "", "accept"),
    (26, "request", "CS0101", "joint", "dispatch"),
    (22, "request", "CS0103", "", "dispatch"),
    (34, "request", "WY0102", "wrong", "object"),
    (140, "request", "CS0102", "ask", "ask"),
    (100, "task", "", "", "report"),
    (240, "task", "", "", "submit"),
    (60, "request", "", "", "hand_in"),
    (75, "request", "", "", "hand_in"),
    (56, "problem", "", "", "hand_in"),
    (27, "problem", "", "", "dispatch"),
)
STAGED_AT = "SZZX"


def arrivals(
    rng: Random, *, start: datetime, until: datetime, requests: int, calendar: WorkCalendar
) -> Iterator[Arrival]:
    """Yield what comes in from start to until, `requests` of them requests."""
    staged = [*_staged(rng, until, min(len(STAGE), requests // 10))]
    bursts = [*bursts_of(rng, start, until), *troubles_of(rng, until)]
    in_bursts = [one for burst in bursts for one in _in_burst(rng, burst, requests)]
    taken = len(in_bursts) + sum(one.what == "request" for one in staged)
    usual = _usual(rng, start, until, max(0, requests - taken), calendar)
    others = _others(rng, start, until, requests, calendar)
    fixed = sorted([*staged, *in_bursts], key=_when)
    yield from heapq.merge(fixed, usual, others, key=_when)


def _when(arrival: Arrival) -> datetime:
    return arrival.at


def _staged(rng: Random, until: datetime, count: int) -> Iterator[Arrival]:
    for hours, what, told, fate, last_act in STAGE[:count]:
        at = until - timedelta(hours=hours)
        category, _sep, fact = told.partition(":")
        yield Arrival(
            at=at,
            what=what,
            category=category or draw_category(rng, at.date()),
            fact=int(fact or 0),
            fate=fate,
            last_act=last_act,
            lead=STAGED_AT,
        )


def _in_burst(rng: Random, burst: Burst, requests: int) -> Iterator[Arrival]:
    least = burst.least if requests >= SOME else 0
    for _number in range(max(least, round(requests * burst.share))):
        at = burst.begins + timedelta(hours=burst.hours * rng.betavariate(*burst.shape))
        category, _sep, fact = rng.choice(burst.categories).partition(":")
        yield Arrival(at, category=category, fact=int(fact or 0), burst=burst)


def _usual(
    rng: Random, start: datetime, until: datetime, count: int, calendar: WorkCalendar
) -> Iterator[Arrival]:
    """Yield the requests of ordinary days; over a year each category comes at least once."""
    moments = _moments(rng, start, until, count, calendar)
    wanted = _wanted(rng, start, until) if count >= FEW else {}
    waiting: list[str] = []
    for at in moments:
        waiting += wanted.pop(at.date(), ())
        fitting = [code for code in waiting if fits_day(code, at.date())]
        if fitting:
            waiting.remove(fitting[0])
        yield Arrival(at, category=fitting[0] if fitting else draw_category(rng, at.date()))


def _wanted(rng: Random, start: datetime, until: datetime) -> dict[date, list[str]]:
    """Give each category a day on which somebody asks for it."""
    days = [(start + n * DAY).date() for n in range(1, (until - start).days)]
    wanted: dict[date, list[str]] = defaultdict(list)
    for code in leads():
        if fitting := [day for day in days if fits_day(code, day)]:
            wanted[rng.choice(fitting)].append(code)
    return wanted


def _moments(
    rng: Random,
    start: datetime,
    until: datetime,
    count: int,
    calendar: WorkCalendar,
    hours: tuple[int, ...] = HOURS,
) -> Iterator[datetime]:
    """Yield `count` moments in the rhythm of hours, weeks and holidays, day by day."""
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + n * DAY for n in range((until - midnight).days + 1)]
    shares = [share_of_day(day.date(), calendar) for day in days]
    total, before, done = sum(shares), 0.0, 0
    for day, share in zip(days, shares, strict=True):
        before += share
        by_now = round(count * before / total)
        found = [_within(rng, day, start, until, hours) for _number in range(by_now - done)]
        yield from sorted(found)
        done = by_now


def _within(
    rng: Random, day: datetime, start: datetime, until: datetime, hours: tuple[int, ...]
) -> datetime:
    """Return a moment of a day; on the first and the last one only between start and until."""
    begin, end = max(day, start), min(day + DAY, until)
    for _try in range(TRIES):
        at = moment_of(rng, day, hours)
        if begin <= at < end:
            return at
    return begin + (end - begin) * rng.random()


def _others(
    rng: Random, start: datetime, until: datetime, requests: int, calendar: WorkCalendar
) -> Iterator[Arrival]:
    """Yield what comes in on the other ledgers."""
    streams = []
    for what, (share, least, hours) in OTHERS.items():
        count = max(least, round(requests * share))
        moments = _moments(rng, start, until, count, calendar, hours)
        streams.append([Arrival(at, what) for at in moments])
    yield from heapq.merge(*streams, key=_when)
