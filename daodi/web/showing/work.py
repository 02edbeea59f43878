"""Matters as work: which clock drives each, and who acted on it last."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from daodi.core.deadlines.models import Clock
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.web.showing.clocks import show_clock
from daodi.web.showing.matters import show_row

Shown = dict[str, Any]


def show_work(found: Iterable[Matter], now: datetime) -> dict[int, Shown]:
    """Return by key what the part `work` takes; two queries for all of them."""
    matters = list({matter.pk: matter for matter in found}.values())
    clocks, people = _clocks(matters), _people(matters)
    return {
        matter.pk: {
            **show_row(matter, now),
            "clock": show_clock(clocks[matter.pk], now) if matter.pk in clocks else None,
            "by": people.get(matter.pk, ""),
        }
        for matter in matters
    }


def _clocks(matters: list[Matter]) -> dict[int, Clock]:
    """Return of each matter the clock that is due first."""
    running = Clock.objects.running().filter(matter__in=matters)
    first = running.order_by("matter_id", "due_at", "pk").distinct("matter_id")
    return {clock.matter_id: clock for clock in first}


def _people(matters: list[Matter]) -> dict[int, str]:
    """Return of each matter who acted for its lead unit last."""
    acts = Event.objects.filter(matter__in=matters, side=Side.LEAD, by__isnull=False)
    last = acts.order_by("matter_id", "-seq").distinct("matter_id").select_related("by__user")
    return {event.matter_id: str(event.by) for event in last}
