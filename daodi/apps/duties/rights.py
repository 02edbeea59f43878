"""Who writes, approves, answers and opens rounds: existing roles only."""

from daodi.apps.duties.models import Duty, Version
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role

WRITERS = (Role.HANDLER, Role.LEADER, Role.MANAGER)
APPROVERS = (Role.LEADER, Role.MANAGER)


def may_write(member: Member, unit: Unit) -> bool:
    """Whoever works for a unit writes what it has to do."""
    return member.has(*WRITERS) and member.reaches(unit)


def may_approve(member: Member, version: Version) -> bool:
    """A leader puts a draft into force, but not their own: two people have read it."""
    mine = member.hand.pk == version.by_id
    return member.has(*APPROVERS) and member.reaches(version.duty.unit) and not mine


def may_end(member: Member, duty: Duty) -> bool:
    return member.has(*APPROVERS) and member.reaches(duty.unit)


def may_run(member: Member) -> bool:
    """Whoever dispatches opens rounds and starts processes, on a ledger of their own unit."""
    return member.has(Role.OPERATOR)


def may_start(member: Member, duty: Duty) -> bool:
    return may_run(member) and duty.unit.path.startswith(house_path(member))


def house_path(member: Member) -> str:
    """Return the path of the house in whose name a member opens rounds and starts processes.

    A department acts for the government above it; a town, a village or a section for itself.
    """
    *above, own = member.unit.line()
    is_department = member.unit.kind == Unit.Kind.DEPARTMENT
    return str(above[-1] if above and is_department else own)
