"""Let time run: requests come in, people act, the sweep looks, days close."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random

from daodi.core.history.roots import close_days
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import DEMO_PREFIX, Division, Member, Unit
from daodi.core.sweep.alarms import sweep
from daodi.demo.course import run
from daodi.demo.texts import make_repeat, make_request, season_of
from daodi.demo.world import World

LOOK = timedelta(hours=2)
FRESH = 0.03
# How many of a day's requests come in each hour.
HOURS = (1, 1, 0, 0, 0, 1, 3, 8, 14, 16, 13, 9, 6, 7, 11, 13, 12, 9, 7, 7, 6, 4, 3, 2)

Tell = Callable[[int], None]


def simulate(
    *, until: datetime, days: int, requests: int, seed: int = 1, tell: Tell | None = None
) -> int:
    """Live through the days before `until`; return how many requests were filed."""
    rng = Random(seed)
    world = make_world(rng)
    start = until - timedelta(days=days)
    order = count()
    agenda = [(at, next(order), course) for at, course in _courses(world, start, days, requests)]
    heapq.heapify(agenda)
    look, told = start + LOOK, 0
    while agenda and agenda[0][0] <= until:
        at, _number, course = heapq.heappop(agenda)
        while look <= at:
            sweep(look)
            close_days(look)
            look += LOOK
        following = next(course, None)
        told += 1
        if tell:
            tell(told)
        if following is not None:
            heapq.heappush(agenda, (following, next(order), course))
    sweep(until)
    close_days(until)
    return requests


def make_world(rng: Random) -> World:
    """Look the county up."""
    members: dict[tuple[str, str], list[Member]] = defaultdict(list)
    staff = Member.objects.active().exclude(user__username__startswith=DEMO_PREFIX)
    for member in staff.select_related("unit", "user"):
        for role in member.roles:
            members[member.unit.path, role].append(member)
    ledger = Ledger.objects.with_units().get(code="appeals")
    return World(
        rng=rng,
        ledger=ledger,
        categories={category.code: category for category in ledger.categories.all()},
        divisions={area.code: area for area in Division.objects.all()},
        units={unit.code: unit for unit in Unit.objects.all()},
        members=members,
    )


def _courses(
    world: World, start: datetime, days: int, requests: int
) -> Iterator[tuple[datetime, Iterator[datetime]]]:
    rng, earlier = world.rng, None
    for _number in range(requests):
        at = _moment(rng, start, days)
        season = season_of(at.month)
        repeat = earlier is not None and rng.random() < 0.06
        request = (
            make_repeat(rng, earlier) if repeat and earlier else make_request(rng, season=season)
        )
        earlier = request
        course = run(world, request, at)
        yield next(course), course


def _moment(rng: Random, start: datetime, days: int) -> datetime:
    """Return when a request comes in; some came just now, so that there is something to do."""
    if rng.random() < FRESH:
        return start + timedelta(days=days, minutes=-rng.randrange(5, 180))
    day = start + timedelta(days=rng.randrange(days))
    hour = rng.choices(range(24), HOURS)[0]
    return day.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60))
