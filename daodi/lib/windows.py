"""Days, weeks, months and quarters as stretches of days, and which of them people compare."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN_QUARTER = 3
THIRTY = 30
DAY = timedelta(days=1)
# How many days of each there are at the most.
LONGEST = {"day": 1, "week": 7, "month": 31, "quarter": 92}


@dataclass(frozen=True, slots=True)
class Window:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Window":
        """Return as many days right before it."""
        return Window(self.first - self.days * DAY, self.first - DAY)


def so_far(name: str, today: date) -> tuple[Window, Window]:
    """Return a window that ends today, and the one to compare it with.

    A week, month or quarter that is not over is compared with as many days of the one before:
    the first 12 days of March with the first 12 of February, never with more than February has.
    """
    if name == "days30":
        window = Window(today - (THIRTY - 1) * DAY, today)
        return window, window.before()
    first = begin_of(name, today)
    end = first - DAY
    begin = begin_of(name, end)
    last = min(begin + (today - first), end)
    return Window(first, today), Window(begin, last)


def begin_of(name: str, day: date) -> date:
    """Return the first day of the day, week (from Monday), month or quarter that a day lies in."""
    if name == "day":
        return day
    if name == "week":
        return day - day.weekday() * DAY
    if name == "month":
        return day.replace(day=1)
    if name == "quarter":
        return day.replace(day=1, month=day.month - (day.month - 1) % MONTHS_IN_QUARTER)
    raise ValueError(name)


def end_of(name: str, day: date) -> date:
    """Return the last day of the day, week, month or quarter that a day lies in."""
    return begin_of(name, begin_of(name, day) + LONGEST[name] * DAY) - DAY


def window_of(name: str, day: date) -> Window:
    """Return the day, week, month or quarter that a day lies in."""
    return Window(begin_of(name, day), end_of(name, day))


def periods(window: Window, step: str) -> list[Window]:
    """Return the days, weeks, months or quarters of a window, cut off where it begins and ends."""
    found, first = [], window.first
    while first <= window.last:
        last = min(end_of(step, first), window.last)
        found.append(Window(first, last))
        first = last + DAY
    return found
