"""Days that people usually ask for: more time, or when to look at a halt again."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.clocks.services import load_calendar
from daodi.core.deadlines.models import Clock
from daodi.core.matters.models import Matter
from daodi.lib.limits import Limit
from daodi.lib.worktime import Counting, WorkCalendar, amount, reckon

# A day as a form takes it, and what it is called.
Chip = tuple[str, str]
HALF, WHOLE = 0.5, 1.0
MONTHS = (1, 3, 6)
INSTANT = timedelta(microseconds=1)


def longer_until(matter: Matter) -> list[Chip]:
    """Return days for an extension: half as long again, and as long again as at first.

    They are counted behind the present deadline as its clock counts: where holidays and weekends
    do not count, none of them is lost.
    """
    clock = next((c for c in matter.clocks.running().order_by("pk") if c.rule.promise), None)
    if clock is None:
        return []
    calendar = load_calendar()
    words = {HALF: _("%(day)s, half as long again"), WHOLE: _("%(day)s, as long again")}
    days = {_day_after(clock, share, calendar): words[share] for share in (HALF, WHOLE)}
    return [(day.isoformat(), text % {"day": f"{day:%m-%d}"}) for day, text in days.items()]


def review_days(now: datetime) -> list[Chip]:
    """Return days to look at a halt again: some months from now, each a working day."""
    calendar = load_calendar()
    chips = []
    for months in MONTHS:
        end = now + amount(timezone.localtime(now), Limit(months=months), Counting.ALWAYS, calendar)
        day = _workday(timezone.localtime(end).date(), calendar)
        text = ngettext("%(day)s, in %(n)s month", "%(day)s, in %(n)s months", months)
        chips.append((day.isoformat(), text % {"day": f"{day:%Y-%m-%d}", "n": months}))
    return chips


def _day_after(clock: Clock, share: float, calendar: WorkCalendar) -> date:
    """Return the day to whose end a part of the clock's limit lasts behind its deadline."""
    end = reckon(clock.due_at, clock.limit, clock.counting, calendar, share=share).due
    # What ends at midnight ends with the day before.
    day = (end.astimezone(calendar.zone) - INSTANT).date()
    present = (clock.due_at.astimezone(calendar.zone) - INSTANT).date()
    return max(day, present + timedelta(days=1))


def _workday(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return day
