"""The supervisor's board in words: what stands there, since when, why, and what comes next."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.deadlines.causes import began, cause, next_step
from daodi.core.deadlines.models import Clock
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Unit
from daodi.core.supervision.board import WATCHES, Counts, total
from daodi.core.workflow.models import Decision
from daodi.web.showing.clocks import clock_label
from daodi.web.showing.matters import show_row
from daodi.web.showing.times import moment

Shown = dict[str, Any]
NO_UNIT = "none"
COLUMNS = ("unit", "clock", "why", "next")


def show_columns() -> list[Shown]:
    labels = (_("Lead unit"), _("Time left"), _("Why"), _("Next step"))
    return [{"name": name, "label": label} for name, label in zip(COLUMNS, labels, strict=True)]


def show_watched(matters: Iterable[Matter], now: datetime) -> list[Shown]:
    """Return rows of a matter table that say which clock drives each matter; one query for all."""
    found = list(matters)
    clocks = _driving(found)
    return [_row(matter, clocks.get(matter.pk), now) for matter in found]


def show_tiles(counts: Counts) -> list[Shown]:
    return [
        {
            "label": watch.label,
            "hint": watch.hint,
            "count": counts.get(watch.name, 0),
            "url": reverse("desk:watch", args=[watch.name]),
            "name": watch.name,
        }
        for watch in WATCHES
    ]


def show_units(
    matters: dict[int | None, Counts], orders: dict[int | None, Counts]
) -> tuple[list[str], list[Shown]]:
    """Return the heads of the table, and a row for each unit that has anything on any list."""
    names = [*(watch.name for watch in WATCHES), "running", "answered"]
    labels = [*(str(watch.label) for watch in WATCHES), _("Orders running"), _("Orders answered")]
    both = {pk: total([matters.get(pk, {}), orders.get(pk, {})]) for pk in {*matters, *orders}}
    busy = {pk: row for pk, row in both.items() if any(row[name] for name in names)}
    units = Unit.objects.filter(pk__in=[pk for pk in busy if pk])
    rows = [{"unit": unit, "cells": _cells(busy[unit.pk], names, str(unit.pk))} for unit in units]
    if None in busy:
        rows.append({"unit": None, "cells": _cells(busy[None], names, NO_UNIT)})
    return labels, rows


def unit_cells(rows: Iterable[Shown]) -> Iterator[list[object]]:
    """Yield the rows of that table as numbers, for a file."""
    for row in rows:
        name = str(row["unit"] or _("not dispatched yet"))
        yield [name, *(cell["count"] for cell in row["cells"])]


def _cells(counts: Counts, names: list[str], unit: str) -> list[Shown]:
    shown = {"running": "?show=running&", "answered": "?show=answered&"}
    return [
        {
            "count": counts[name],
            "url": f"{reverse('desk:orders')}{shown[name]}unit={unit}"
            if name in shown
            else f"{reverse('desk:watch', args=[name])}?unit={unit}",
            "name": name,
        }
        for name in names
    ]


def _driving(matters: list[Matter]) -> dict[int, Clock]:
    """Return of each matter the clock that is due first; one that pauses only if no other runs."""
    running = Clock.objects.running().filter(matter__in=matters)
    paused_last = F("paused_at").asc(nulls_first=True)
    first = running.order_by("matter_id", paused_last, "due_at", "pk").distinct("matter_id")
    return {clock.matter_id: clock for clock in first}


def _row(matter: Matter, clock: Clock | None, now: datetime) -> Shown:
    row = show_row(matter, now)
    said = {"why": _why(matter, clock, now), "next": _next(matter, clock)}
    row["cells"] = [{"name": name, "text": said.get(name, "")} for name in COLUMNS]
    return row


def _why(matter: Matter, clock: Clock | None, now: datetime) -> str:
    """Say why a matter stands there: “Respond within 1 hour”: dispatched …, due …, not yet …"""
    parts = list(_past(matter))
    if clock:
        start, due = moment(clock.started_at, now), moment(clock.due_at, now)
        since = began(matter, clock.rule, clock.started_at)
        reason = cause(clock.rule, since, start, due, matter.state)
        parts.insert(
            0, _("“%(clock)s”: %(cause)s") % {"clock": clock_label(clock), "cause": reason}
        )
        if matter.state == State.SUSPENDED:
            parts.append(_age(now - clock.started_at))
    return " · ".join(parts)


def _past(matter: Matter) -> Iterable[str]:
    if matter.bounces:
        words = ngettext("sent back %(n)s time", "sent back %(n)s times", matter.bounces)
        yield words % {"n": matter.bounces}
    if matter.redos:
        words = ngettext("to be redone for the %(n)s. time", "to be redone for the %(n)s. time",
                         matter.redos)  # fmt: skip
        yield words % {"n": matter.redos}
    if earlier := getattr(matter, "earlier", ""):
        yield _("the same was cleared there: %(number)s") % {"number": earlier}


def _age(span: timedelta) -> str:
    return ngettext("halted for %(n)s day", "halted for %(n)s days", span.days) % {"n": span.days}


def _next(matter: Matter, clock: Clock | None) -> str:
    if matter.pending:
        return _("Decide: %(what)s") % {"what": Decision.Kind(matter.pending).label}
    step = next_step(clock.rule, matter.state) if clock else None
    return str(step.label) if step else ""
