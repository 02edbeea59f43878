"""Find matters as staff ask for them: by number, by telephone, or by any of their words."""

import re

from django.db.models import Q

from daodi.core.ledgers.fields import PHONE
from daodi.core.matters.contacts import same_phone
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.search.reading import matching
from daodi.lib.pairs import fold

# The whole number, or the digits at its end.
_NUMBER = re.compile(r"(?P<whole>[a-z]{1,6}-?\d{8}-?)?(?P<tail>\d{1,12})")
# A number is printed with at least so many digits at its end; fewer may mean a house.
_TAIL = 6


def find_matters(matters: MatterQuerySet, text: str, member: Member) -> MatterQuerySet:
    """Keep what `text` may mean to this member: words, a number, or a resident's telephone."""
    number = _NUMBER.fullmatch(_plain(text))
    also = [int(number["tail"])] if number else []
    if phone := _phone_in(text):
        also = _from(matters, phone, member)
    return matching(matters, text, also=also)


def number_in(text: str) -> int | None:
    """Return the key of the matter whose number this is; None if it may mean something else."""
    number = _NUMBER.fullmatch(_plain(text))
    if number is None or _phone_in(text) or not (number["whole"] or len(number["tail"]) >= _TAIL):
        return None
    return int(number["tail"])


def _plain(text: str) -> str:
    return fold(text).strip()


def _phone_in(text: str) -> str:
    phone = re.sub(r"[\s-]", "", fold(text)).removeprefix("+86")
    return phone if PHONE.fullmatch(phone) else ""


def _from(matters: MatterQuerySet, phone: str, member: Member) -> list[int]:
    """Return what came from this number, as far as the member may learn who filed it.

    The same rule as for reading a contact: the unit complained about does not learn who it was.
    """
    house, told = member.unit.path, Q(pk__in=())
    if member.has(Role.OPERATOR):
        told |= Q(ledger__unit__path__startswith=house)
    if member.has(Role.CALLER):
        own = Q(unit__path__in=member.unit.line())
        told |= Q(ledger__unit__path__startswith=house) & ~own
    if member.has(Role.SUPERVISOR):
        told |= Q(ledger__supervising_unit__path__startswith=house)
    if member.has(Role.HANDLER, Role.LEADER):
        told |= Q(unit__path__startswith=house, is_confidential=False)
    found = matters.filter(told, pk__in=same_phone(phone))
    return list(found.order_by().values_list("pk", flat=True))
