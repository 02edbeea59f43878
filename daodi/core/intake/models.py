from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit

MOST_SHEETS = 50
LONGEST_PLACE, LONGEST_THING = 60, 60


class ClaimQuerySet(models.QuerySet["Claim"]):
    def live(self, now: datetime) -> Self:
        return self.filter(until__gt=now)

    def of_others(self, member: Member) -> Self:
        return self.exclude(member=member)


class Claim(models.Model):
    """An operator has a matter open. It ends by itself and stops nobody: the others are told."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.member}"


class FormBatchQuerySet(models.QuerySet["FormBatch"]):
    def visible_to(self, member: Member) -> Self:
        """Keep what was printed in the member's own house."""
        return self.filter(unit__path__startswith=member.unit.path)

    def for_list(self) -> Self:
        return self.select_related("ledger", "unit", "by__user")


class FormBatch(models.Model):
    """Paper forms printed in one go; number of the batch and number of the sheet make a serial."""

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    count = models.PositiveSmallIntegerField()

    objects = FormBatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(count__range=(1, MOST_SHEETS)), name="formbatch_of_some_sheets"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.pk}: {self.count}"


class RecurrenceQuerySet(models.QuerySet["Recurrence"]):
    def standing(self) -> Self:
        """Keep what nobody has found to be something else."""
        return self.filter(is_denied=False)

    def for_page(self) -> Self:
        return self.select_related("earlier", "matter", "by__user")


class Recurrence(models.Model):
    """A filing about what was cleared at the same place shortly before: it has come back.

    The worker marks it; an operator may say that it is something else.
    """

    matter = models.OneToOneField(
        Matter, models.CASCADE, primary_key=True, related_name="recurrence"
    )
    earlier = models.ForeignKey(Matter, models.CASCADE, related_name="came_back")
    # What both name, for the reason in words.
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    thing = models.CharField(max_length=LONGEST_THING, blank=True)
    found_at = models.DateTimeField()
    is_denied = models.BooleanField(default=False)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = RecurrenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(matter=models.F("earlier")), name="recurrence_of_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.earlier_id}"
