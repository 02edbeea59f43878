"""A request as its resident reads it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.apps.appeals.figures import Standing
from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.web.showing.times import plainly

Shown = dict[str, Any]
# What stands behind each state, in plain words.
PLAIN_STATES = {
    State.RECEIVED: gettext_lazy("We have it and read it now."),
    State.LISTED: gettext_lazy("It is on the list; we look for the unit that answers for it."),
    State.DISPATCHED: gettext_lazy("It was sent to the unit that answers for it."),
    State.HANDLING: gettext_lazy("The unit works on it."),
    State.WAITING: gettext_lazy("The unit asks you something: please reply below."),
    State.SUSPENDED: gettext_lazy("Work has to wait; the reason stands below."),
    State.HANDED_IN: gettext_lazy("The unit has answered: please say whether it is solved."),
    State.CLEARED: gettext_lazy("It is done."),
    State.DECLINED: gettext_lazy("We cannot handle it; below stands where you can turn to."),
    State.MERGED: gettext_lazy("Others asked for the same: one unit works on all of it."),
    State.WITHDRAWN: gettext_lazy("You took it back."),
}
# The same in a word or two, instead of the office's own terms.
SHORT_STATES = {
    State.RECEIVED: gettext_lazy("We have it"),
    State.LISTED: gettext_lazy("On the list"),
    State.DISPATCHED: gettext_lazy("Sent to the unit"),
    State.HANDLING: gettext_lazy("In hand"),
    State.WAITING: gettext_lazy("Waits for you"),
    State.SUSPENDED: gettext_lazy("Has to wait"),
    State.HANDED_IN: gettext_lazy("Answered"),
    State.CLEARED: gettext_lazy("Done"),
    State.DECLINED: gettext_lazy("Not taken up"),
    State.MERGED: gettext_lazy("Joined with others"),
    State.WITHDRAWN: gettext_lazy("Taken back"),
}
# The step that a request is at, counted from 0.
AT_STEP = {
    State.RECEIVED: 1,
    State.LISTED: 1,
    State.DISPATCHED: 2,
    State.HANDLING: 2,
    State.WAITING: 2,
    State.SUSPENDED: 2,
    State.HANDED_IN: 4,
    State.CLEARED: 5,
}


def steps_of(matter: Matter, promised: datetime | None, now: datetime) -> list[Shown]:
    """Return the course of a request as five steps, for the component.

    `promised` is by when it is to be answered. One that ended on the way (declined, merged,
    withdrawn) shows how it ended.
    """
    by_then = ""
    if promised and promised >= now:
        by_then = _("by %(at)s at the latest") % {"at": plainly(promised, now)}
    titles = [
        (_("Sent"), "", matter.filed_at),
        (_("Sent to the unit"), str(matter.unit or ""), matter.dispatched_at),
        (_("In hand"), by_then, matter.accepted_at),
        (_("Answered"), "", matter.handed_in_at),
        (_("Done"), "", matter.cleared_at),
    ]
    at_step = AT_STEP.get(State(matter.state))
    if at_step is None:
        titles = [each for each in titles if each[2]]
        at_step = len(titles)
        titles.append((str(SHORT_STATES[State(matter.state)]), "", None))
    return [
        {"title": title, "text": text, "at": at, "stage": _stage(number, at_step)}
        for number, (title, text, at) in enumerate(titles)
    ]


def _stage(number: int, at_step: int) -> str:
    return "done" if number < at_step else "current" if number == at_step else "later"


def judgement_of(matter: Matter) -> str:
    """Say what the resident said of the result; empty: nothing yet."""
    if not (matter.solved and matter.satisfied):
        return ""
    return f"{Solved(matter.solved).label} · {Satisfied(matter.satisfied).label}"


MEASURES = {
    "in_time": gettext_lazy("Answered in time"),
    "satisfied": gettext_lazy("Satisfied residents"),
    "days": gettext_lazy("Days to the answer, half of all at most"),
}
# Which end of the range is the good one.
PLACES = {
    ("low", True): gettext_lazy("among the last quarter of its kind"),
    ("middle", True): gettext_lazy("in the middle of its kind"),
    ("high", True): gettext_lazy("among the first quarter of its kind"),
    ("low", False): gettext_lazy("among the first quarter of its kind"),
    ("middle", False): gettext_lazy("in the middle of its kind"),
    ("high", False): gettext_lazy("among the last quarter of its kind"),
}
# The width of the drawing that shows a range.
WIDTH = 100


def show_standing(standing: Standing) -> Shown:
    """Return a unit's place in the range of its kind, in words and as a drawing."""
    is_share = standing.measure != "days"
    ends = (0.0, 100.0) if is_share else (0.0, max(standing.high, 1.0))
    marks = {
        name: round(WIDTH * (getattr(standing, name) - ends[0]) / (ends[1] - ends[0]))
        for name in ("value", "low", "quarter", "median", "three_quarters", "high")
    }
    unit = "%" if is_share else ""
    return {
        "label": MEASURES[standing.measure],
        "value": f"{standing.value:g}{unit}",
        "n": standing.n,
        "place": PLACES[standing.place, is_share],
        "median": f"{round(standing.median, 1):g}{unit}",
        "quarter": f"{round(standing.quarter, 1):g}{unit}",
        "three_quarters": f"{round(standing.three_quarters, 1):g}{unit}",
        "units": standing.units,
        "at": marks,
        "box": marks["three_quarters"] - marks["quarter"],
        "span": marks["high"] - marks["low"],
    }
