"""A day, more time, or a halt: set for a task, asked for and decided for any matter."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.clocks.policy import REVIEW
from daodi.core.deadlines.turning import Turn
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.workflow.act import act, needed, said
from daodi.core.workflow.asking import ask_for, decide
from daodi.core.workflow.models import Decision
from daodi.core.workflow.rights import By
from daodi.lib.days import end_of_day
from daodi.lib.limits import Limit

Kind = Decision.Kind
MOST_YEARS = 5


@transaction.atomic
def schedule(matter: Matter, *, until: date, text: str = "", by: By, now: datetime) -> Event:
    """Set the day by whose end a task is to be done: it counts instead of the policy's limit.

    Set again, the last one counts; the one before stays on record in the history.
    """
    end = _end_in_reach(until, now)
    if end <= now:
        raise Refused(_("Choose a day that is not over."))
    data = {"until": until.isoformat()}
    if matter.promised_at and matter.dispatched_at:
        data["was_due"] = matter.promised_at.isoformat()

    def set_day(turn: Turn) -> None:
        turn.set_day(end)

    return act(matter, "schedule", by=by, now=now, text=said(text), data=data, clocks=set_day)


@transaction.atomic
def extend(matter: Matter, *, until: date, text: str, by: Member, now: datetime) -> Event:
    """Ask for more time, to the end of a day, before the present deadline has passed.

    Where only working days count, an extension to a day off ends with the working day before it.
    """
    text = needed(text, _("why more time is needed"))
    promised = matter.promised_at
    if promised is None or now > promised:
        raise Refused(_("An extension must be asked for before the deadline has passed."))
    end = _end_in_reach(until, now)
    if end <= promised:
        raise Refused(_("Choose a day after the present deadline."))
    event = act(
        matter,
        "extend",
        by=by,
        now=now,
        text=text,
        data={"until": until.isoformat()},
        pending=Kind.EXTENSION,
    )
    ask_for(matter, Kind.EXTENSION, by=by, now=now, reason=text, until=end)
    return event


@transaction.atomic
def grant_extension(matter: Matter, *, remark: str = "", by: Member, now: datetime) -> Event:
    """Grant the extension asked for; the old deadline stays on record in the history."""
    decision = decide(matter, granted=True, remark=remark, by=by, now=now)
    until = decision.until or now
    data: dict[str, str] = {"until": until.isoformat()}

    def give_time(turn: Turn) -> None:
        for clock in turn.running:
            if clock.rule.promise:
                data["was_due"] = clock.due_at.isoformat()
                clock.extend_to(until, turn.calendar, now)
                turn.changed.append(clock)

    return act(
        matter,
        "grant_extension",
        by=by,
        now=now,
        text=said(remark),
        data=data,
        clocks=give_time,
        pending="",
    )


@transaction.atomic
def refuse_extension(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Refuse more time and say why; the deadline stands."""
    return _refuse(matter, "refuse_extension", text, by, now)


@transaction.atomic
def suspend(
    matter: Matter, *, text: str, plan: str, review_on: date, by: Member, now: datetime
) -> Event:
    """Ask for an approved halt: why it cannot go on, what the plan is, when to look again."""
    text = needed(text, _("why it cannot go on now"))
    plan = needed(plan, _("the plan"))
    end = _end_in_reach(review_on, now)
    if end <= now:
        raise Refused(_("The review date lies in the past."))
    event = act(
        matter,
        "suspend",
        by=by,
        now=now,
        text=f"{text}\n\n{plan}",
        data={"review_on": review_on.isoformat()},
        pending=Kind.SUSPENSION,
    )
    ask_for(matter, Kind.SUSPENSION, by=by, now=now, reason=text, basis=plan, until=end)
    return event


@transaction.atomic
def grant_suspension(matter: Matter, *, remark: str = "", by: Member, now: datetime) -> Event:
    """Grant the halt: the clocks pause, and a review clock runs to the date of the plan."""
    decision = decide(matter, granted=True, remark=remark, by=by, now=now)
    until = decision.until or now

    def until_review(turn: Turn) -> None:
        minutes = max(1, int((until - now).total_seconds()) // 60)
        turn.start(REVIEW, Limit(time=timedelta(minutes=minutes)))

    return act(
        matter,
        "grant_suspension",
        by=by,
        now=now,
        text=said(remark) or decision.reason,
        data={"review_on": until.isoformat()},
        clocks=until_review,
        pending="",
    )


@transaction.atomic
def refuse_suspension(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Refuse the halt and say why; work goes on."""
    return _refuse(matter, "refuse_suspension", text, by, now)


@transaction.atomic
def resume(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Take a suspended matter up again: the clocks run on where they stopped."""
    return act(matter, "resume", by=by, now=now, text=needed(text, _("what has changed")))


def _end_in_reach(day: date, now: datetime) -> datetime:
    if day.year > now.year + MOST_YEARS:
        raise Refused(_("Choose a day within the next %(years)s years.") % {"years": MOST_YEARS})
    return end_of_day(day)


def _refuse(matter: Matter, name: str, text: str, by: Member, now: datetime) -> Event:
    text = needed(text, _("why not"))
    decide(matter, granted=False, remark=text, by=by, now=now)
    return act(matter, name, by=by, now=now, text=text, pending="")
