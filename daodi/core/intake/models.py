from datetime import datetime
from typing import Self

from django.db import models

from daodi.core.matters.models import Matter
from daodi.core.people.models import Member


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
