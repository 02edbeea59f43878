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
        return self.filter(answered_at=None)

    def for_list(self) -> Self:
        """What is to be answered first on top, each with its matter as lists show it."""
        lines = self.select_related(
            "matter__ledger", "matter__unit", "matter__division", "matter__category"
        )
        return lines.order_by("due_at", "pk")


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

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(answered_at=None), name="order_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.at:%Y-%m-%d}"
