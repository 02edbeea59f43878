"""Deadlines that reach into a year whose holidays were not announced become definite."""

from datetime import datetime

from django.db import transaction

from daodi.core.clocks.services import load_calendar
from daodi.core.deadlines.models import Clock
from daodi.core.deadlines.turning import turn_for
from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.record import Line, write
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side


def settle_provisional(now: datetime) -> int:
    """Compute again, as a recorded act, each provisional deadline now known; return how many.

    Call it after `announce_year`. A deadline that still reaches beyond the known years stays
    provisional and is left alone.
    """
    known_to = load_calendar().known_to
    clocks = Clock.objects.running().filter(
        is_provisional=True, due_at__year__lte=known_to, paused_at=None
    )
    ids = list(clocks.order_by("matter").values_list("matter", flat=True).distinct())
    return sum(_try_to_settle(pk, now) for pk in ids)


def _try_to_settle(pk: int, now: datetime) -> int:
    """Leave out a matter that somebody changes right now: it is settled the next time."""
    try:
        return _settle(pk, now)
    except ChangedMeanwhile:
        return 0


@transaction.atomic
def _settle(pk: int, now: datetime) -> int:
    matter = Matter.objects.select_related("ledger", "category").get(pk=pk)
    turn = turn_for(matter, now)
    moved: dict[str, list[str]] = {}
    for clock in turn.running:
        if clock.is_provisional and clock.paused_at is None:
            before = clock.due_at
            turn.recompute(clock)
            if not clock.is_provisional:
                moved[clock.name] = [before.isoformat(), clock.due_at.isoformat()]
    if not moved:
        return 0
    columns = turn.columns() | {"next_look_at": turn.next_look(matter.clear_at)}
    line = Line("settled", Side.SYSTEM, public=True, data={"due": moved})
    write(matter, line, now, **columns)
    turn.store()
    return len(moved)
