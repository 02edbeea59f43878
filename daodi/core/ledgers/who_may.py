"""Who may file into a ledger for somebody else, and who dispatches what is on it."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member, MemberQuerySet, Unit
from daodi.core.people.roles import FILERS, Role
from daodi.lib.text import listed

LEADER = Role.LEADER


def check_who_may(ledger: Ledger) -> None:
    """Raise Refused if nobody could file into a ledger or dispatch from it."""
    if set(ledger.filing_roles) - set(FILERS):
        raise Refused(
            _("These roles can file for others: %(roles)s.")
            % {"roles": listed(role.label for role in FILERS)}
        )
    if not (ledger.filing_roles or ledger.residents_file):
        raise Refused(_("Nobody could file: choose a role that files, or let residents file."))
    if ledger.leader_dispatches and not _leaders_over(ledger.unit).exists():
        raise Refused(
            _("Nobody could dispatch: neither %(unit)s nor a unit above it has a leader. "
              "Give somebody that role first.")
            % {"unit": ledger.unit}
        )  # fmt: skip


def check_filing(ledger: Ledger, member: Member) -> None:
    """Raise NotYours, saying who files, if a member may not file into a ledger for others."""
    if not member.has(*(Role(role) for role in ledger.filing_roles)):
        raise NotYours(
            _("In this ledger these roles file for others: %(roles)s.")
            % {"roles": listed(Role(role).label for role in ledger.filing_roles) or _("nobody")}
        )
    if ledger.filing_units and not _is_below(ledger.filing_units, member.unit):
        units = Unit.objects.filter(pk__in=ledger.filing_units)
        raise NotYours(
            _("In this ledger only these units file for others: %(units)s.")
            % {"units": listed(units)}
        )


def filers_of(ledger: Ledger) -> MemberQuerySet:
    """Return the members who may file into a ledger for others."""
    filers = Member.objects.active().with_any(*(Role(role) for role in ledger.filing_roles))
    if not ledger.filing_units:
        return filers
    houses = Unit.objects.filter(pk__in=ledger.filing_units).values_list("path", flat=True)
    within = (Q(unit__path__startswith=path) for path in houses)
    return filers.filter(reduce(or_, within, Q(pk=None)))


def filing_of(ledger: Ledger) -> tuple[object, ...]:
    """Return what decides who files for others, to be compared."""
    return (sorted(ledger.filing_roles), sorted(ledger.filing_units))


def dispatches(ledger: Ledger, member: Member) -> bool:
    """Say whether a member is one of those who dispatch what operators have listed."""
    return ledger.leader_dispatches and member.has(LEADER) and member.reaches(ledger.unit)


def who_dispatches(ledger: Ledger) -> str:
    """Say who dispatches where operators do not; empty where they do."""
    if not ledger.leader_dispatches:
        return ""
    return _("In this ledger a leader of %(unit)s dispatches: list it, and it waits for them.") % {
        "unit": ledger.unit
    }


def _leaders_over(unit: Unit) -> MemberQuerySet:
    return Member.objects.active().with_any(LEADER).filter(unit__path__in=unit.line())


def _is_below(keys: list[int], unit: Unit) -> bool:
    return Unit.objects.filter(pk__in=keys, path__in=unit.line()).exists()
