from typing import Self

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member

# Whoever sees fewer of its matters does not see the surge: it says what they are about.
FEWEST_SEEN = 3
LONGEST_REASON = 200


class SurgeQuerySet(models.QuerySet["Surge"]):
    def visible_to(self, member: Member) -> Self:
        """Keep those of which the member sees enough matters; `seen` is how many that is."""
        seen = Matter.objects.visible_to(member).filter(surges=OuterRef("pk")).order_by()
        count = seen.values("surges").annotate(times=Count("pk")).values("times")
        counted = Coalesce(Subquery(count, output_field=IntegerField()), 0)
        return self.annotate(seen=counted).filter(seen__gte=FEWEST_SEEN)

    def going_on(self) -> Self:
        return self.filter(passed_at=None)

    def to_act_on(self) -> Self:
        """Keep what goes on and nobody has set aside."""
        return self.filter(passed_at=None, set_aside_at=None)

    def for_list(self) -> Self:
        return self.select_related("ledger", "category", "set_aside_by__user").order_by("-pk")


class Surge(models.Model):
    """More of one category in one area, within some days, than its own past allows."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="+", db_index=False)
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    # The code of the town or county, and what it is called; empty: nobody said where.
    area = models.CharField(max_length=9, blank=True)
    where = models.CharField(max_length=60, blank=True)
    # From which day on it stood out, and up to which.
    since = models.DateField()
    until = models.DateField()
    # At the last look: so many people in so many days, and so many are usual.
    days = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    usual = models.FloatField()
    matters = models.ManyToManyField(Matter, related_name="surges")
    found_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    # How many of its matters the reader sees, where `visible_to` has said so.
    seen: int

    objects = SurgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "category", "area"],
                condition=Q(passed_at=None),
                name="surge_told_once",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, reason="")
                | Q(set_aside_at__isnull=False) & ~Q(reason=""),
                name="surge_set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.where} {self.category}".strip()


class Replay(models.Model):
    """What would have been told on a ledger in the past, and how much of it by chance alone."""

    ledger = models.OneToOneField(Ledger, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    days = models.PositiveIntegerField()
    series = models.PositiveIntegerField()
    told = models.PositiveIntegerField()
    by_chance = models.FloatField()

    def __str__(self) -> str:
        return f"{self.ledger_id} {self.told}"
