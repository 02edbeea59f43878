"""Who is away, from which day to which, and who stands in for them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.people.models import Member, MemberQuerySet, Unit
from daodi.core.people.roles import Role

LONGEST_DAYS = 366
ENTERERS = (Role.LEADER, Role.MANAGER)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        """Keep those that are in force on this day; they end by themselves."""
        return self.standing().filter(first_day__lte=day, last_day__gte=day)

    def of_active(self) -> Self:
        return self.filter(member__is_active=True, member__user__is_active=True)

    def standing(self) -> Self:
        """Keep those that nobody took back."""
        return self.filter(ended_at=None)

    def not_over(self, day: date) -> Self:
        return self.standing().filter(last_day__gte=day)

    def touching(self, first_day: date, last_day: date) -> Self:
        return self.standing().filter(first_day__lte=last_day, last_day__gte=first_day)

    def visible_to(self, member: Member) -> Self:
        """Keep those of this member's own house: its unit and what lies below it."""
        return self.filter(member__unit__path__startswith=member.unit.path)

    def for_list(self) -> Self:
        return self.select_related(
            "member__user", "member__unit", "deputy__user", "deputy__unit"
        ).order_by("first_day", "pk")


class Absence(models.Model):
    """Days on which a member is away, and the deputy who works in their place."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Member, models.PROTECT, related_name="deputyships")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=100, blank=True)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="absence_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("member")), name="absence_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.first_day}–{self.last_day}"


def deputies_for(member: Member) -> MemberQuerySet:
    """Return who may stand in: members of the same unit, then of those above it."""
    above = Unit.objects.filter(path__in=member.unit.line())
    others = Member.objects.active().filter(unit__in=above).exclude(user=member.user_id)
    return others.for_list().order_by("-unit__path", "pk")


@transaction.atomic
def enter_absence(
    member: Member,
    *,
    deputy: Member,
    first_day: date,
    last_day: date,
    reason: str = "",
    by: Member,
    now: datetime,
) -> Absence:
    """Enter days on which a member is away; for others, only their leaders and managers may."""
    _check_right(member, by)
    # Two absences of one member are entered one after the other.
    Member.objects.select_for_update().get(pk=member.pk)
    _check_days(member, deputy, first_day, last_day)
    if by != member and deputy.user_id == by.user_id:
        raise Refused(_("Name somebody else: you cannot make yourself the deputy of others."))
    if not deputies_for(member).filter(pk=deputy.pk).exists():
        raise Refused(_("The deputy must be a member of the same unit or of one above it."))
    return Absence.objects.create(
        member=member, deputy=deputy, first_day=first_day, last_day=last_day, reason=reason,
        entered_by=by, entered_at=now,
    )  # fmt: skip


def end_absence(absence: Absence, *, by: Member, now: datetime) -> None:
    """End an absence at once, or take back one that has not begun."""
    _check_right(absence.member, by)
    absence.ended_at = now
    absence.save(update_fields=["ended_at"])


def places_of(
    user: int, day: date, counted: Callable[[MemberQuerySet], MemberQuerySet] = lambda found: found
) -> list[Member]:
    """Return where a person may work on this day: their own places, and those of the absent.

    Who stands in has the absent member's roles in that unit, but never the manager's; it ends
    with the day, and is handed on to nobody. One query, to which `counted` may add columns, and
    one more for who is a deputy.
    """
    today = Absence.objects.on(day)
    standing = models.Exists(today.filter(deputy=models.OuterRef("pk")))
    mine = Member.objects.active().filter(user=user).annotate(stands_in=standing).for_list()
    own: list[Any] = list(counted(mine))
    places: list[Member] = list(own)
    deputies = {place.pk: place for place in own if place.stands_in}
    absences = today.filter(deputy__in=deputies).of_active().for_list() if deputies else ()
    for absence in absences:
        place = absence.member
        place.deputy, place.deputy_until = deputies[absence.deputy_id], absence.last_day
        place.roles = [role for role in place.roles if role != Role.MANAGER]
        if place.roles:
            places.append(place)
    return places


def _check_right(member: Member, by: Member) -> None:
    if by.deputy:
        raise NotYours(_("Not as a deputy: work in your own place for this."))
    if by != member and not (by.has(*ENTERERS) and by.reaches(member.unit)):
        raise NotYours(_("Only they themselves, their leader and their manager may enter this."))


def _check_days(member: Member, deputy: Member, first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise Refused(_("The last day cannot be before the first one."))
    if (last_day - first_day).days >= LONGEST_DAYS:
        raise Refused(_("At most a year at once."))
    if Absence.objects.touching(first_day, last_day).filter(member=member).exists():
        raise Refused(_("They are away on some of these days already: end that absence first."))
    if Absence.objects.touching(first_day, last_day).filter(member__user=deputy.user_id).exists():
        raise Refused(_("The deputy is away on some of these days too: choose somebody else."))
