"""A member leaves: what hangs on the person, and not on the unit, goes to somebody else."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.history.record import Line, write
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import Side
from daodi.core.people.access import Invitation
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.people.services import change_member

# A power that a unit should not be left without.
NEEDED = (Role.OPERATOR, Role.HANDLER, Role.LEADER, Role.SUPERVISOR, Role.CALLER, Role.MANAGER)
MOST_NAMED = 1000


@dataclass(frozen=True, slots=True)
class Holding:
    """What would be left without anybody if this member went."""

    ledgers: list[Ledger]
    matters: int
    only_one: list[Role]

    @property
    def needs_successor(self) -> bool:
        return bool(self.ledgers or self.matters)


def holding_of(member: Member) -> Holding:
    """Return what hangs on a member: confidential matters, ledgers, roles nobody else has."""
    beside = member.unit.members.active().exclude(pk=member.pk)
    others = {role for roles in beside.values_list("roles", flat=True) for role in roles}
    only_one = [Role(role) for role in member.roles if role in NEEDED and role not in others]
    ledgers = list(Ledger.objects.filter(confidants=member))
    return Holding(ledgers, _named(member)[:MOST_NAMED].count(), only_one)


@transaction.atomic
def leave(member: Member, *, successor: Member | None, by: Member, now: datetime) -> None:
    """End a membership and hand over what hangs on the person.

    Open confidential matters are seen by the successor instead, each with a line in its history;
    so are the ledgers whose confidential matters they listed. Invitations they made end.
    """
    holding = holding_of(member)
    if holding.needs_successor and successor is None:
        raise Refused(_("Choose who takes over: confidential matters would be seen by nobody."))
    if successor and not (successor.is_active and successor.unit.is_within(member.unit)):
        raise Refused(_("Only an active member of the same unit can take over."))
    change_member(member, roles=member.roles, is_active=False, by=by)
    for invitation in Invitation.objects.waiting().filter(by=member):
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
    if successor:
        for ledger in holding.ledgers:
            ledger.confidants.remove(member)
            ledger.confidants.add(successor)
        for matter in _named(member).iterator():
            _hand_over(matter, member, successor, by, now)
    after = {"to": str(successor or ""), "matters": holding.matters}
    note(Act.MEMBER_LEFT, member, by=by, member=member, after=after)


def _named(member: Member) -> MatterQuerySet:
    return Matter.objects.open().filter(seen_by_members__contains=[member.pk])


def _hand_over(matter: Matter, member: Member, to: Member, by: Member, now: datetime) -> None:
    named = sorted({*matter.seen_by_members, to.pk} - {member.pk})
    line = Line("handed_over", Side.SYSTEM, by, data={"from": member.pk, "to": to.pk})
    write(matter, line, now, seen_by_members=named)
