"""Let time run: requests come in, people act, the sweep looks; then days are closed and counted."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection

from daodi.core.figures.projecting import note_facts, project
from daodi.core.figures.summaries import Day, sum_up
from daodi.core.followup.draw import draw
from daodi.core.followup.settling import settle as settle_follow_ups
from daodi.core.history.roots import close_days
from daodi.core.surges.services import watch
from daodi.core.sweep.alarms import sweep
from daodi.demo.arrivals import Arrival, arrivals
from daodi.demo.beginning import begin
from daodi.demo.case import Case, Course
from daodi.demo.dice import dice
from daodi.demo.signs import put_signs
from daodi.demo.sisters import QI, Sister
from daodi.demo.world import World, make_world

LOOK, DAY, WEEK = timedelta(hours=2), timedelta(days=1), timedelta(days=7)
# So many days before the end figures are counted, so that they know what was known then: a week
# and a month are compared with the ones before at the same age.
COUNTED = (70, 63, 56, 49, 42, 35, 31, 30, 28, 21, 14, 7)
# Whose residents are called is drawn in the last weeks only: the pages show no more.
DRAWN = timedelta(days=35)

# When, in which county, what.
Coming = tuple[datetime, World, Arrival]
# Told how much of the time has passed, from 0 to 1.
Tell = Callable[[float], None]
# When which course goes on; without a case it is a story of a domain app.
Agenda = list[tuple[datetime, int, Case | None, Course]]


def worlds_of(seed: int, sisters: tuple[Sister, ...] = (QI,), half: int = 0) -> list[World]:
    """Look the counties up, each with dice of its own."""
    return [make_world(dice(seed * 1000 + 100 * half + one.number), one) for one in sisters]


def simulate(*, until: datetime, days: int, requests: int, seed: int = 1) -> World:
    """Live through the days before `until` in one county with so many requests."""
    start, worlds = until - timedelta(days=days), worlds_of(seed)
    coming = come(worlds, start=start, until=until, requests=requests, seed=seed)
    live(coming, start=start, until=until, worlds=worlds)
    put_signs(worlds[0], until)
    return worlds[0]


def come(
    worlds: list[World], *, start: datetime, until: datetime, requests: int, seed: int
) -> Iterator[Coming]:
    """Yield what comes in, in each county so many requests; the same for the same seed."""
    streams = (
        _coming(world, arrivals(
            dice(f"{seed} {number}"), start=start, until=until, requests=requests,
            calendar=world.calendar,
        ))
        for number, world in enumerate(worlds)
    )  # fmt: skip
    return heapq.merge(*streams, key=_when)


def _coming(world: World, stream: Iterator[Arrival]) -> Iterator[Coming]:
    return ((arrival.at, world, arrival) for arrival in stream)


def live(
    coming: Iterable[Coming],
    *,
    start: datetime,
    until: datetime,
    worlds: list[World],
    stories: Sequence[Course] = (),
) -> None:
    """Live from start to until, then close the days and count them."""
    days = pass_time(coming, start=start, until=until, worlds=worlds, stories=stories)
    settle(days, start=start, until=until)


def pass_time(
    coming: Iterable[Coming],
    *,
    start: datetime,
    until: datetime,
    worlds: list[World],
    tell: Tell | None = None,
    stories: Sequence[Course] = (),
    calls: bool = True,
) -> set[Day]:
    """Let time run from start to until, with what comes in, in the order of time.

    `stories` are what domain apps have happen meanwhile: each says when it goes on. Residents are
    called only with `calls`. Return the days whose figures have to be summed up.
    """
    passing = _Passing(worlds, start, until, calls=calls)
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
    return passing.days


def settle(days: set[Day], *, start: datetime, until: datetime) -> None:
    """Close the days, each week those that were over by then, and count what `days` came to."""
    at = start
    while at < until:
        at = min(at + WEEK, until)
        close_days(at)
    watch(until)
    sum_up(days)
    project(until, everything=True)


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
    """Time as it passes for those who need nobody to act: the sweep, and who notes the figures."""

    def __init__(
        self, worlds: list[World], start: datetime, until: datetime, *, calls: bool
    ) -> None:
        self._worlds, self._calls = worlds, calls
        counts = (until - timedelta(days=days) for days in COUNTED)
        self._counts, self._seen = [at for at in counts if at > start], 0
        self._last, self._look, self._week = start, start + LOOK, start + WEEK
        self._day = max(start, until - DRAWN)
        self.days: set[Day] = set()

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
            self._note(self._counts.pop(0))
        if now >= self._week and connection.in_atomic_block:
            self._week += WEEK
            _check_keys()
        self._last = now

    def ask(self, now: datetime) -> None:
        """Draw whose residents are called, follow what was said since, and see what grows."""
        if self._calls:
            draw(now)
            settle_follow_ups(now)
            watch(now)

    def _note(self, now: datetime) -> None:
        noted = note_facts(now, since=self._seen)
        self._seen = noted.last
        self.days |= noted.days


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
