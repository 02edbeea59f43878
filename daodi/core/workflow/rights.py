"""Who may take which step on a matter, and why not."""

from datetime import datetime

from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.ledgers.who_may import dispatches, who_dispatches
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES, Move
from daodi.core.matters.states import Side
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.obstacles import obstacle
from daodi.lib.text import listed

By = Member | Side


def sides_of(matter: Matter, member: Member) -> set[Side]:
    """Return in what capacities a member may act on a matter."""
    if matter.is_confidential and member.pk not in matter.seen_by_members:
        return set()
    sides = _sides_of_the_ledger(matter, member)
    if matter.unit and member.reaches(matter.unit):
        if member.has(Role.HANDLER):
            sides.add(Side.LEAD)
        if member.has(Role.LEADER):
            sides.add(Side.LEADER)
    elif member.has(Role.HANDLER) and any(
        member.reaches(part.unit) for part in matter.parts_in_force()
    ):
        sides.add(Side.JOINT)
    return sides


def _sides_of_the_ledger(matter: Matter, member: Member) -> set[Side]:
    sides = set()
    if member.reaches(matter.ledger.unit):
        if member.has(Role.OPERATOR):
            sides.add(Side.OPERATOR)
        # The unit that handles a matter never asks its own resident how it went.
        if member.has(Role.CALLER) and not (matter.unit and member.unit.is_within(matter.unit)):
            sides.add(Side.CALLER)
    if member.has(Role.SUPERVISOR) and member.reaches(matter.ledger.supervising_unit):
        sides.add(Side.SUPERVISOR)
    return sides


def moves_for(matter: Matter, by: By, now: datetime) -> list[Move]:
    """Return the steps that are open to somebody now, in the order of the table."""
    sides = {by} if isinstance(by, Side) else sides_of(matter, by)
    return [
        step
        for step in MOVES.values()
        if step.is_open_from(matter.state)
        and not _for_step(matter, step, by, sides).isdisjoint(step.sides)
        and not obstacle(matter, step, sides, now)
    ]


def _for_step(matter: Matter, step: Move, by: By, sides: set[Side]) -> set[Side]:
    """Return the sides in one step: a leader who dispatches does so in the operators' place."""
    if step.name != "dispatch" or not matter.ledger.leader_dispatches or isinstance(by, Side):
        return sides
    return {Side.OPERATOR} if dispatches(matter.ledger, by) and matter.is_visible_to(by) else set()


def check(matter: Matter, name: str, by: By, now: datetime) -> Side:
    """Return in what capacity the step is taken; raise Refused, saying why, if it may not be."""
    step = MOVES[name]
    if not step.is_open_from(matter.state):
        raise Refused(_not_from_here(matter, step, by, now))
    sides = {by} if isinstance(by, Side) else sides_of(matter, by)
    sides = _for_step(matter, step, by, sides)
    side = next((side for side in step.sides if side in sides), None)
    if side is None:
        raise NotYours(who_dispatches(matter.ledger) if step.name == "dispatch" else None)
    reason = obstacle(matter, step, {side}, now)
    if reason:
        raise Refused(reason)
    return side


def _not_from_here(matter: Matter, step: Move, by: By, now: datetime) -> str:
    possible = moves_for(matter, by, now)
    labels = listed(move.label for move in possible)
    text = _("“%(step)s” is not possible while the matter is “%(state)s”.") % {
        "step": step.label,
        "state": matter.get_state_display(),
    }
    if possible:
        text += " " + _("Possible now: %(moves)s.") % {"moves": labels}
    return text
