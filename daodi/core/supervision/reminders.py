"""Early signs put before a unit: written, answered, sent back, closed; and their cards."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import ChangedMeanwhile, NotYours, Refused
from daodi.core.history.record import Line, write
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import Side
from daodi.core.notices.writing import tell
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.supervision.models import LONGEST_TOPIC, Reminder, ReminderLine
from daodi.core.workflow.act import needed, said
from daodi.lib.days import end_of_day
from daodi.lib.text import clean

MOST_MATTERS = 50
MOST_DAYS = 366
BATCH = 200
CARD = "card"
NEAR = 0.8  # of the time allowed
Kind, Name = Reminder.Kind, ReminderLine.Name


def attachable(member: Member) -> MatterQuerySet:
    """Return the matters that a supervisor may attach: of their ledgers, nothing confidential."""
    path = member.unit.path
    ours = Matter.objects.visible_to(member).filter(is_confidential=False)
    return ours.filter(ledger__supervising_unit__path__startswith=path)


def may_answer(reminder: Reminder, member: Member) -> bool:
    is_ours = member.has(Role.HANDLER, Role.LEADER) and member.reaches(reminder.unit)
    return is_ours and reminder.answered_at is None and reminder.closed_at is None


def may_settle(reminder: Reminder, member: Member) -> bool:
    """Say whether a member may close it, or send its answer back."""
    is_ours = member.has(Role.SUPERVISOR) and member.reaches(reminder.by_unit)
    return is_ours and reminder.closed_at is None


@transaction.atomic
def write_reminder(
    matters: Sequence[Matter],
    *,
    kind: str,
    unit: Unit,
    topic: str,
    text: str,
    due: date | None = None,
    by: Member,
    now: datetime,
) -> Reminder:
    """Put an early sign before a unit, with the matters that show it; each of them says so."""
    if not by.has(Role.SUPERVISOR):
        raise NotYours
    topic = needed(clean(topic, lines=False), _("the topic"))[:LONGEST_TOPIC]
    text = needed(text, _("what the unit is to look at"))
    if not 0 < len(matters) <= MOST_MATTERS:
        raise Refused(_("Choose between 1 and %(most)s matters.") % {"most": MOST_MATTERS})
    due_at = _end(due, now) if kind == Kind.ASSIGN else None
    reminder = Reminder.objects.create(
        kind=kind, unit=unit, topic=topic, text=text, by=by.hand, by_unit=by.unit, at=now,
        asked_at=now, due_at=due_at, look_at=_near(now, due_at),
    )  # fmt: skip
    reminder.matters.set(matters)
    _note(reminder, Name.WRITE, text, by=by, now=now, matters=matters)
    return reminder


@transaction.atomic
def answer_reminder(reminder: Reminder, *, text: str, by: Member, now: datetime) -> None:
    """Say for the unit what was found and done; an assignment's deadline stops."""
    if not may_answer(reminder, by):
        raise NotYours
    text = needed(text, _("what was found and done"))
    _change(reminder, answered_at=now, look_at=None, card="")
    _note(reminder, Name.ANSWER, text, by=by, now=now)


@transaction.atomic
def return_reminder(
    reminder: Reminder, *, text: str, due: date | None = None, by: Member, now: datetime
) -> None:
    """Send an answer back with what is missing; an assignment gets a new deadline."""
    if not may_settle(reminder, by) or reminder.answered_at is None:
        raise Refused(_("There is no answer to send back."))
    text = needed(text, _("what is missing in the answer"))
    due_at = _end(due, now) if reminder.kind == Kind.ASSIGN else None
    again = {"asked_at": now, "due_at": due_at, "look_at": _near(now, due_at)}
    _change(reminder, answered_at=None, **again)
    _note(reminder, Name.SEND_BACK, text, by=by, now=now)


@transaction.atomic
def close_reminder(reminder: Reminder, *, text: str = "", by: Member, now: datetime) -> None:
    """Take it off the list; without an answer only with a reason."""
    if not may_settle(reminder, by):
        raise NotYours
    text = said(text) if reminder.answered_at else needed(text, _("why no answer is needed"))
    _change(reminder, closed_at=now, look_at=None, card="")
    _note(reminder, Name.CLOSE, text, by=by, now=now)


def sweep_reminders(now: datetime) -> int:
    """Give the cards that are due, each once, and tell the unit; return how many there were."""
    done = 0
    for pk in list(Reminder.objects.to_look_at(now).values_list("pk", flat=True)[:BATCH]):
        # Whoever changed the matter in this moment goes first; the next sweep comes in a minute.
        with suppress(ChangedMeanwhile):
            done += _give_card(pk, now)
    return done


@transaction.atomic
def _give_card(pk: int, now: datetime) -> int:
    claim = Reminder.objects.to_look_at(now).select_for_update(skip_locked=True, of=("self",))
    reminder = claim.select_related("unit").filter(pk=pk).first()
    if reminder is None or reminder.due_at is None:
        return 0
    late = reminder.due_at <= now
    _change(reminder, card="red" if late else "yellow", look_at=None if late else reminder.due_at)
    _tell(reminder, CARD, None, now, _first(reminder))
    return 1


def _change(reminder: Reminder, **changes: object) -> None:
    """Store changes, unless somebody else has just answered or closed it."""
    before = Reminder.objects.filter(
        pk=reminder.pk, closed_at=None, answered_at=reminder.answered_at
    )
    if not before.update(**changes):
        raise ChangedMeanwhile(_("Somebody else has just dealt with it: look at it again."))
    for name, value in changes.items():
        setattr(reminder, name, value)


def _note(
    reminder: Reminder,
    name: str,
    text: str,
    *,
    by: Member,
    now: datetime,
    matters: Iterable[Matter] = (),
) -> None:
    """Keep what was said, and write it into the history of the matters it concerns."""
    ReminderLine.objects.create(reminder=reminder, name=name, at=now, by=by.hand, text=text)
    first, *others = matters or _first(reminder)
    _tell(reminder, name, by, now, [first])
    for matter in others:
        write(matter, _line(reminder, name, by), now)


def _tell(
    reminder: Reminder, step: str, by: Member | None, now: datetime, matters: Sequence[Matter]
) -> None:
    """Write the line on one matter and tell of it: one notice, however many matters there are."""
    (matter,) = matters
    event = write(matter, _line(reminder, step, by), now)
    tell((matter, event), now=now)


def _line(reminder: Reminder, step: str, by: Member | None) -> Line:
    data = {
        "reminder": reminder.pk,
        "kind": str(reminder.kind),
        "step": str(step),
        "unit": reminder.unit.code,
        "card": reminder.card,
    }
    answered = step == Name.ANSWER
    side = (Side.LEAD if answered else Side.SUPERVISOR) if by else Side.SYSTEM
    return Line("reminder", side, by, data=data)


def _first(reminder: Reminder) -> list[Matter]:
    return list(reminder.matters.for_page().order_by("pk")[:1])


def _near(start: datetime, due_at: datetime | None) -> datetime | None:
    """Return when a deadline is near enough for a yellow card."""
    return start + (due_at - start) * NEAR if due_at else None


def _end(due: date | None, now: datetime) -> datetime:
    if due is None or end_of_day(due) <= now:
        raise Refused(_("Choose by which day it is to be answered."))
    if (end_of_day(due) - now).days > MOST_DAYS:
        raise Refused(_("Choose a day within a year."))
    return end_of_day(due)
