"""Early signs in words, and the part of a unit's start page that shows them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.matters.models import Matter
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


def reminder_heads() -> list[str]:
    return [
        _("What it is about"), _("Unit that it concerns"), _("State"), _("Text"), _("Written by"),
        _("Written at"), _("To be answered by"), _("The answer"), _("Answered at"),
        _("Closed at"), _("Matters"),
    ]  # fmt: skip


def reminder_cells(reminders: list[Reminder], member: Member) -> Iterator[list[object]]:
    """Return the rows of a table of early signs, with the last answer and the matters to see."""
    lines = ReminderLine.objects.filter(reminder__in=reminders, name=ReminderLine.Name.ANSWER)
    answers = dict(lines.values_list("reminder", "text"))
    shown = Matter.objects.visible_to(member).filter(reminders__in=reminders)
    numbers: dict[int, list[str]] = defaultdict(list)
    for pk, number in shown.order_by("pk").values_list("reminders", "number"):
        numbers[pk].append(number)
    for each in reminders:
        written, due, answered, closed = (
            timezone.localtime(at) if at else None
            for at in (each.at, each.due_at, each.answered_at, each.closed_at)
        )
        yield [
            each.topic, each.unit, _state(each), each.text, each.by_unit, written, due,
            answers.get(each.pk, ""), answered, closed, " ".join(numbers[each.pk]),
        ]  # fmt: skip


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
