"""Whom a visitor of a demonstration may be, and what to try as each."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Member
from daodi.core.people.roles import Role

HINTS = {
    Role.OPERATOR: _("List the newest request and dispatch it to the unit that leads."),
    Role.HANDLER: _("Sign for a broken lamp or road, contact the resident, hand in the answer."),
    Role.LEADER: _("Sign what your unit has drafted, or return it; see what is yellow or red."),
    Role.SUPERVISOR: _("Rule on an objection, grant more time or a halt, press what is red."),
    Role.CALLER: _("Ask the next resident how it went; clear it, or send it back."),
    Role.INSPECTOR: _("File a problem that you found on the spot, with a photo."),
    Role.EDITOR: _("Decide what becomes public, and keep the knowledge base."),
    Role.MANAGER: _("Open a new ledger without code, add a unit and a member."),
}
# In the order in which a matter meets them.
ORDER = list(HINTS)


def visitors() -> list[dict[str, Any]]:
    """Return the people whom a visitor may be, each with a sentence on what to try."""
    people = Member.objects.active().demonstration()
    by_role = sorted(people, key=lambda person: ORDER.index(Role(person.roles[0])))
    return [
        {"member": person, "role": Role(person.roles[0]), "hint": HINTS[Role(person.roles[0])]}
        for person in by_role
    ]
