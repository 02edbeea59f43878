from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit

LONGEST_TOPIC = 80


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, member: Member) -> Self:
        """Keep those to the member's own house, and those that it wrote."""
        path = member.unit.path
        return self.filter(Q(unit__path__startswith=path) | Q(by_unit__path__startswith=path))

    def to_house_of(self, member: Member) -> Self:
        return self.filter(unit__path__startswith=member.unit.path)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def waiting(self) -> Self:
        """Keep what waits for the unit."""
        return self.filter(closed_at=None, answered_at=None)

    def answered(self) -> Self:
        """Keep what waits for who wrote it: to be closed or sent back."""
        return self.filter(closed_at=None, answered_at__isnull=False)

    def to_look_at(self, now: datetime) -> Self:
        return self.filter(look_at__lte=now)

    def for_list(self) -> Self:
        return self.select_related("unit", "by_unit")


class Reminder(models.Model):
    """An early sign, put before the unit that it concerns: as a prompt, or assigned by a day."""

    class Kind(models.TextChoices):
        PROMPT = "prompt", _("Prompt")
        ASSIGN = "assign", _("Assignment")

    kind = models.CharField(max_length=6, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=LONGEST_TOPIC)
    text = models.TextField()
    matters = models.ManyToManyField(Matter, related_name="reminders")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    by_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Since when the present deadline runs: anew when an answer is sent back.
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    card = models.CharField(max_length=6, blank=True)
    # When the next card comes; null: none does.
    look_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="prompt", due_at=None) | Q(kind="assign", due_at__isnull=False),
                name="reminder_assigned_by_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["unit"], condition=Q(closed_at=None), name="reminder_open"),
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="reminder_look"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


class ReminderLine(models.Model):
    """What was said on a reminder, by whom and when: the answers, and what became of them."""

    class Name(models.TextChoices):
        WRITE = "write", _("Put before the unit")
        ANSWER = "answer", _("Answered")
        SEND_BACK = "send_back", _("Sent back")
        CLOSE = "close", _("Closed")

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="lines")
    name = models.CharField(max_length=9, choices=Name)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.name}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, member: Member) -> Self:
        """Keep what the member's own house found."""
        return self.filter(by__unit__path__startswith=member.unit.path)

    def for_list(self) -> Self:
        return self.select_related("unit", "by__user").order_by("-pk")


class Finding(models.Model):
    """What was found when a pattern at a unit was looked into; never about a person."""

    question = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()
    # How many of how many matters it was, when it was looked into.
    count = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["question", "-id"], name="finding_of_question")]

    def __str__(self) -> str:
        return f"{self.question} {self.unit}"
