"""A year as twelve small sheets."""

from calendar import Calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from daodi.core.clocks.models import CalendarDay
from daodi.lib.worktime import SATURDAY

MONDAY = 0
# What the library that seeds the calendar calls the holidays.
HOLIDAYS = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Spring Festival": gettext_lazy("Spring Festival"),
    "Tomb-sweeping Day": gettext_lazy("Tomb-sweeping Day"),
    "Labour Day": gettext_lazy("Labour Day"),
    "Dragon Boat Festival": gettext_lazy("Dragon Boat Festival"),
    "Mid-autumn Festival": gettext_lazy("Mid-autumn Festival"),
    "National Day": gettext_lazy("National Day"),
}


def months_of(year: int, days: Iterable[CalendarDay]) -> list[dict[str, Any]]:
    """Return for each month its name, the names of the weekdays, and weeks of days."""
    known = {day.day: day for day in days}
    sheets = Calendar(MONDAY)
    weekdays = [_short(day) for day in sheets.monthdatescalendar(year, 1)[0]]
    return [
        {
            "name": date_format(date(year, month, 1), "F"),
            "weekdays": weekdays,
            "weeks": [
                [_day(day, known) if day.month == month else None for day in week]
                for week in sheets.monthdatescalendar(year, month)
            ],
        }
        for month in range(1, 13)
    ]


def workdays_of(year: int, days: Iterable[CalendarDay]) -> int:
    """Count the days that are worked in a year."""
    known = {day.day: day for day in days}
    months = range(1, 13)
    every = {day for month in months for day in Calendar().itermonthdates(year, month)}
    return sum(_is_worked(day, known) for day in every if day.year == year)


def _short(day: date) -> str:
    """Return one character for a weekday in Chinese, two letters in English."""
    return date_format(day, "D").removeprefix("星期")[:2]


def _day(day: date, known: dict[date, CalendarDay]) -> dict[str, Any]:
    there = known.get(day)
    worked = _is_worked(day, known)
    unusual = worked != (day.weekday() < SATURDAY)
    look = ("worked" if worked else "off") if unusual else ("" if worked else "weekend")
    return {"n": day.day, "look": look, "name": name_of(there) if there else ""}


def _is_worked(day: date, known: dict[date, CalendarDay]) -> bool:
    return known[day].is_worked if day in known else day.weekday() < SATURDAY


def name_of(day: CalendarDay) -> str:
    """Return what a day off or made up for is called, in the reader's language."""
    return str(HOLIDAYS.get(day.name, day.name))
