"""Moments and spans in words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.lib.dates import day_and_clock
from daodi.lib.days import day_of


def span(time: timedelta) -> str:
    """Write a span with its two largest measures: 2 days 3 hours, 40 minutes."""
    minutes = max(0, int(time.total_seconds()) // 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else "",
        ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes} if minutes else "",
    ]
    said = [part for part in parts if part][:2]
    return " ".join(said) or _("less than a minute")


def moment(at: datetime, now: datetime) -> str:
    """Write a moment as people say it: today 18:40, tomorrow 24:00, 12-03 09:10."""
    return _moment(at, now, "m-d", "Y-m-d")


def plainly(at: datetime, now: datetime) -> str:
    """Write a moment as residents read it: tomorrow 24:00, 3 December 09:10 in their own way."""
    return _moment(at, now, "MONTH_DAY_FORMAT", "DATE_FORMAT")


def _moment(at: datetime, now: datetime, this_year: str, other_years: str) -> str:
    (day, clock), today = day_and_clock(timezone.localtime(at)), day_of(now)
    names = {
        today - timedelta(days=1): _("yesterday"),
        today: _("today"),
        today + timedelta(days=1): _("tomorrow"),
    }
    if day in names:
        return f"{names[day]} {clock}"
    return f"{date_format(day, this_year if day.year == today.year else other_years)} {clock}"


def full(at: datetime) -> str:
    """Write a moment with its weekday, for explanations and receipts."""
    day, clock = day_and_clock(timezone.localtime(at))
    return f"{day:%Y-%m-%d} {date_format(day, 'D')} {clock}"
