"""Days where the site is, never those of UTC."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

DAY = timedelta(days=1)


def day_of(at: datetime) -> date:
    """Return the day that a moment lies in."""
    return timezone.localtime(at).date()


def begin_of_day(day: date) -> datetime:
    """Return the moment at which a day begins."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def end_of_day(day: date) -> datetime:
    """Return the moment at which a day ends and the next one begins."""
    return begin_of_day(day + DAY)
