"""Contact places and visits as pages and papers show them; people are named, never counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.plans.contacts import Concern, ContactPlace, Visit, to_be_reminded
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.lib.windows import window_of

MOST_REMINDED = 24


@dataclass(frozen=True, slots=True)
class ShownConcern:
    """Something found, and where it stands as a matter."""

    concern: Concern
    number: str = ""
    state: str = ""
    word: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ShownVisit:
    visit: Visit
    concerns: list[ShownConcern]


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter that a day lies in."""
    quarter = window_of("quarter", day)
    return quarter.first, quarter.last


def show_visits(visits: Iterable[Visit], member: Member | None) -> list[ShownVisit]:
    return [show_visit(visit, member) for visit in visits]


def show_visit(visit: Visit, member: Member | None) -> ShownVisit:
    """Return a visit with its concerns; the matters lead on for who may see them."""
    return ShownVisit(visit, [_concern(each, member) for each in visit.concerns.all()])


def own_reminders(member: Member, now: datetime) -> list[str]:
    """Return what is still to come for a leading cadre this quarter, as friendly sentences."""
    first, last = quarter_of(timezone.localtime(now).date())
    staff = Member.objects.filter(pk=member.pk)
    found = to_be_reminded(staff, first).first()
    return _sentences(found, last) if found else []


def house_reminders(member: Member, now: datetime) -> list[tuple[Member, list[str]]]:
    """Return whom of a house to remind of what, unit by unit; one more than are shown."""
    first, last = quarter_of(timezone.localtime(now).date())
    staff = to_be_reminded(Member.objects.in_house(member.unit).exclude(pk=member.pk), first)
    return [(each, _sentences(each, last)) for each in staff[: MOST_REMINDED + 1]]


def unvisited(places: Iterable[ContactPlace], first: date, last: date) -> list[ContactPlace]:
    """Return the places at which nobody was on these days."""
    places = list(places)
    seen = Visit.objects.filter(place__in=places).between(first, last)
    known = set(seen.values_list("place", flat=True))
    return [place for place in places if place.pk not in known]


def _sentences(member: Member, last: date) -> list[str]:
    lacks = [
        (
            getattr(member, "has_places", True),
            _("At least two contact places: there are fewer yet."),
        ),
        (
            getattr(member, "has_visit", True),
            _("A visit this quarter, by %(day)s.") % {"day": f"{last:%Y-%m-%d}"},
        ),
    ]
    return [words for there, words in lacks if not there]


def _concern(concern: Concern, member: Member | None) -> ShownConcern:
    matter = concern.matter
    if matter is None:
        return ShownConcern(concern)
    seen = member is not None and matter.is_visible_to(member)
    return ShownConcern(
        concern,
        number=matter.number,
        state=matter.state,
        word=str(State(matter.state).label),
        url=reverse("desk:matter", args=[matter.number]) if seen else "",
    )
