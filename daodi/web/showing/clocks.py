"""Clocks in words, and how a deadline came about."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.deadlines.models import Clock
from daodi.core.matters.models import NEVER, Matter
from daodi.core.matters.states import State
from daodi.lib.limits import Limit
from daodi.lib.worktime import Reason, Step, WorkCalendar
from daodi.web.showing.times import full, moment, span

NEAR = 75
Shown = dict[str, Any]


def clock_label(clock: Clock) -> str:
    return clock.rule.title


def limit_words(limit: Limit) -> str:
    """Write a limit as an office says it."""
    if limit.workdays:
        return _("%(n)s working days") % {"n": limit.workdays}
    if limit.months:
        return _("%(n)s months") % {"n": limit.months}
    return span(limit.time)


def show_clock(clock: Clock, now: datetime) -> Shown:
    """Return what the clock component takes."""
    tone, words, share = _reading(clock, now)
    return {
        "name": clock_label(clock),
        "tone": tone,
        "words": words,
        "due": moment(clock.due_at, now),
        "share": share,
        "provisional": clock.is_provisional,
    }


def show_due(matter: Matter, now: datetime) -> Shown | None:
    """Return the compact clock of a list: what is due next on a matter."""
    clock = {"name": "", "due": "", "url": "", "share": None, "provisional": False}
    if matter.state == State.SUSPENDED:
        return clock | {"tone": "paused", "words": _("paused")}
    if not matter.is_open or matter.due_at >= NEVER:
        return None
    late = now > matter.due_at
    tone = "late" if late else "near" if matter.card else "calm"
    words, due = left_or_late(matter.due_at, now), moment(matter.due_at, now)
    return clock | {"tone": tone, "words": words, "due": due}


def explain(clock: Clock, calendar: WorkCalendar) -> list[str]:
    """Say step by step how the stored deadline came about."""
    reckoning = clock.explain(calendar)
    lines = [
        _("Started %(at)s; allowed: %(limit)s.")
        % {"at": full(clock.started_at), "limit": limit_words(clock.limit)}
    ]
    if clock.inputs.get("extra"):
        lines.append(_("Extended; the time granted counts on top of it."))
    lines += [_step_words(step) for step in reckoning.steps]
    lines.append(_("Due %(at)s.") % {"at": full(clock.due_at)})
    if clock.is_provisional:
        lines.append(
            _("Provisional: the holidays of %(year)s are not announced yet.")
            % {"year": clock.due_at.year}
        )
    lines.append(_("By policy: %(policy)s.") % {"policy": clock.policy})
    return lines


def _reading(clock: Clock, now: datetime) -> tuple[str, str, int | None]:
    if clock.stopped_at:
        if clock.how == Clock.How.VOID:
            return "stopped", str(Clock.How.VOID.label), None
        if clock.how == Clock.How.LATE:
            late = _("late by %(span)s") % {"span": span(clock.stopped_at - clock.due_at)}
            return "late", late, 100
        return "met", _("met at %(at)s") % {"at": moment(clock.stopped_at, now)}, None
    if clock.paused_at:
        return "paused", _("paused since %(at)s") % {"at": moment(clock.paused_at, now)}, None
    whole = (clock.due_at - clock.started_at).total_seconds() or 1
    share = min(100, round(100 * (now - clock.started_at).total_seconds() / whole))
    tone = "late" if now > clock.due_at else "near" if share >= NEAR else "calm"
    return tone, left_or_late(clock.due_at, now), share


def left_or_late(due: datetime, now: datetime) -> str:
    """Say how long is left, or how late it is."""
    if now > due:
        return _("late by %(span)s") % {"span": span(now - due)}
    return _("%(span)s left") % {"span": span(due - now)}


def _step_words(step: Step) -> str:
    words = {
        Reason.ALWAYS: _("counts"),
        Reason.WORKDAY: _("working time, counts"),
        Reason.MAKE_UP: _("make-up workday, counts"),
        Reason.HOLIDAY: _("holiday, does not count"),
        Reason.WEEKEND: _("weekend, does not count"),
        Reason.CLOSED: _("office closed, does not count"),
        Reason.PAUSED: _("paused, does not count"),
    }
    return _("%(begin)s to %(end)s: %(reason)s (%(span)s)") % {
        "begin": full(step.begin),
        "end": full(step.end),
        "reason": words[step.reason],
        "span": span(step.end - step.begin),
    }
