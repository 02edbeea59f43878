"""Who makes plans, who sends their tasks out, and who says how they go: existing roles only."""

from django.utils.translation import gettext as _

from daodi.apps.plans.models import Line, Plan
from daodi.core.exceptions import NotYours, Refused
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.states import Side
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import sides_of

PLANNERS = (Role.OPERATOR, Role.MANAGER, Role.SUPERVISOR)
REPORTERS = {Side.LEAD, Side.LEADER, Side.JOINT}


def may_plan(member: Member, ledger: Ledger) -> bool:
    """Say whether a member makes plans of this ledger: they keep or supervise it."""
    keeps = member.has(Role.OPERATOR, Role.MANAGER) and member.reaches(ledger.unit)
    return keeps or (member.has(Role.SUPERVISOR) and member.reaches(ledger.supervising_unit))


def may_issue(member: Member, ledger: Ledger) -> bool:
    """Say whether a member may send tasks to units: they dispatch in this ledger."""
    return member.has(Role.OPERATOR) and member.reaches(ledger.unit)


def may_report(member: Member, line: Line) -> bool:
    """Say whether a member may say how a task goes: they handle or lead in one of its units."""
    if line.matter is None or not line.matter.is_open:
        return False
    return not REPORTERS.isdisjoint(sides_of(line.matter, member))


def check_planner(member: Member, plan: Plan, *, draft: bool = False) -> None:
    """Raise NotYours or Refused unless the member may change the plan as it stands."""
    if not may_plan(member, plan.ledger):
        raise NotYours
    if draft and not plan.is_draft:
        raise Refused(_("This plan was issued: change it by an amendment."))


def check_issuer(member: Member, plan: Plan) -> None:
    if not may_issue(member, plan.ledger):
        raise NotYours
