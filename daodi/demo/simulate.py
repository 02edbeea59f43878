"""Let time run: requests come in, people act, the sweep looks, days close."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection

from daodi.core.figures.projecting import project
from daodi.core.followup.draw import draw
from daodi.core.followup.settling import settle as settle_follow_ups
from daodi.core.history.roots import close_days
from daodi.core.sweep.alarms import sweep
from daodi.demo.arrivals import Arrival, arrivals
from daodi.demo.case import Case, Course
from daodi.demo.course import draw_fate, run
from daodi.demo.dice import dice
from daodi.demo.others import make_problem, make_talk, make_task
from daodi.demo.signs import put_signs
from daodi.demo.sisters import QI, Sister
from daodi.demo.texts import RequestText, make_repeat, make_request, season_of
from daodi.demo.world import World, make_world

LOOK, DAY, WEEK = timedelta(hours=2), timedelta(days=1), timedelta(days=7)
# So many days before the end figures are counted, so that they know what was known then: a week
# and a month are compared with the ones before at the same age.
COUNTED = (70, 63, 56, 49, 42, 35, 31, 30, 28, 21, 14, 7)
# Whose residents are called is drawn in the last weeks only: the pages show no more.
DRAWN = timedelta(days=35)
REPEATED, BACK = 0.05, 0.012
TALKED_OF = ("WS0501", "WS0501", "WS0502")

# When, in which county, what.
Coming = tuple[datetime, World, Arrival]
# Told how much of the time has passed, from 0 to 1.
Tell = Callable[[float], None]
# When which course goes on; without a case it is a story of a domain app.
Agenda = list[tuple[datetime, int, Case | None, Course]]


def worlds_of(seed: int, sisters: tuple[Sister, ...] = (QI,)) -> list[World]:
    """Look the counties up, each with dice of its own."""
    return [make_world(dice(seed * 1000 + sister.number), sister) for sister in sisters]


def simulate(
    *,
    until: datetime,
    days: int,
    requests: int,
    seed: int = 1,
    worlds: list[World] | None = None,
    tell: Tell | None = None,
    stories: Sequence[Course] = (),
) -> list[World]:
    """Live through the days before `until`, in each county with so many requests.

    `stories` are what domain apps have happen meanwhile: each says when it goes on.
    """
    start, worlds = until - timedelta(days=days), worlds or worlds_of(seed)
    coming = heapq.merge(*(_coming(world, start, until, requests) for world in worlds), key=_when)
    live(coming, start=start, until=until, worlds=worlds, tell=tell, stories=stories)
    for world in worlds:
        put_signs(world, until)
    return worlds


def live(
    coming: Iterable[Coming],
    *,
    start: datetime,
    until: datetime,
    worlds: list[World],
    tell: Tell | None = None,
    stories: Sequence[Course] = (),
) -> None:
    """Let time run from start to until, with what comes in, in the order of time."""
    passing = _Passing(worlds, start, until)
    agenda: Agenda = [
        (first, -number, None, story)
        for number, story in enumerate(stories, start=1)
        if (first := next(story, None))
    ]
    heapq.heapify(agenda)
    for number, (at, world, arrival) in enumerate(coming):
        _live(agenda, at, passing)
        case, course = begin(world, arrival)
        heapq.heappush(agenda, (at, number, case, course))
        if tell:
            tell((at - start) / (until - start))
    _live(agenda, until, passing)
    passing.to(until)
    passing.look(until)
    passing.ask(until)
    passing.settle(until)
    project(until)


def _coming(world: World, start: datetime, until: datetime, requests: int) -> Iterator[Coming]:
    stream = arrivals(
        world.rng, start=start, until=until, requests=requests, calendar=world.calendar
    )
    return ((arrival.at, world, arrival) for arrival in stream)


def _when(coming: Coming) -> datetime:
    return coming[0]


def _live(agenda: Agenda, until: datetime, passing: "_Passing") -> None:
    """Let everybody act whose time comes before `until`."""
    while agenda and agenda[0][0] <= until:
        at, number, case, course = agenda[0]
        passing.to(at)
        is_over = case is not None and case.is_over
        following = None if is_over else next(course, None)
        if case is None:
            passing.wake(at)
        if following is None or (case is not None and case.is_over):
            heapq.heappop(agenda)
        else:
            heapq.heapreplace(agenda, (following, number, case, course))


class _Passing:
    """Time as it passes for those who need nobody to act: the sweep, and the days that close."""

    def __init__(self, worlds: list[World], start: datetime, until: datetime) -> None:
        self._worlds = worlds
        counts = (until - timedelta(days=days) for days in COUNTED)
        self._counts = [at for at in counts if at > start]
        self._last, self._look, self._week = start, start + LOOK, start + WEEK
        self._day = max(start, until - DRAWN)

    def to(self, at: datetime) -> None:
        while self._look <= at:
            self.look(self._look)
            self._look += LOOK

    def wake(self, at: datetime) -> None:
        """Have the sweep look next time: a story changed matters that no world knows."""
        for world in self._worlds:
            world.wakes = at

    def look(self, now: datetime) -> None:
        if any(world.wakes and world.wakes <= now for world in self._worlds):
            # What came due before the look before the last one has been looked at.
            sweep(now, since=self._last - LOOK)
            wakes = _next_look(now)
            for world in self._worlds:
                world.looked, world.wakes = now, wakes
        if now >= self._day:
            self._day += DAY
            self.ask(now)
        while self._counts and now >= self._counts[0]:
            project(self._counts.pop(0))
        if now >= self._week:
            self._week += WEEK
            self.settle(now)
        self._last = now

    def ask(self, now: datetime) -> None:
        """Draw whose residents are called, and follow what was said since."""
        draw(now)
        settle_follow_ups(now)

    def settle(self, now: datetime) -> None:
        """Close the days that are over, and let the database check what it keeps to the end."""
        close_days(now)
        if connection.in_atomic_block:
            _check_keys()


def _next_look(now: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(next_look_at) FROM core_matter WHERE next_look_at > %s", [now])
        found: datetime | None = cursor.fetchone()[0]
        return found


def _check_keys() -> None:
    """Let the database check now what it would keep to the end: it keeps all of that in memory."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def begin(world: World, arrival: Arrival) -> tuple[Case, Course]:
    """Make what comes in, and begin its course."""
    if arrival.what == "task":
        case, course = make_task(world, arrival.at, arrival.lead)
    elif arrival.what == "problem":
        case, course = make_problem(world, arrival.at)
    elif arrival.what == "talk":
        case, course = make_talk(world, arrival.at, _talk(world, arrival))
    else:
        case, course = _request(world, arrival)
    case.last_act = arrival.last_act
    return case, course


