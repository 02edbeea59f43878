from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Member

LONGEST_NAME, LONGEST_QUERY = 30, 1000


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, member: Member) -> Self:
        """Keep the member's own, and those shared in its unit or in one above it."""
        shared = Q(is_shared=True, member__unit__path__in=member.unit.line())
        return self.filter(Q(member=member) | shared)

    def of(self, member: Member) -> Self:
        return self.filter(member=member)

    def named(self, text: str) -> Self:
        return self.filter(name__icontains=text)

    def for_list(self) -> Self:
        return self.select_related("member__user").order_by("name", "pk")


class SavedView(models.Model):
    """A list as a member wants to see it again: its conditions and order, under a name."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # As in the address of the list: only fields that the list knows.
    query = models.CharField(max_length=LONGEST_QUERY)
    is_shared = models.BooleanField(_("for my whole unit, and the units below it"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="view_named_once")]

    def __str__(self) -> str:
        return self.name


class ChosenColumns(models.Model):
    """The columns that a member wants in one of the lists, in place of the usual ones."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    list = models.CharField(max_length=20)
    names = ArrayField(models.CharField(max_length=12))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "list"], name="columns_chosen_once")
        ]

    def __str__(self) -> str:
        return f"{self.list}: {' '.join(self.names)}"
