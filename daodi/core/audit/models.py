from datetime import datetime
from typing import Any, Protocol, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Placed(Protocol):
    """Whoever has a place in a unit: a member, who is known only further up."""

    unit: Any


class AdminEventQuerySet(models.QuerySet["AdminEvent"]):
    def visible_to(self, member: Placed) -> Self:
        """Keep what members of this house did, and what was done to its units and members."""
        house = member.unit
        ours = Q(by__unit__path__startswith=house.path) | Q(unit__path__startswith=house.path)
        if house.is_root():
            # What concerns no unit is the whole site's: policies, the calendar.
            ours |= Q(unit=None)
        return self.filter(ours)

    def by_people(self) -> Self:
        """Leave out what the server itself did, such as setting the site up."""
        return self.filter(by__isnull=False)

    def for_list(self) -> Self:
        return self.select_related("by__user", "by__unit", "unit").order_by("-pk")

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """Keep what was done from `start` on and before `end`; either may be open."""
        later = self.filter(at__gte=start) if start else self
        return later.filter(at__lt=end) if end else later


class AdminEvent(models.Model):
    """One act of administration. Rows are only ever added: the database refuses the rest."""

    at = models.DateTimeField(db_default=Now())
    # None: the operator of the server, or the system itself.
    by = models.ForeignKey("core.Member", models.PROTECT, null=True, related_name="+")
    # One of Act; kept as text, so that an act may be added without a migration.
    what = models.CharField(max_length=24)
    # Whose house it concerns, and whom; what it was done to is named as it was called then.
    unit = models.ForeignKey("core.Unit", models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey("core.Member", models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = AdminEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["by", "-id"], name="admin_by"),
            models.Index(fields=["unit", "-id"], name="admin_unit"),
            models.Index(fields=["member", "-id"], name="admin_member"),
            models.Index(fields=["what", "-id"], name="admin_what"),
            models.Index(fields=["at"], name="admin_at"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.label}"
