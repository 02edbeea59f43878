"""Why a clock runs and what it waits for: since which step, until when, and what is missing."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from daodi.core.clocks.policy import ORDER, REVIEW, ClockRule
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES, Move
from daodi.core.matters.states import State

BEGAN = {
    "file": _("filed %(at)s"),
    "dispatch": _("dispatched %(at)s"),
    "hand_in": _("handed in %(at)s"),
    "press": _("ordered %(at)s"),
    "suspend": _("suspended %(at)s"),
    "": _("running since %(at)s"),
}
# What is missing as long as a step is not taken; the first that fits is said.
LACKS = {
    "dispatch": _("not yet dispatched"),
    "list": _("not yet listed"),
    "contact": _("the resident not yet contacted"),
    "accept": _("not yet signed for"),
    "report": _("not yet reported on"),
    "answer_order": _("the order not yet answered"),
    "hand_in": _("no result yet"),
    "reply": _("the resident has not replied yet"),
    "resume": _("not yet taken up again"),
    "clear": _("not yet followed up"),
}
# What comes next in a state from where nothing stops the clock at once.
USUAL = {
    State.RECEIVED: "list",
    State.LISTED: "dispatch",
    State.DISPATCHED: "accept",
    State.HANDLING: "hand_in",
    State.WAITING: "reply",
    State.SUSPENDED: "resume",
}


def began(matter: Matter, rule: ClockRule, started_at: datetime) -> str:
    """Return which step let a clock run; empty: another than those that a matter keeps."""
    if rule in (ORDER, REVIEW):
        return "press" if rule is ORDER else "suspend"
    kept = {
        "file": matter.filed_at, "dispatch": matter.dispatched_at, "hand_in": matter.handed_in_at,
    }  # fmt: skip
    return next((name for name, at in kept.items() if at == started_at), "")


def next_step(rule: ClockRule, state: str) -> Move | None:
    """Return the step that stops a clock from this state, or at least leads towards it."""
    stops = (name for name in LACKS if name in rule.stops and MOVES[name].is_open_from(state))
    name = next(stops, None) or USUAL.get(State(state))
    return MOVES[name] if name else None


def cause(rule: ClockRule, since: str, start: str, due: str, state: str) -> str:
    """Say why a clock runs: `since` is what `began` returned, `start` and `due` moments in words.

    “Dispatched 03-02 12:00, due 03-02 13:00, the resident not yet contacted.”
    """
    step = next_step(rule, state)
    parts = [str(BEGAN[since] % {"at": start}), str(_("due %(at)s") % {"at": due})]
    if step:
        parts.append(str(LACKS[step.name]))
    return pgettext("between parts of a sentence", ", ").join(parts)
