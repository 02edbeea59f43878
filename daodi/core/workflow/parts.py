"""Joint units' parts: who has one, by when each is to be handed in, and when they are told."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.clocks.services import load_calendar
from daodi.core.deadlines.models import Clock
from daodi.core.deadlines.turning import running_clocks
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.people.models import Unit
from daodi.core.workflow.act import act
from daodi.core.workflow.rights import By
from daodi.lib.days import end_of_day
from daodi.lib.limits import Limit
from daodi.lib.rows import insert_rows
from daodi.lib.worktime import counted_between, reckon

# A joint unit is reminded when this much of its time is used.
REMINDED_AT = 0.8


def add_parts(
    matter: Matter, units: Sequence[Unit], content: str, until: date | None, now: datetime
) -> None:
    """Give joint units their parts; without a day they have half of the lead unit's time."""
    if not units:
        return
    due = _end_of(until, matter, now) if until else _half_way(matter, now)
    parts = [Part(matter=matter, unit=unit, content=content, added_at=now) for unit in units]
    for part in parts:
        _set_due(part, due, now)
    insert_rows(parts)


def end_parts(matter: Matter, now: datetime) -> None:
    """End the parts of a dispatch that does not hold any more, if there was one."""
    if matter.dispatched_at:
        matter.parts.in_force().update(ended_at=now, alarm_at=None)


@transaction.atomic
def schedule_part(matter: Matter, *, part: Part, until: date, by: By, now: datetime) -> Event:
    """Set the day to whose end a joint unit hands its part in, never behind the lead's deadline."""
    due = _end_of(until, matter, now)
    data = {"joint": [part.unit.code], "until": due.isoformat()}
    event = act(matter, "schedule_part", by=by, now=now, data=data)
    _set_due(part, due, now)
    part.save(update_fields=["due_at", "card", "alarm_at"])
    return event


def _set_due(part: Part, due: datetime | None, now: datetime) -> None:
    part.due_at, part.card = due, ""
    part.alarm_at = now + (due - now) * REMINDED_AT if due else None


def _end_of(day: date, matter: Matter, now: datetime) -> datetime:
    end = end_of_day(day)
    if end <= now:
        raise Refused(_("The day for the joint units lies in the past."))
    promised = matter.promised_at
    return min(end, promised) if promised and promised > now else end


def _half_way(matter: Matter, now: datetime) -> datetime | None:
    """Return when half of the lead unit's time is over, counted as its clock counts."""
    clock = _clock_of_lead(matter)
    if clock is None:
        return None
    calendar = load_calendar()
    left = counted_between(now, clock.due_at, clock.counting, calendar)
    return reckon(now, Limit(time=left / 2), clock.counting, calendar).due


def _clock_of_lead(matter: Matter) -> Clock | None:
    known = matter.known_clocks
    running = known[1] if known else running_clocks([matter.pk])
    return next((clock for clock in running if clock.rule.promise), None)
