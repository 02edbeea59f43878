"""A supervisor's written orders."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from daodi.core.clocks.policy import ORDER
from daodi.core.deadlines.turning import Turn
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.workflow.act import act, needed, said
from daodi.core.workflow.models import Order
from daodi.core.workflow.rights import By
from daodi.lib.limits import Limit
from daodi.lib.worktime import DAY, Counting

MOST_DAYS = 366


@transaction.atomic
def press(matter: Matter, *, text: str, limit: str, by: By, now: datetime) -> Event:
    """Order the unit to act, within a limit of the order's own (such as PT4H or P2W).

    A new order closes the one before it, whose answer was not enough.
    """
    text = needed(text, _("the order"))
    event, due = _start(matter, "press", text, limit, by=by, now=now)
    hand = by.hand if isinstance(by, Member) else None
    matter.orders.to_close().update(closed_at=now, closed_by=hand)
    Order.objects.create(matter=matter, by=hand, at=now, due_at=due, text=text)
    return event


def _start(
    matter: Matter, name: str, text: str, limit: str, *, by: By, now: datetime
) -> tuple[Event, datetime]:
    """Take a step that lets the order's clock run, and return when the order is due."""
    allowed = _allowed(limit)
    counting = Counting.WORKDAYS if allowed.workdays else Counting.ALWAYS
    due: list[datetime] = []

    def start_order(turn: Turn) -> None:
        due.append(turn.start(ORDER, allowed, counting).due_at)

    event = act(matter, name, by=by, now=now, text=text, data={"limit": limit}, clocks=start_order)
    return event, due[0]


def _allowed(limit: str) -> Limit:
    try:
        allowed = Limit.parse(limit)
    except (ValueError, OverflowError) as error:
        raise Refused(_("Choose by when the order is to be answered.")) from error
    if allowed.workdays > MOST_DAYS or allowed.months or allowed.time > MOST_DAYS * DAY:
        raise Refused(_("An order is to be answered within a year."))
    return allowed


@transaction.atomic
def answer_order(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Report to the supervisor what was done on the order; stops the order's clock."""
    text = needed(text, _("what was done on the order"))
    event = act(matter, "answer_order", by=by, now=now, text=text)
    # The one whose clock this has just stopped; the answer is looked at, whoever asked.
    answered = matter.orders.filter(answered_at=now)
    answered.update(answered_by=by.hand, answer=text, closed_at=None)
    return event


@transaction.atomic
def close_order(matter: Matter, *, remark: str = "", by: Member, now: datetime) -> Event:
    """Find the answer good enough: nothing more is asked."""
    event = act(matter, "close_order", by=by, now=now, text=said(remark))
    matter.orders.to_close().update(closed_at=now, closed_by=by.hand)
    return event


@transaction.atomic
def return_order(matter: Matter, *, text: str, limit: str, by: Member, now: datetime) -> Event:
    """Send the answer back with what is missing; the order runs again, within a new limit."""
    text = needed(text, _("what is missing in the answer"))
    event, due = _start(matter, "return_order", text, limit, by=by, now=now)
    matter.orders.to_close().update(
        answered_at=None, answered_by=None, answer="", due_at=due, returns=F("returns") + 1
    )
    return event
