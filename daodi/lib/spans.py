"""Months and weeks as stretches of days."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

DECEMBER = 12


def last_day_of(year: int, month: int) -> date:
    """Return the last day of a month; raise ValueError when there is no such month."""
    if not 1 <= month <= DECEMBER:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])


def weeks(first: date, last: date) -> Iterator[date]:
    """Yield the Mondays of all weeks that hold a day between the two."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield monday
        monday += timedelta(days=7)
