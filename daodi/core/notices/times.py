"""When somebody is told: at once, in the morning, and not in their quiet hours."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from daodi.core.notices.models import QUIET_FROM, QUIET_TO, Address
from daodi.lib.worktime import WorkCalendar

DAY = timedelta(days=1)


def first_moment(now: datetime, pace: str, quiet: tuple[time, time]) -> datetime:
    """Return when a notice written now is to be sent to somebody with these wishes."""
    if pace == Address.Pace.MORNING:
        now = _opening(now)
    return after_quiet(now, *quiet)


def moment_to_send(
    now: datetime, pace: str, quiet: tuple[time, time], calendar: WorkCalendar
) -> datetime:
    """Return `now` when what is due may be sent, or the moment to wait for.

    The morning's message waits for a working day; which days are worked is only known here.
    """
    if pace == Address.Pace.MORNING and not calendar.is_workday(timezone.localtime(now).date()):
        now = _opening(now)
        while not calendar.is_workday(timezone.localtime(now).date()):
            now += DAY
    return after_quiet(now, *quiet)


def after_quiet(at: datetime, quiet_from: time = QUIET_FROM, quiet_to: time = QUIET_TO) -> datetime:
    """Return `at`, or the end of the quiet hours that it falls into."""
    local = timezone.localtime(at)
    clock, over_midnight = local.time(), quiet_from > quiet_to
    evening, morning = clock >= quiet_from, clock < quiet_to
    if not ((evening or morning) if over_midnight else (evening and morning)):
        return at
    end = local.replace(hour=quiet_to.hour, minute=quiet_to.minute, second=0, microsecond=0)
    return end + DAY if over_midnight and evening else end


def _opening(after: datetime) -> datetime:
    """Return when the office opens next, whatever day that is."""
    opens = time.fromisoformat(settings.OFFICE_HOURS[0][0])
    local = timezone.localtime(after)
    at = local.replace(hour=opens.hour, minute=opens.minute, second=0, microsecond=0)
    return at if at > local else at + DAY
