"""Spans of days that people compare: this week with the one before, this month so far."""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_IN_QUARTER = 3
THIRTY = 30
DAY = timedelta(days=1)


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
    first = _begin(name, today)
    end = first - DAY
    begin = _begin(name, end)
    last = min(begin + (today - first), end)
    return Window(first, today), Window(begin, last)


def _begin(name: str, day: date) -> date:
    """Return the first day of the week (from Monday), month or quarter of a day."""
    if name == "week":
        return day - day.weekday() * DAY
    if name == "month":
        return day.replace(day=1)
    if name == "quarter":
        return day.replace(day=1, month=day.month - (day.month - 1) % MONTHS_IN_QUARTER)
    raise ValueError(name)


def periods(window: Window, step: str) -> list[Window]:
    """Return the days, weeks or months of a window, cut off where it begins and ends."""
    found, first = [], window.first
    while first <= window.last:
        last = min(_end(step, first), window.last)
        found.append(Window(first, last))
        first = last + DAY
    return found


def _end(step: str, day: date) -> date:
    """Return the last day of the day, week or month of a day."""
    if step == "day":
        return day
    begin = _begin(step, day)
    longest = 7 if step == "week" else 31
    return _begin(step, begin + longest * DAY) - DAY
