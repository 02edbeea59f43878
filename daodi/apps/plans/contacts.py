"""Contact places (联系点) of leading cadres, their visits there, and what they found."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Member
from daodi.core.people.roles import Role

# A leading cadre looks after so many places at least, and goes to one of them every quarter.
FEWEST_PLACES = 2
# Who looks after the visits of a whole house.
KEEPERS = (Role.LEADER, Role.SUPERVISOR, Role.MANAGER)


class ContactPlaceQuerySet(models.QuerySet["ContactPlace"]):
    def visible_to(self, member: Member) -> Self:
        """Keep the member's own places; for those who keep a house also those of its people."""
        seen = Q(member=member)
        if member.has(*KEEPERS):
            seen |= Q(member__unit__path__startswith=member.unit.path)
        return self.filter(seen)

    def of(self, member: Member) -> Self:
        return self.filter(member=member)

    def kept(self) -> Self:
        """Keep the places that are looked after now."""
        return self.filter(until=None)

    def in_use(self, first: date, last: date) -> Self:
        """Keep the places that were looked after on one of these days."""
        return self.filter(Q(until=None) | Q(until__gte=first), since__lte=last)

    def with_last_visit(self) -> Self:
        return self.annotate(last_visit=Max("visits__day"))

    def for_list(self) -> Self:
        return self.select_related("member__user", "member__unit", "division")

    def by_house(self) -> Self:
        return self.order_by("member__unit__path", "member", "pk")


class ContactPlace(models.Model):
    """A place that a leading cadre looks after: a village, a firm, a school; never a household."""

    class Kind(models.TextChoices):
        VILLAGE = "village", _("Village or community")
        ENTERPRISE = "enterprise", _("Enterprise")
        SCHOOL = "school", _("School")
        PROJECT = "project", _("Project")
        OTHER = "other", _("Other")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("who looks after it")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.VILLAGE)
    name = models.CharField(_("name of the place"), max_length=80)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town")
    )
    since = models.DateField()
    # Given back: it stays with its visits, and is not asked after any more.
    until = models.DateField(null=True)

    # Where `with_last_visit` has said so.
    last_visit: date | None

    objects = ContactPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "name"], condition=Q(until=None), name="contact_place_once"
            )
        ]
        indexes = [models.Index(fields=["member", "until"], name="contact_place_member")]

    def __str__(self) -> str:
        return self.name


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(place__in=ContactPlace.objects.visible_to(member))

    def of(self, member: Member) -> Self:
        return self.filter(place__member=member)

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def for_list(self) -> Self:
        rows = self.select_related("place__member__user", "place__member__unit", "place__division")
        return rows.prefetch_related("concerns__matter")


class Visit(models.Model):
    """A day on which somebody was at their contact place, and what they saw and heard there."""

    place = models.ForeignKey(ContactPlace, models.PROTECT, related_name="visits")
    day = models.DateField()
    seen = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "day"], name="visit_day")]

    def __str__(self) -> str:
        return f"{self.place} {self.day}"


class Concern(models.Model):
    """Something found on a visit that has to be dealt with; sent on, it is a matter."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="concerns")
    text = models.TextField()
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


def to_be_reminded(staff: QuerySet[Member], since: date) -> QuerySet[Member]:
    """Keep the leading cadres who lack a place, or who were at none since that day.

    What each lacks is annotated as `has_places` and `has_visit`; they come unit by unit, in no
    other order.
    """
    places = ContactPlace.objects.kept().filter(member=OuterRef("pk")).order_by("pk")
    visits = Visit.objects.filter(place__member=OuterRef("pk"), day__gte=since)
    cadres = staff.filter(is_active=True, user__is_active=True, roles__contains=[Role.LEADER])
    asked = cadres.annotate(
        has_places=Exists(places[FEWEST_PLACES - 1 : FEWEST_PLACES]), has_visit=Exists(visits)
    )
    lacking = asked.filter(Q(has_places=False) | Q(has_visit=False))
    return lacking.select_related("user", "unit").order_by("unit__path", "pk")
