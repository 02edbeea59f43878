from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from daodi.core.ledgers.kinds import Channel, Kind, Satisfied, Solved, Urgency
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import NEVER, Matter
from daodi.core.matters.states import OPEN_STATES, State
from daodi.core.people.models import Unit


class FactQuerySet(models.QuerySet["Fact"]):
    def current(self) -> Self:
        return self.filter(until=NEVER)

    def as_of(self, moment: datetime) -> Self:
        """Keep what was known at a moment: one row for each matter that was there."""
        return self.filter(since__lte=moment, until__gt=moment)


class Fact(models.Model):
    """What figures ask about a matter, as it was known from `since` until `until`.

    A row is never changed but for its end: the figures of any past moment can be counted again.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(default=NEVER)

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The code of the town, or of the smallest area above it that is known.
    town = models.CharField(max_length=9, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel)
    urgency = models.CharField(max_length=8, choices=Urgency)
    state = models.CharField(max_length=10, choices=State)
    is_excluded = models.BooleanField()

    # Days are the site's own.
    filed_on = models.DateField()
    answered_on = models.DateField(null=True)
    cleared_on = models.DateField(null=True)
    filed_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    # The first answer; a redo does not take it back.
    answered_at = models.DateTimeField(null=True)
    # The deadline promised for the first answer, as far as one was running.
    due_at = models.DateTimeField(null=True)
    # Whether the clock was kept; null: it has not run, or it is not decided yet.
    dispatch_kept = models.BooleanField(null=True)
    accept_kept = models.BooleanField(null=True)
    respond_kept = models.BooleanField(null=True)
    kept = models.BooleanField(null=True)
    solved = models.CharField(max_length=6, choices=Solved, blank=True)
    satisfied = models.CharField(max_length=10, choices=Satisfied, blank=True)
    bounces = models.PositiveSmallIntegerField()
    redos = models.PositiveSmallIntegerField()

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(until=NEVER), name="fact_one_current"
            ),
        ]
        indexes = [
            models.Index(fields=["ledger", "filed_on"], name="fact_filed"),
            models.Index(
                fields=["ledger", "answered_on"],
                condition=Q(answered_on__isnull=False),
                name="fact_answered",
            ),
            models.Index(
                fields=["ledger", "cleared_on"],
                condition=Q(cleared_on__isnull=False),
                name="fact_cleared",
            ),
            # What stands at the moment, or stood at another: what was over by then is left out.
            models.Index(
                fields=["ledger", "until"],
                condition=Q(state__in=OPEN_STATES),
                name="fact_open",
            ),
            # Which deadlines have passed since the last look.
            models.Index(
                fields=["due_at"], condition=Q(until=NEVER, kept=None), name="fact_undecided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"


class Daily(models.Model):
    """One formula counted for one day, for a whole ledger or one unit, category or town of it.

    `day` is what the formula goes by, such as the day of filing; without cases there is no row.
    """

    class Axis(models.TextChoices):
        LEDGER = "ledger"
        UNIT = "unit"
        CATEGORY = "category"
        TOWN = "town"

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="+", db_index=False)
    axis = models.CharField(max_length=8, choices=Axis)
    # The id of the unit or category, the code of the town; empty where there is none.
    key = models.CharField(max_length=20)
    formula = models.CharField(max_length=24)
    day = models.DateField()
    hits = models.FloatField()
    of = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "axis", "formula", "day", "key"],
                include=["hits", "of"],
                name="daily_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.formula} {self.day} {self.axis} {self.key}"


class Projection(models.Model):
    """How far the figures have read the history: one row."""

    last_event = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.last_event} {self.at}"
