"""Joint parts that are due soon or late: the units are told, and the line of history says so."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.record import Line, write
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.notices.writing import tell
from daodi.core.sweep.alarms import LATER

WORKED_ON = (State.DISPATCHED, State.HANDLING)
HALTED = (State.WAITING, State.SUSPENDED)
SOON, LATE = "part_soon", "part_late"
MOST = 500


def sweep_parts(now: datetime) -> int:
    """Look at the parts of which somebody is to be told; return how many there were.

    Each is claimed and written down on its own: what changes at this moment waits for the next
    sweep, and any number of sweeps may run at once.
    """
    due = Part.objects.filter(alarm_at__lte=now).order_by("alarm_at", "pk")
    keys = list(due.values_list("pk", flat=True)[:MOST])
    for key in keys:
        with suppress(ChangedMeanwhile), transaction.atomic():
            claim = Part.objects.select_for_update(skip_locked=True, of=("self",))
            part = claim.select_related("unit").filter(pk=key, alarm_at__lte=now).first()
            if part:
                _look_at(part, now)
    return len(keys)


def _look_at(part: Part, now: datetime) -> None:
    matter = Matter.objects.for_page().get(pk=part.matter_id)
    is_open = part.handed_in_at is None and part.ended_at is None
    if is_open and part.due_at and matter.state in WORKED_ON:
        _record(matter, part, part.due_at, now)
    else:
        # While all waits, nobody is blamed; what has ended is never looked at again.
        part.alarm_at = now + LATER if is_open and matter.state in HALTED else None
    part.save(update_fields=["alarm_at", "card"])


def _record(matter: Matter, part: Part, due: datetime, now: datetime) -> None:
    is_late = now >= due
    part.card, part.alarm_at = (Part.RED, None) if is_late else (Part.YELLOW, due)
    data = {"joint": [part.unit.code], "due": due.isoformat()}
    event = write(matter, Line(LATE if is_late else SOON, Side.SYSTEM, data=data), now)
    tell((matter, event), now=now)
