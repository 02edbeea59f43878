"""What units say of their tasks, one line a week or month, and what the system counts itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.apps.plans.milestones import waiting_milestones
from daodi.apps.plans.models import Line, Progress
from daodi.apps.plans.rights import REPORTERS
from daodi.core.clocks.policy import ClockRule
from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.workflow.act import needed
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform
from daodi.lib.days import begin_of_day, day_of

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit says of a task: what was done, what is next, what blocks, how many by now."""

    done: str
    next: str = ""
    blocked: str = ""
    count: Decimal | None = None
    # The keys of the steps that were reached since the last time.
    reached: Collection[int] = ()


@transaction.atomic
def report_progress(line: Line, said: Said, *, by: Member, now: datetime) -> Progress:
    """Write down how a task goes; said again in the same period, the last one counts.

    The line is part of the matter's history. It also signs for the task if nobody has, and meets
    the milestone that waits: nothing is asked twice.
    """
    matter = Matter.objects.for_page().filter(plan_line=line).first()
    if matter is None or not matter.is_open:
        raise Refused(_("This task is not worked on."))
    sides = sides_of(matter, by)
    if REPORTERS.isdisjoint(sides):
        raise NotYours
    milestone = waiting_milestones([matter]).get(matter.pk) if Side.LEAD in sides else None
    text, today = _text(said, milestone), day_of(now)
    if Side.LEAD in sides and matter.state == State.DISPATCHED:
        perform(matter, "accept", by=by, now=now)
    if milestone:
        perform(matter, "report", milestone=milestone.name, text=text, by=by, now=now)
    else:
        perform(matter, "note", text=text, by=by, now=now)
    line.steps.filter(pk__in=said.reached, done_on=None).update(done_on=today)
    period = line.plan.period_of(today)
    given = {
        "done": said.done[:LONGEST],
        "next": said.next[:LONGEST],
        "blocked": said.blocked[:LONGEST],
        "count": said.count if line.counted_in_id is None else counted(line),
        "by": by.hand,
        "unit": by.unit,
        "at": now,
    }
    return Progress.objects.update_or_create(line=line, period=period, defaults=given)[0]


def counted(line: Line) -> Decimal | None:
    """Count what the task's unit has had cleared in another ledger since the task began."""
    if line.counted_in_id is None or line.lead is None:
        return None
    since = begin_of_day(line.begins(line.plan))
    cleared = Matter.objects.filter(
        ledger=line.counted_in_id, unit__path__startswith=line.lead.path, cleared_at__gte=since
    )
    return Decimal(cleared.count())


def _text(said: Said, milestone: ClockRule | None) -> str:
    """Write the line of the history; what a milestone asks for stands there by itself."""
    done = needed(said.done, milestone.content if milestone else _("what was done"))
    parts = (
        ("" if milestone else _("Done so far"), done),
        (_("Next"), said.next),
        (_("Blocked by"), said.blocked),
        (_("By now"), f"{said.count:f}".rstrip("0").rstrip(".") if said.count else ""),
    )
    for label, value in parts:
        if len(value) > LONGEST:
            raise Refused(
                _("%(what)s: one line is enough, at most %(most)s characters.")
                % {"what": label or _("Done so far"), "most": LONGEST}
            )
    said_lines = (f"{label}：{value}" if label else value for label, value in parts if value)
    return "\n".join(said_lines)
