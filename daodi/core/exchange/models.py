from datetime import datetime, timedelta
from typing import Self

from django.db import models

from daodi.core.people.models import Member

KEPT = timedelta(days=1)


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, member: Member, what: str, about: int | None = None) -> Self:
        """Keep what this member has uploaded of a kind, for one ledger or for none."""
        return self.filter(by=member, what=what, about=about)

    def too_old(self, now: datetime) -> Self:
        return self.filter(made_at__lt=now - KEPT)


class Upload(models.Model):
    """The lines of a table between the trial and the yes of who uploaded it; gone after a day."""

    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    what = models.CharField(max_length=16)
    # The id of the ledger that it is for, if it is for one.
    about = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    lines = models.JSONField()
    made_at = models.DateTimeField(db_index=True)

    objects = UploadQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
