from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit


class DecisionQuerySet(models.QuerySet["Decision"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)


class Decision(models.Model):
    """Something that a unit asked for and somebody else decides; a matter has one open at most."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("Objection")
        EXTENSION = "extension", _("Extension")
        SUSPENSION = "suspension", _("Suspension")
        SIGNATURE = "signature", _("Signature")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField()
    basis = models.TextField(blank=True)
    until = models.DateTimeField(null=True)
    # What is to be signed: the internal account and the public answer as they were submitted.
    account = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    remark = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(decided_at=None), name="decision_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"


class Judgement(models.Model):
    """What the resident says of the result, by themselves or to a caller."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="judgements")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    solved = models.CharField(max_length=6, choices=Solved)
    satisfied = models.CharField(max_length=10, choices=Satisfied)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="judgement_at")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.satisfied}"


class OrderQuerySet(models.QuerySet["Order"]):
    def open(self) -> Self:
        """Keep what waits for an answer."""
        return self.filter(answered_at=None, closed_at=None)

    def late(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)

    def to_close(self) -> Self:
        """Keep what was answered and waits for a supervisor to close it or send it back."""
        return self.filter(answered_at__isnull=False, closed_at=None)

    def visible_to(self, member: Member) -> Self:
        """Keep the orders on matters that the member may see."""
        return self.filter(matter__in=Matter.objects.visible_to(member).values("pk"))

    def for_list(self) -> Self:
        """What is to be answered first on top, each with its matter as lists show it."""
        lines = self.select_related(
            "matter__ledger", "matter__unit", "matter__division", "matter__category"
        )
        return lines.order_by("due_at", "pk")

    def for_paper(self) -> Self:
        return self.select_related(
            "matter__unit", "matter__ledger__supervising_unit", "by__user", "by__unit",
            "answered_by__user", "answered_by__unit", "closed_by__user",
        )  # fmt: skip


class Order(models.Model):
    """A supervisor's written order on a matter; its deadline is the matter's clock `order`."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="orders")
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    text = models.TextField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    # How often the answer was sent back; each of these answers stands in the history.
    returns = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(closed_at=None), name="order_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(answered_at__isnull=False),
                name="order_answered_before_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="order_due")
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.at:%Y-%m-%d}"
