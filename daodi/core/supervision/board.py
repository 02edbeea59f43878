"""The supervisor's board: what is late, comes back or stands still, as lists and by unit."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.core.clocks.services import load_calendar
from daodi.core.history.models import Event
from daodi.core.intake.models import Recurrence
from daodi.core.intake.recurring import WITHIN
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import WITH_US, State
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.models import Order
from daodi.lib.limits import Limit
from daodi.lib.worktime import Counting, reckon

COMING = Limit.parse("P1W")
# The same thing at the same address so soon after it was cleared: it was not solved.
REPEATED_WITHIN = WITHIN
Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Watch:
    """A list of the board: which open matters stand on it."""

    name: str
    label: Promise
    hint: Promise
    which: Callable[[datetime], Q]


def coming_until(now: datetime) -> datetime:
    """Return the moment that lies one working day ahead."""
    return reckon(now, COMING, Counting.WORKDAYS, load_calendar()).due


def earlier_ones(matters: MatterQuerySet) -> MatterQuerySet:
    """Keep of `matters` those of the same thing there, cleared shortly before the outer one."""
    return matters.filter(
        state=State.CLEARED,
        category=OuterRef("category"),
        division=OuterRef("division"),
        address=OuterRef("address"),
        cleared_at__lt=OuterRef("filed_at"),
        cleared_at__gte=OuterRef("filed_at") - REPEATED_WITHIN,
    ).exclude(address="")


def _coming(now: datetime) -> Q:
    return Q(due_at__gt=now, due_at__lte=coming_until(now))


def _repeated(_now: datetime) -> Q:
    reopened = Exists(Event.objects.filter(matter=OuterRef("pk"), name="reopen"))
    again = Exists(earlier_ones(Matter.objects.all()))
    marked = Exists(Recurrence.objects.standing().filter(matter=OuterRef("pk")))
    return Q(redos__gt=0) & Q(reopened) | ~Q(address="") & Q(again) | Q(marked)


WATCHES = (
    Watch("red", _("Red card"), _("A deadline has passed."), lambda _now: Q(card="red")),
    Watch(
        "yellow", _("Yellow card"), _("Most of the time is used."), lambda _now: Q(card="yellow")
    ),
    Watch("coming", _("Coming"), _("Due within one working day."), _coming),
    Watch(
        "bounced",
        _("Bounced"),
        _("Sent back by a unit at least once."),
        lambda _now: Q(bounces__gt=0),
    ),
    Watch(
        "redone",
        _("To be redone"),
        _("Sent back after a result, or reopened."),
        lambda _now: Q(redos__gt=0),
    ),
    Watch(
        "suspended",
        _("Suspended"),
        _("Halted with approval; what is past its review stands first."),
        lambda _now: Q(state=State.SUSPENDED),
    ),
    Watch(
        "repeated",
        _("Repeated"),
        _("Reopened after clearing, or the same thing at the same place within 90 days."),
        _repeated,
    ),
)
BY_NAME = {watch.name: watch for watch in WATCHES}


def watched(
    watch: Watch, member: Member, now: datetime, unit: Unit | None = None
) -> MatterQuerySet:
    """Return the matters of a list of the board, of one unit if it is given."""
    matters = Matter.objects.visible_to(member).open().filter(watch.which(now))
    return matters.exclude(state__in=WITH_US).filter(unit=unit) if unit else matters


def without_unit(matters: MatterQuerySet) -> MatterQuerySet:
    """Keep what no unit has: not dispatched yet, or objected to and not ruled on."""
    return matters.filter(Q(unit=None) | Q(state__in=WITH_US))


def count_watched(member: Member, now: datetime) -> dict[int | None, Counts]:
    """Count each list of the board by lead unit, in one query; None: no unit has it."""
    counts = {watch.name: Count("pk", filter=watch.which(now)) for watch in WATCHES}
    whose = Case(When(state__in=WITH_US, then=None), default=F("unit"))
    matters = Matter.objects.visible_to(member).open().order_by()
    return _by_unit(matters.values(whose=whose).annotate(**counts))


def count_orders(member: Member, now: datetime) -> dict[int | None, Counts]:
    """Count the orders that are not closed by lead unit: running, late, answered."""
    late = Q(answered_at=None, due_at__lte=now)
    rows = (
        Order.objects.visible_to(member)
        .filter(closed_at=None)
        .order_by()
        .values(whose=F("matter__unit"))
        .annotate(
            running=Count("pk", filter=Q(answered_at=None)),
            overdue=Count("pk", filter=late),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
        )
    )
    return _by_unit(rows)


def _by_unit(rows: Iterable[Any]) -> dict[int | None, Counts]:
    return {
        row["whose"]: {name: number for name, number in row.items() if name != "whose"}
        for row in rows
    }


def total(counts: Iterable[Counts]) -> Counts:
    """Add up what was counted by unit."""
    summed: Counts = defaultdict(int)
    for each in counts:
        for name, number in each.items():
            summed[name] += number
    return summed
