"""Read a resident's contact: the one way to it, and it leaves a line in the history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours
from daodi.core.history.record import Line, write
from daodi.core.matters.belongings import Contact
from daodi.core.matters.contacts import NOBODY, Person, unseal
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.people.models import Member

TOLD = frozenset({Side.OPERATOR, Side.CALLER, Side.SUPERVISOR})
TOLD_UNLESS_CONFIDENTIAL = frozenset({Side.LEAD, Side.LEADER})


def may_read_contact(matter: Matter, sides: set[Side]) -> bool:
    """Say whether somebody who acts on these sides may learn who filed a matter."""
    told = TOLD if matter.is_confidential else TOLD | TOLD_UNLESS_CONFIDENTIAL
    return not told.isdisjoint(sides)


@transaction.atomic
def read_contact(matter: Matter, *, by: Member, sides: set[Side], now: datetime) -> Person:
    """Return who filed a matter and how to reach them, for a member who needs it.

    Raise NotYours for a joint unit, and for the unit that leads when the matter is confidential:
    the unit complained about does not learn who complained.
    """
    if not may_read_contact(matter, sides):
        raise NotYours(_("Your role does not see the contact of this matter."))
    contact = Contact.objects.filter(pk=matter.pk).first()
    person = unseal(contact) if contact else NOBODY
    side = min(sides & (TOLD | TOLD_UNLESS_CONFIDENTIAL))
    write(matter, Line("contact_read", side, by), now)
    return person
