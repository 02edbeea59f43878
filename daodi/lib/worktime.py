"""Count time as offices do: every hour, every working day, or office hours only.

All of it is pure. Working time is a subset of the time line; a deadline is the earliest moment at
which the time counted since the start reaches the limit. Because pauses and days off only take
time away, a deadline can never move backwards when one is added, and it is monotone in the start.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from daodi.lib.limits import Limit, add_months

DAY = timedelta(days=1)
SATURDAY = 5
FOREVER = timedelta(days=365 * 50)


class Counting(StrEnum):
    """Which time counts towards a limit."""

    ALWAYS = "always"
    WORKDAYS = "workdays"
    OFFICE = "office"


class Reason(StrEnum):
    """Why a stretch of time counts, or does not."""

    ALWAYS = "always"
    WORKDAY = "workday"
    MAKE_UP = "make-up"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    CLOSED = "closed"
    PAUSED = "paused"


COUNTS = frozenset({Reason.ALWAYS, Reason.WORKDAY, Reason.MAKE_UP})


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, but for days off and make-up days, up to the last year announced.

    Days are the days of `zone`, never of UTC. Years after `known_to` count Monday to Friday until
    their holidays are announced, and every deadline that reaches into them is provisional.
    """

    zone: ZoneInfo
    days_off: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    known_to: int = 9999
    hours: tuple[tuple[time, time], ...] = ((time(8, 30), time(12)), (time(14, 30), time(18)))

    def reason(self, day: date) -> Reason:
        """Say what kind of day this is."""
        if day in self.make_up_days:
            return Reason.MAKE_UP
        if day in self.days_off:
            return Reason.HOLIDAY
        return Reason.WEEKEND if day.weekday() >= SATURDAY else Reason.WORKDAY

    def is_workday(self, day: date) -> bool:
        return self.reason(day) in COUNTS

    def office_day(self) -> timedelta:
        """Return how long the office is open on a working day."""
        any_day = date(2000, 1, 1)
        spans = (
            datetime.combine(any_day, end) - datetime.combine(any_day, begin)
            for begin, end in self.hours
        )
        return sum(spans, timedelta(0))


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of time from start to deadline, and whether it counted."""

    begin: datetime
    end: datetime
    reason: Reason

    @property
    def counted(self) -> timedelta:
        return self.end - self.begin if self.reason in COUNTS else timedelta(0)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A deadline and how it came about: the steps join without a gap and count up to the limit."""

    start: datetime
    due: datetime
    steps: tuple[Step, ...]
    provisional: bool


Pause = tuple[datetime, datetime | None]


def reckon(
    start: datetime,
    limit: Limit,
    counting: Counting,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    *,
    extra: timedelta = timedelta(0),
    share: float = 1.0,
) -> Reckoning:
    """Count `share` of `limit` and `extra` from `start`, but for pauses and what does not count.

    An open pause (no end) is taken to end at its beginning: the deadline shown meanwhile is the
    one that would hold if work went on at once.
    """
    local = start.astimezone(calendar.zone)
    left = (amount(local, limit, counting, calendar) + extra) * share
    steps: list[Step] = []
    for step in _cut(_stretches(local, counting, calendar), _closed(pauses, calendar.zone)):
        if step.counted >= left:
            steps.append(replace(step, end=step.begin + left))
            break
        left -= step.counted
        steps.append(step)
    joined = tuple(_joined(step for step in steps if step.begin < step.end))
    due = joined[-1].end if joined else local
    unknown = counting is not Counting.ALWAYS and due.year > calendar.known_to
    return Reckoning(local, due, joined, provisional=unknown)


def amount(start: datetime, limit: Limit, counting: Counting, calendar: WorkCalendar) -> timedelta:
    """Turn a limit into time to count: a working day is a whole day, or one day's office hours."""
    if limit.months:
        return add_months(start, limit.months) - start
    if limit.workdays:
        day = calendar.office_day() if counting is Counting.OFFICE else DAY
        return limit.workdays * day
    return limit.time


def counted_between(
    begin: datetime, end: datetime, counting: Counting, calendar: WorkCalendar
) -> timedelta:
    """Return how much of the time from `begin` to `end` counts."""
    total = timedelta(0)
    for step in _stretches(begin.astimezone(calendar.zone), counting, calendar):
        if step.begin >= end:
            break
        total += replace(step, end=min(step.end, end.astimezone(calendar.zone))).counted
    return total


def _stretches(start: datetime, counting: Counting, calendar: WorkCalendar) -> Iterator[Step]:
    """Divide all time from `start` on into stretches of one reason each."""
    if counting is Counting.ALWAYS:
        yield Step(start, start + FOREVER, Reason.ALWAYS)
        return
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        reason = calendar.reason(midnight.date())
        whole = Step(midnight, midnight + DAY, reason)
        open_only = counting is Counting.OFFICE and reason in COUNTS
        for step in _office(whole, calendar) if open_only else (whole,):
            if step.end > start:
                yield replace(step, begin=max(step.begin, start))
        midnight += DAY


def _office(day: Step, calendar: WorkCalendar) -> Iterator[Step]:
    at = day.begin
    for begin, end in calendar.hours:
        opens = datetime.combine(day.begin.date(), begin, calendar.zone)
        closes = datetime.combine(day.begin.date(), end, calendar.zone)
        yield Step(at, opens, Reason.CLOSED)
        yield Step(opens, closes, day.reason)
        at = closes
    yield Step(at, day.end, Reason.CLOSED)


def _closed(pauses: Iterable[Pause], zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    spans = [(begin.astimezone(zone), end.astimezone(zone)) for begin, end in pauses if end]
    return sorted(span for span in spans if span[0] < span[1])


def _cut(steps: Iterator[Step], pauses: list[tuple[datetime, datetime]]) -> Iterator[Step]:
    """Take the pauses out of the time that counts; time that does not count is left as it is."""
    for step in steps:
        if step.reason not in COUNTS:
            yield step
            continue
        at = step.begin
        for begin, end in pauses:
            if begin < step.end and end > at:
                yield replace(step, begin=at, end=max(at, begin))
                paused = min(end, step.end)
                yield Step(max(at, begin), paused, Reason.PAUSED)
                at = paused
        yield replace(step, begin=at)


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Join neighbours of one reason, so that a week off is one line and not seven."""
    last: Step | None = None
    for step in steps:
        if last and last.reason is step.reason and last.end == step.begin:
            last = replace(last, end=step.end)
            continue
        if last:
            yield last
        last = step
    if last:
        yield last
