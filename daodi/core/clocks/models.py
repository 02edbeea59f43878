from functools import cache
from uuid import uuid4

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from daodi.core.clocks.policy import Policy


class CalendarYear(models.Model):
    """A year whose holidays have been announced; later years are counted provisionally."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    # Another one each time the year is announced: what was read of its days holds until then.
    edition = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A weekday that is off, or a weekend day that is worked to make up for it."""

    day = models.DateField(primary_key=True)
    is_worked = models.BooleanField(_("worked"))
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class PolicyVersion(models.Model):
    """The set of clocks a ledger uses. A version never changes: a change is the next version."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)
    rules = models.JSONField()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="policy_version_once")
        ]

    def __str__(self) -> str:
        name = self.name_en if self.name_en and get_language() == "en" else self.name
        return f"{name} v{self.version}"

    @property
    def policy(self) -> Policy:
        return rules_of(self.pk)


@cache
def rules_of(pk: int) -> Policy:
    """Return what a version says, read once a process: a version never changes."""
    return Policy.read(PolicyVersion.objects.values_list("rules", flat=True).get(pk=pk))
