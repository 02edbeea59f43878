"""Patterns that may mean nothing: questions to look into, by unit, never verdicts.

Each says in words what it looks for, and keeps of a unit's results of the last days those that
look like it. Nothing here knows or counts persons.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.core.exceptions import NotYours
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.supervision.models import Finding
from daodi.core.supervision.patterns import (
    asked_in_the_last_hour,
    extended,
    handed_in,
    in_bursts,
    judged_at_once,
    listed,
    same_answer,
    slowed_down,
    without_contact,
)
from daodi.core.workflow.act import needed

DAYS = (30, 90)
# Fewer than so many at one unit are no pattern.
AT_LEAST = 3
Keep = Callable[[MatterQuerySet, datetime], MatterQuerySet]


@dataclass(frozen=True, slots=True)
class Question:
    """A pattern: what it looks for, among which matters, and at whose unit."""

    name: str
    label: Promise
    says: Promise
    among: Keep
    keep: Keep
    whose: str = "unit"


@dataclass(frozen=True, slots=True)
class Seen:
    """How many of how many matters of a unit look like a pattern."""

    unit: Unit
    count: int
    of: int


def seen_at(question: Question, member: Member, since: datetime) -> list[Seen]:
    """Return the units at which a pattern is seen often enough, in the order of the tree."""
    base = question.among(Matter.objects.visible_to(member), since)
    whole = _by_unit(base, question.whose)
    kept = _by_unit(question.keep(base, since), question.whose)
    pks = [pk for pk, count in kept.items() if count >= AT_LEAST]
    units = Unit.objects.filter(pk__in=pks)
    return [Seen(unit, kept[unit.pk], whole[unit.pk]) for unit in units]


def matters_like(
    question: Question, member: Member, since: datetime, unit: Unit
) -> tuple[MatterQuerySet, int]:
    """Return the matters of a unit that look like a pattern, and among how many they are."""
    mine = Matter.objects.visible_to(member).filter(**{question.whose: unit})
    base = question.among(mine, since)
    return question.keep(base, since), base.count()


@transaction.atomic
def note_finding(
    question: Question, unit: Unit, *, days: int, text: str, by: Member, now: datetime
) -> Finding:
    """Keep what was found when a pattern at a unit was looked into."""
    if not by.has(Role.SUPERVISOR):
        raise NotYours
    text = needed(text, str(_("what you found")))
    found, of = matters_like(question, by, now - timedelta(days=days), unit)
    return Finding.objects.create(
        question=question.name, unit=unit, days=days, count=found.count(), of=of, text=text,
        by=by.hand, at=now,
    )  # fmt: skip


def _by_unit(matters: MatterQuerySet, whose: str) -> dict[int, int]:
    rows = matters.order_by().values_list(whose).annotate(Count("pk"))
    return {int(pk): int(count) for pk, count in rows if pk}


QUESTIONS = (
    Question(
        "without_contact",
        _("Handed in without contact"),
        _("The resident left a contact, and the unit handed in without having reached them."),
        handed_in,
        without_contact,
    ),
    Question(
        "last_day",
        _("Many at once on the last day"),
        _("At least 5 results of one unit within 30 minutes, each in the last day it had."),
        handed_in,
        in_bursts,
    ),
    Question(
        "at_once",
        _("Judged satisfied at once"),
        _("A caller wrote down a satisfied judgement within a minute of the hand-in."),
        handed_in,
        judged_at_once,
    ),
    Question(
        "slower",
        _("Moved to a slower category"),
        _("Listed again with another category, kind or urgency, so that the limit became longer."),
        listed,
        slowed_down,
        whose="ledger__unit",
    ),
    Question(
        "last_hour",
        _("Extension asked in the last hour"),
        _("More time was asked for in the last hour before the deadline."),
        extended,
        asked_in_the_last_hour,
    ),
    Question(
        "same_answer",
        _("The same answer many times"),
        _("At least 5 results of one unit with the same answer, word for word."),
        handed_in,
        same_answer,
    ),
)
QUESTION = {question.name: question for question in QUESTIONS}
