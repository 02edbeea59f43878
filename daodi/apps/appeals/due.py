"""What comes next on a request, by when, and why then: in plain words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.clocks.policy import ORDER
from daodi.core.deadlines.models import Clock
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.lib.worktime import Counting
from daodi.web.showing.clocks import clock_label, limit_words
from daodi.web.showing.times import full, plainly

Shown = dict[str, Any]
# What a clock of this name waits for; one that is not here is called what its policy calls it.
AWAITED = {
    "dispatch": gettext_lazy("We send it to the unit that answers for it"),
    "accept": gettext_lazy("The unit takes it in hand"),
    "respond": gettext_lazy("The unit tells you what it found first"),
    "resolve": gettext_lazy("You get the answer"),
    "redo": gettext_lazy("You get the new answer"),
}


def clocks_of(matter: Matter) -> list[Clock]:
    """Return the clocks that run on a matter and are its resident's too, the next first."""
    running = matter.clocks.running().select_related("policy").exclude(name=ORDER.name)
    return list(running.order_by("due_at", "pk"))


def due_on(matter: Matter, clocks: Iterable[Clock], now: datetime) -> list[Shown]:
    """Return what is awaited on a matter, each with by when and why."""
    return [_show(clock, matter, now) for clock in clocks]


def promised_on(matter: Matter, clocks: Iterable[Clock]) -> datetime | None:
    """Return by when an answer is owed; None: by no day now, or it is there."""
    is_owed = matter.is_open and matter.state != State.HANDED_IN
    return matter.promised_at if is_owed and not _is_halted(clocks) else None


def promise_words(matter: Matter, clocks: Iterable[Clock], now: datetime) -> str:
    """Say by when it will be answered, or that the time for it stands still."""
    if _is_halted(clocks):
        return _halt_words(matter)
    at = promised_on(matter, clocks)
    if at is None:
        return ""
    promised = {"at": plainly(at, now)}
    if now > at:
        return _("The answer was due by %(at)s. It is late.") % promised
    return _("You get an answer by %(at)s at the latest.") % promised


def _is_halted(clocks: Iterable[Clock]) -> bool:
    return any(clock.paused_at and clock.rule.promise for clock in clocks)


def _halt_words(matter: Matter) -> str:
    if matter.state == State.WAITING:
        return _("The time stands still until you reply.")
    return _("The time stands still until work goes on.")


def silence_words(matter: Matter, now: datetime) -> str:
    """Say what happens if the resident says nothing; empty: nothing does."""
    if matter.state == State.HANDED_IN and matter.clear_at:
        return _("If you say nothing, it counts as done on %(at)s.") % {
            "at": plainly(matter.clear_at, now)
        }
    if matter.state == State.CLEARED and matter.cleared_at and matter.unit_id:
        last = matter.cleared_at + timedelta(days=matter.ledger.reopen_days)
        if now <= last:
            return _("If the problem is back, you can say so here until %(at)s.") % {
                "at": plainly(last, now)
            }
    return ""


def _show(clock: Clock, matter: Matter, now: datetime) -> Shown:
    is_paused = clock.paused_at is not None
    return {
        "what": AWAITED.get(clock.name) or clock_label(clock),
        "by": "" if is_paused else _("by %(at)s") % {"at": plainly(clock.due_at, now)},
        "is_late": not is_paused and now > clock.due_at,
        "why": " ".join(_reasons(clock, matter)),
    }


def _reasons(clock: Clock, matter: Matter) -> list[str]:
    since = {"limit": limit_words(clock.limit), "at": full(clock.started_at)}
    reasons = [_("Allowed are %(limit)s, from %(at)s on.") % since]
    if clock.counting is not Counting.ALWAYS:
        reasons.append(_("Weekends and holidays do not count."))
    if clock.inputs.get("pauses"):
        reasons.append(_("The time in which it had to wait does not count."))
    if clock.inputs.get("extra"):
        reasons.append(_("More time was granted; the reason stands in the course of it."))
    if clock.is_provisional:
        reasons.append(_("The day may move when the holidays of that year are announced."))
    if clock.paused_at:
        reasons.append(_halt_words(matter))
    return reasons
