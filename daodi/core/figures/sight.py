"""Who reads the figures of what: the same units that see the matters, and no others."""

from dataclasses import replace

from daodi.core.figures.counting import Scope
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member


def sees_whole(ledger: Ledger, member: Member) -> bool:
    """Say whether the member's unit runs or supervises the ledger, or stands above that unit."""
    return any(unit.is_within(member.unit) for unit in (ledger.unit, ledger.supervising_unit))


def ledgers_for(member: Member) -> list[Ledger]:
    """Return the ledgers whose figures the member may read.

    Of a confidential ledger even a count says something: it is for those who see it whole.
    """
    ledgers = Ledger.objects.active().with_units()
    return [each for each in ledgers if not each.is_confidential or sees_whole(each, member)]


def within_sight(scope: Scope, member: Member) -> Scope:
    """Return the scope as far as the member may count it: the whole ledger, or their own house."""
    if sees_whole(scope.ledger, member):
        return scope
    if scope.unit and scope.unit.is_within(member.unit):
        return scope
    return replace(scope, unit=member.unit)
