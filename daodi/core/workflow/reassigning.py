"""A task goes to another unit, gets other joint units, or is dropped: by whoever gave it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.deadlines.turning import Turn
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.act import act, needed
from daodi.core.workflow.dispatching import check_units, given_to, sight_of
from daodi.core.workflow.parts import add_parts, end_parts
from daodi.core.workflow.rights import By


@transaction.atomic
def reassign(
    matter: Matter,
    *,
    lead: Unit,
    joint: Sequence[Unit] = (),
    named: Sequence[Member] = (),
    text: str,
    by: By,
    now: datetime,
) -> Event:
    """Give a task to another unit: its milestones begin anew, the day of the task stays."""
    text = needed(text, _("why it goes to another unit"))
    check_units(lead, joint)
    was = matter.unit
    if was is None or lead == was:
        raise Refused(_("It is with this unit already."))
    end_parts(matter, now)
    event = act(
        matter,
        "reassign",
        by=by,
        now=now,
        text=text,
        data={"unit": was.code, "lead": lead.code, "joint": [unit.code for unit in joint]},
        clocks=_begin_anew,
        **given_to(lead, now),
        **sight_of(matter, lead, joint, named),
    )
    add_parts(matter, joint, "", None, now)
    return event


def _begin_anew(turn: Turn) -> None:
    """Let the milestones run from here; the day of the task stays what it was."""
    for clock in turn.running:
        if clock.pk and "dispatch" in clock.rule.starts and not clock.rule.promise:
            clock.started_at = turn.now
            turn.recompute(clock)


@transaction.atomic
def rejoin(
    matter: Matter,
    *,
    joint: Sequence[Unit] = (),
    named: Sequence[Member] = (),
    text: str,
    by: By,
    now: datetime,
) -> Event:
    """Let these units join in a task, and no others: those that stay keep their part and day."""
    text = needed(text, _("why other units join"))
    lead, parts = matter.unit, matter.parts_in_force()
    there = {part.unit_id for part in parts}
    if lead is None or there == {unit.pk for unit in joint}:
        raise Refused(_("These units join in it already."))
    check_units(lead, joint)
    fresh = [unit for unit in joint if unit.pk not in there]
    left = [part.pk for part in parts if part.unit not in joint]
    matter.parts.filter(pk__in=left).update(ended_at=now, alarm_at=None)
    event = act(
        matter,
        "rejoin",
        by=by,
        now=now,
        text=text,
        # Those who join newly are told; the others know.
        data={"joint": [unit.code for unit in fresh]},
        **sight_of(matter, lead, joint, named),
    )
    add_parts(matter, fresh, "", None, now)
    return event


@transaction.atomic
def drop(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """End a task that is not wanted any more; what was done of it stays on record."""
    text = needed(text, _("why it is dropped"))
    end_parts(matter, now)
    return act(matter, "drop", by=by, now=now, text=text)
