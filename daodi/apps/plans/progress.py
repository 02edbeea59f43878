"""What units say of their tasks, one line a week or month, and what the system counts itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Line, Progress
from daodi.apps.plans.rights import REPORTERS
from daodi.core.deadlines.models import Clock
from daodi.core.deadlines.turning import running_clocks
from daodi.core.exceptions import NotYours, Refused
from daodi.core.history.roots import bounds
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.workflow.act import needed
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform

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
    text, today = _text(said), timezone.localtime(now).date()
    if Side.LEAD in sides and matter.state == State.DISPATCHED:
        perform(matter, "accept", by=by, now=now)
    milestone = _waiting(matter) if Side.LEAD in sides else ""
    if milestone:
        perform(matter, "report", milestone=milestone, text=text, by=by, now=now)
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
    since = bounds(line.begins(line.plan))[0]
    cleared = Matter.objects.filter(
        ledger=line.counted_in_id, unit__path__startswith=line.lead.path, cleared_at__gte=since
    )
    return Decimal(cleared.count())


def _text(said: Said) -> str:
    done = needed(said.done, _("what was done"))
    parts = (
        (_("Done so far"), done),
        (_("Next"), said.next),
        (_("Blocked by"), said.blocked),
        (_("By now"), f"{said.count:f}".rstrip("0").rstrip(".") if said.count else ""),
    )
    for label, value in parts:
        if len(value) > LONGEST:
            raise Refused(
                _("%(what)s: one line is enough, at most %(most)s characters.")
                % {"what": label, "most": LONGEST}
            )
    return "\n".join(f"{label}：{value}" for label, value in parts if value)


def _waiting(matter: Matter) -> str:
    """Return the milestone with a content of its own that is due first, if one is waiting."""
    running = running_clocks([matter.pk])
    for clock in running:
        clock.matter = matter
    waiting = [clock for clock in running if _asks_content(clock)]
    return min(waiting, key=lambda clock: clock.due_at).name if waiting else ""


def _asks_content(clock: Clock) -> bool:
    return bool(clock.rule.content) and f"report:{clock.name}" in clock.rule.stops
