"""Where somebody's day begins: one rule for signing in, the desk's own name, and a new place."""

from collections.abc import Collection

from django.urls import reverse

from daodi.core.people.models import Member, User
from daodi.core.people.roles import Role

INBOX = "desk:inbox"
# Of several roles the first of these decides: what waits for one's own hand comes first.
BEGINNINGS = {
    Role.OPERATOR: "desk:next",
    Role.HANDLER: "desk:first",
    Role.CALLER: "desk:follow_up",
    Role.LEADER: "desk:lead",
    Role.SUPERVISOR: "desk:supervision",
    Role.MANAGER: "desk:manage",
}


def first_page_of(roles: Collection[str]) -> str:
    """Return the address of the page on which somebody with these roles begins."""
    name = next((page for role, page in BEGINNINGS.items() if role in roles), INBOX)
    return reverse(name)


def first_page_for(user: User) -> str:
    """Return where an account begins after signing in: at the place that it works in then."""
    place = Member.objects.active().filter(user=user).order_by("pk").first()
    return first_page_of(place.roles if place else ())
