"""Early signs in words, and the part of a unit's start page that shows them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.people.models import Member
from daodi.core.supervision.models import Reminder, ReminderLine
from daodi.web.showing.times import moment, span

Shown = dict[str, Any]
# A start page shows the first of them; the list has the rest.
MOST = 5
ICONS = {"write": "flag", "answer": "message", "send_back": "arrow-back-up", "close": "check"}


def show_reminder(reminder: Reminder, now: datetime) -> Shown:
    cards = {"yellow": _("yellow card"), "red": _("red card")}
    return {
        "reminder": reminder,
        "url": reverse("desk:reminder", args=[reminder.pk]),
        "kind_word": reminder.get_kind_display(),
        "card": reminder.card,
        "card_word": cards.get(reminder.card, ""),
        "state_word": _state(reminder),
        "clock": _clock(reminder, now),
        "when": moment(reminder.at, now),
    }


def reminders_for(member: Member, now: datetime) -> list[Shown]:
    """Return what waits for an answer of the member's house, the assigned ones first."""
    mine = Reminder.objects.to_house_of(member).waiting().for_list()
    return [show_reminder(each, now) for each in mine.order_by("due_at", "pk")[:MOST]]


def show_lines(reminder: Reminder) -> list[Shown]:
    """Return what was said, as the timeline takes it."""
    lines = reminder.lines.select_related("by__user", "by__unit")
    return [
        {
            "at": line.at,
            "what": ReminderLine.Name(line.name).label,
            "who": line.by,
            "unit": line.by.unit,
            "text": line.text,
            "icon": ICONS[line.name],
        }
        for line in reversed(lines)
    ]


def _state(reminder: Reminder) -> str:
    if reminder.closed_at:
        return _("Closed")
    return _("Answered, to be closed") if reminder.answered_at else _("Waits for an answer")


def _clock(reminder: Reminder, now: datetime) -> Shown | None:
    """Return the clock of an assignment while it runs."""
    if reminder.due_at is None or reminder.answered_at or reminder.closed_at:
        return None
    late = now > reminder.due_at
    words = _("late by %(span)s") if late else _("%(span)s left")
    tone = "late" if late else "near" if reminder.card else "calm"
    return {
        "tone": tone,
        "words": words % {"span": span(abs(now - reminder.due_at))},
        "due": moment(reminder.due_at, now),
    }
