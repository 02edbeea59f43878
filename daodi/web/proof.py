"""Who must give a second factor, and whether this session has given it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.people.visits import Visit

# In a session: a second factor was given, or is not asked for.
PROVED = "proved"


@dataclass(frozen=True, slots=True)
class Demand:
    """What the site asks of somebody with a certain role; without a day it only suggests it."""

    begins: date | None

    def is_forced(self, today: date) -> bool:
        return self.begins is not None and today >= self.begins


def asked_roles() -> list[Role]:
    """Return the roles that the site asks for a second factor."""
    return [Role(name) for name in settings.SECOND_FACTOR_ROLES]


def demand_on(members: list[Member]) -> Demand | None:
    """Return what the site asks of a person with these places; None: nothing."""
    asked = any(member.has(*asked_roles()) for member in members)
    return Demand(settings.SECOND_FACTOR_FROM) if asked else None


def open_demand(request: HttpRequest) -> Demand | None:
    """Return what is asked of whoever is signed in and was not given; it costs no query."""
    if request.session.get(PROVED):
        return None
    return demand_on(getattr(request, "members", []))


def is_stopped(request: HttpRequest) -> bool:
    """Say whether nothing but setting up a second factor is possible now."""
    demand = open_demand(request)
    return demand is not None and demand.is_forced(timezone.localtime().date())


def visit_of(request: HttpRequest) -> Visit:
    address = request.META.get("REMOTE_ADDR") or None
    return Visit(address, request.headers.get("User-Agent", ""))
