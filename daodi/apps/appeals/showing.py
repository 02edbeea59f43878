"""A request as its resident reads it."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.web.showing.times import moment

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
REACHED = {
    State.RECEIVED: 1,
    State.LISTED: 1,
    State.DISPATCHED: 2,
    State.HANDLING: 3,
    State.WAITING: 3,
    State.SUSPENDED: 3,
    State.HANDED_IN: 4,
}
ENDED = 5


def steps_of(matter: Matter, now: datetime) -> list[Shown]:
    """Return the course of a request as five steps, for the component."""
    promised = ""
    if matter.promised_at and matter.is_open and matter.state != State.HANDED_IN:
        promised = _("by %(at)s at the latest") % {"at": moment(matter.promised_at, now)}
    titles = [
        (_("Sent"), "", matter.filed_at),
        (_("Sent to the unit"), str(matter.unit or ""), matter.dispatched_at),
        (_("In hand"), promised, matter.accepted_at),
        (_("Answered"), "", matter.handed_in_at),
        (_("Done"), "", matter.cleared_at),
    ]
    reached = REACHED.get(State(matter.state), ENDED)
    return [
        {
            "title": title,
            "text": text,
            "at": at,
            "stage": "done" if n < reached else "current" if n == reached else "later",
        }
        for n, (title, text, at) in enumerate(titles)
    ]


def promise_words(matter: Matter, now: datetime) -> str:
    """Say by when it will be answered."""
    if matter.promised_at is None:
        return ""
    return _("You get an answer by %(at)s at the latest.") % {"at": moment(matter.promised_at, now)}