def _request(world: World, arrival: Arrival) -> tuple[Case, Course]:
    request, same = _asked(world, arrival)
    is_given = arrival.fate or arrival.last_act
    case = Case(
        world,
        arrival.at,
        request.lead,
        request.values,
        way=request.way,
        request=request,
        fate=arrival.fate if is_given else draw_fate(world, request),
        hurry=request.urgency in ("critical", "urgent"),
    )
    if arrival.burst and same is None:
        if not arrival.burst.first:
            case.fate = "press"
        arrival.burst.first.append(case)
    return case, run(case, request, same)


def _talk(world: World, arrival: Arrival) -> RequestText:
    category, season = world.rng.choice(TALKED_OF), season_of(arrival.at.month)
    return make_request(world.rng, category=category, season=season)


def _asked(world: World, arrival: Arrival) -> tuple[RequestText, Case | None]:
    """Return what is asked, and the case about the same thing if there is one."""
    rng, burst = world.rng, arrival.burst
    season = season_of(arrival.at.month)
    if burst and burst.first and world.happens(burst.repeated):
        return _repeated(world, rng.choice(burst.first))
    if not (burst or arrival.fate or arrival.last_act):
        if world.open and world.happens(REPEATED):
            return _repeated(world, rng.choice(world.open))
        if world.solved and world.happens(BACK):
            return _repeated(world, rng.choice(world.solved), again=True)
    within = burst.within if burst else ("",)
    category, fact = arrival.category, arrival.fact
    return make_request(rng, category=category, fact=fact, season=season, within=within), None


def _repeated(world: World, same: Case, *, again: bool = False) -> tuple[RequestText, Case | None]:
    if same.request is None:
        raise LookupError("only what was asked can be asked again")
    request = make_repeat(world.rng, same.request, again=again)
    return request, None if again else same
