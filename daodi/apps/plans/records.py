"""What happened to a plan and was said of its tasks: rows that are added."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Member, Unit


class ProgressQuerySet(models.QuerySet["Progress"]):
    def last_said(self) -> Self:
        """Keep the last that was said of each line."""
        return self.order_by("line", "-period").distinct("line")


class Progress(models.Model):
    """What a unit said of a task for one week or month; its words stand in the matter's history."""

    line = models.ForeignKey("plans.Line", models.CASCADE, related_name="progress")
    period = models.DateField()
    done = models.CharField(max_length=300)
    next = models.CharField(max_length=300, blank=True)
    blocked = models.CharField(max_length=300, blank=True)
    count = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["line", "period"], name="progress_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.period}"


class Amendment(models.Model):
    """A later edition of a plan: what was changed, why, by whom; never changed itself."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="amendments")
    edition = models.PositiveSmallIntegerField()
    why = models.TextField()
    # Each: number and title of the line, and fields with what they were and are.
    changes = models.JSONField(default=list)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["edition"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "edition"], name="amendment_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.edition}"


class Grade(models.Model):
    """How good the result of a task is, as the office that gave it says; never of a person."""

    class Mark(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        GOOD = "good", _("Good")
        PASSED = "passed", _("Up to standard")
        FAILED = "failed", _("Not up to standard")

    line = models.ForeignKey("plans.Line", models.CASCADE, related_name="grades")
    # The round of the matter whose result was graded: redone, it is graded anew.
    round = models.PositiveSmallIntegerField()
    mark = models.CharField(_("grade"), max_length=9, choices=Mark)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-round"]
        constraints = [models.UniqueConstraint(fields=["line", "round"], name="grade_once_a_round")]

    def __str__(self) -> str:
        return str(self.get_mark_display())
