"""Look at what has come due: alarms and cards, and clearing after silence.

One indexed question (`next_look_at <= now`) finds the work; rows are claimed with SKIP LOCKED, so
that any number of sweeps may run at once, stop at any moment and be repeated. This records, and
writes down who is to be told; sending is a second step.
"""

import logging
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.clocks.policy import Alarm
from daodi.core.clocks.services import load_calendar
from daodi.core.deadlines.causes import began
from daodi.core.deadlines.models import Clock
from daodi.core.deadlines.turning import Turn, running_clocks
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.history.record import Line, compose
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import Side, State
from daodi.core.notices.writing import tell
from daodi.core.workflow.closing import clear
from daodi.core.workflow.pressing import press
from daodi.lib.rows import insert_rows, update_rows
from daodi.lib.worktime import WorkCalendar

log = logging.getLogger(__name__)
BATCH = 500
LATER = timedelta(hours=1)
ORDER_LIMIT = "P1D"


@dataclass
class Batch:
    """What one transaction of the sweep has found and is about to store."""

    now: datetime
    calendar: WorkCalendar
    events: list[Event] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    to_press: list[tuple[Matter, Clock]] = field(default_factory=list)
    to_clear: list[Matter] = field(default_factory=list)


def sweep(now: datetime, most: int | None = None, *, since: datetime | None = None) -> int:
    """Look at everything that is due; return how many matters were looked at.

    Somebody who knows that nothing was left of what had come due by then may say so (`since`).
    """
    due = Matter.objects.to_look_at(now)
    if since:
        due = due.filter(next_look_at__gt=since)
    done = 0
    # Most of the time nothing is due, and this one question is all it costs.
    if not due.exists():
        return done
    while most is None or done < most:
        size = BATCH if most is None else min(BATCH, most - done)
        looked = _sweep_batch(due, now, size)
        done += looked
        if looked < size:
            break
    return done


@transaction.atomic
def _sweep_batch(due: MatterQuerySet, now: datetime, size: int) -> int:
    claim = due.select_for_update(skip_locked=True, of=("self",))
    matters = list(claim.select_related("unit", "category")[:size])
    if not matters:
        return 0
    # Many matters, few ledgers: each is read once, with the units that are told.
    ledgers = Ledger.objects.with_units().in_bulk({matter.ledger_id for matter in matters})
    for matter in matters:
        matter.ledger = ledgers[matter.ledger_id]
    batch = Batch(now, load_calendar())
    running = _running(matters)
    for matter in matters:
        try:
            _look_at(matter, running[matter.pk], batch)
        except (ValueError, LookupError, ArithmeticError):
            # One matter that cannot be worked out must not stop the others.
            log.exception("sweep: %s is put off for an hour", matter.number)
            matter.next_look_at = now + LATER
    _store(matters, batch)
    return len(matters)


def _running(matters: list[Matter]) -> dict[int, list[Clock]]:
    running: dict[int, list[Clock]] = defaultdict(list)
    for clock in running_clocks([matter.pk for matter in matters]):
        running[clock.matter_id].append(clock)
    return running


def _look_at(matter: Matter, clocks: list[Clock], batch: Batch) -> None:
    """Record every alarm that has been reached and find out when to look again."""
    to_press = []
    for clock in clocks:
        while clock.paused_at is None and clock.alarm_at and clock.alarm_at <= batch.now:
            alarm = clock.rule.alarms[clock.alarm]
            batch.events.append(_alarm_event(matter, clock, alarm, batch.now))
            clock.card = alarm.card or clock.card
            clock.alarm += 1
            clock.set_alarm(batch.calendar, clock.alarm_at)
            batch.clocks.append(clock)
            if alarm.order:
                to_press.append((matter, clock))
    turn = Turn(matter, batch.now, matter.round, clocks)
    matter.card = turn.columns()["card"]
    ahead = matter.clear_at if matter.clear_at and matter.clear_at > batch.now else None
    matter.next_look_at = turn.next_look(ahead)
    matter.known_clocks = (matter.version, clocks)
    # Only now: a matter that cannot be worked out is put off, and not acted on either.
    batch.to_press += to_press
    if matter.clear_at and matter.clear_at <= batch.now and matter.state == State.HANDED_IN:
        batch.to_clear.append(matter)


def _alarm_event(matter: Matter, clock: Clock, alarm: Alarm, now: datetime) -> Event:
    data = {
        "clock": clock.name,
        "percent": round(alarm.share * 100),
        "card": alarm.card,
        "due": clock.due_at.isoformat(),
        "since": clock.started_at.isoformat(),
        "began": began(matter, clock.rule, clock.started_at),
        "tell": list(alarm.tell),
    }
    return compose(matter, Line("alarm", Side.SYSTEM, data=data), now)[0]


def _store(matters: list[Matter], batch: Batch) -> None:
    update_rows(matters, ("version", "head", "card", "next_look_at"))
    insert_rows(batch.events)
    tell(*((event.matter, event) for event in batch.events), now=batch.now)
    stored = {clock.pk: clock for clock in batch.clocks}
    update_rows(list(stored.values()), ("card", "alarm", "alarm_at"))
    for matter, clock in batch.to_press:
        _press(matter, clock, batch.now)
    for matter in batch.to_clear:
        clear(matter, by=Side.SYSTEM, now=batch.now)


def _press(matter: Matter, clock: Clock, now: datetime) -> None:
    """Write the order that the policy asks for, unless one is running already."""
    text = _("“%(clock)s” is far beyond its deadline. Say why, and by when it will be done.") % {
        "clock": clock.rule.label
    }
    with suppress(Refused):
        press(matter, text=text, limit=ORDER_LIMIT, by=Side.SYSTEM, now=now)
