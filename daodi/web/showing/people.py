"""People in words: who acts, for whom, and who is away."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.history.models import Event
from daodi.core.history.record import FOR
from daodi.core.people.absences import Absence, AbsenceQuerySet
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role

MOST_AWAY = 5


def acting_name(member: Member) -> str:
    """Return who acts in a place: its member, or the deputy and for whom."""
    return in_place_of(str(member.hand), str(member) if member.deputy else "")


def in_place_of(name: str, absent: str) -> str:
    if not absent:
        return name
    return _("%(who)s (for %(absent)s)") % {"who": name, "absent": absent}


def names_of_absent(events: Iterable[Event]) -> dict[int, str]:
    """Return the names of those for whom a deputy wrote; asks only when there are any."""
    wanted = {event.data[FOR] for event in events if FOR in event.data}
    if not wanted:
        return {}
    members = Member.objects.filter(pk__in=wanted).select_related("user")
    return {member.pk: str(member) for member in members}


def away_from(unit: Unit | None, today: date) -> list[dict[str, Any]]:
    """Return who of those that act for a unit is away today, and who stands in."""
    if unit is None:
        return []
    acting = [Role.HANDLER, Role.LEADER]
    away = Absence.objects.on(today).filter(member__unit=unit, member__roles__overlap=acting)
    # Nearly always nobody: names are asked for only when there are any.
    found = list(away.values_list("pk", flat=True)[:MOST_AWAY])
    return show_absences(Absence.objects.filter(pk__in=found).for_list()) if found else []


def show_absences(absences: AbsenceQuerySet) -> list[dict[str, Any]]:
    """Return absences as a list of them shows each."""
    return [
        {
            "pk": absence.pk,
            "name": absence.member,
            "unit": absence.member.unit,
            "first_day": absence.first_day,
            "last_day": absence.last_day,
            "deputy": absence.deputy,
            "deputy_unit": absence.deputy.unit,
            "reason": absence.reason,
        }
        for absence in absences
    ]
