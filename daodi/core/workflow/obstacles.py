"""What stands against a step apart from the matter's state and who wants to take it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from daodi.core.ledgers.kinds import Kind, Satisfied, Solved
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import Move
from daodi.core.matters.states import Side, State

# How long an operator may take a dispatch back while nobody in the unit has begun on it.
RECALL_WITHIN = timedelta(minutes=10)
JUDGED_IN = (State.HANDED_IN, State.CLEARED)


def obstacle(matter: Matter, step: Move, sides: set[Side], now: datetime) -> str:
    """Say what stands against a step apart from state and role; empty: nothing does."""
    if step.decides and matter.pending != step.decides:
        return _("There is nothing to decide: it was decided or taken back meanwhile.")
    if step.opens and matter.pending:
        return _undecided(matter, sides, now)
    found = _OBSTACLES.get(step.name)
    return found(matter, sides, now) if found else ""


def _undecided(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return _("Something asked for earlier has not been decided yet.") if matter.pending else ""


def _hand_in(matter: Matter, sides: set[Side], now: datetime) -> str:
    if matter.ledger.leader_signs:
        return _("In this ledger a leader signs first: submit it for signature.")
    return _undecided(matter, sides, now)


def _submit(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return "" if matter.ledger.leader_signs else _("No signature is needed: hand it in.")


def _object(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    if matter.is_final:
        return _("This dispatch was ruled on and is final; it cannot be sent back.")
    return ""


def _unlist(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    if matter.bounces or matter.dispatched_at:
        return _("It has been with a unit already: list it again to correct it.")
    return ""


def _recall(matter: Matter, _sides: set[Side], now: datetime) -> str:
    sent = matter.dispatched_at
    if sent is None or now > sent + RECALL_WITHIN:
        return _("It was sent more than %(minutes)s minutes ago: the unit must object to it.") % {
            "minutes": RECALL_WITHIN // timedelta(minutes=1)
        }
    since = set(matter.events.filter(at__gte=sent).values_list("name", "side"))
    if ("dispatch", Side.OPERATOR) not in since:
        return _("It was not an operator who sent it to the unit.")
    if {side for _name, side in since} & {Side.LEAD, Side.JOINT, Side.LEADER}:
        return _("Somebody in the unit has begun on it: the unit must object to it.")
    return ""


def _unmerge(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    merged = matter.events.filter(name="merge").order_by("seq").last()
    if merged is None or merged.data.get("before") not in (State.RECEIVED, State.LISTED):
        return _("It was with a unit when it was merged: file what is different again.")
    if matter.dispatched_at or matter.whole.handed_in_at:
        return _("Its resident has got the answer of both: the merging stays.")
    return ""


def _reopen(matter: Matter, sides: set[Side], now: datetime) -> str:
    unhandled = _unhandled(matter, sides, now)
    if unhandled or Side.SUPERVISOR in sides or matter.cleared_at is None:
        return unhandled
    days = matter.ledger.reopen_days
    if now > matter.cleared_at + timedelta(days=days):
        return _("It was cleared more than %(days)s days ago: please file it again.") % {
            "days": days
        }
    return ""


def _judge(matter: Matter, sides: set[Side], _now: datetime) -> str:
    is_own = Side.RESIDENT in sides
    if matter.state == State.MERGED and not is_own:
        return _("It was merged into another: its own resident judges the answer, nobody else.")
    if matter.whole.state not in JUDGED_IN:
        return _("There is no answer to judge yet.")
    said = matter.judgements.filter(round=matter.whole.round, by=None)
    if not is_own:
        # Who is not satisfied is asked once more; nobody speaks for a resident who is.
        said = said.exclude(solved=Solved.NO).exclude(satisfied=Satisfied.NO)
    if not matter.solved or not said.exists():
        return ""
    if is_own:
        return _("You have judged this result already.")
    return _("The resident has judged this result already.")


def _unhandled(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return "" if matter.unit_id else _("No unit has handled it: file it again.")


def _report(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    if any(clock.content for clock in matter.ledger.rules.clocks):
        return ""
    return _("This ledger has no milestones.")


def _answer_order(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    if matter.orders.open().exists():
        return ""
    return _("There is no order to answer.")


def _schedule(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return "" if matter.kind == Kind.TASK else _("Only a task has a day of its own.")


def _of_a_task(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return "" if matter.kind == Kind.TASK else _("Only a task is changed like this.")


def _reassign(matter: Matter, sides: set[Side], now: datetime) -> str:
    return _of_a_task(matter, sides, now) or _undecided(matter, sides, now)


def _press(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    if matter.orders.open().exists():
        return _("An order is running already; wait for its answer.")
    return ""


def _schedule_part(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return "" if matter.parts.open().exists() else _("No joint unit has a part that is open.")


def _settle_order(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    if matter.orders.to_close().exists():
        return ""
    return _("There is no answer to an order to look at.")


def _exclude(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return _("It is left out already.") if matter.is_excluded else ""


def _include(matter: Matter, _sides: set[Side], _now: datetime) -> str:
    return "" if matter.is_excluded else _("It is not left out.")


_OBSTACLES = {
    "unlist": _unlist,
    "recall": _recall,
    "unmerge": _unmerge,
    "hand_in": _hand_in,
    "forward": _undecided,
    "submit": _submit,
    "object": _object,
    "reopen": _reopen,
    "judge": _judge,
    "redo": _unhandled,
    "send_back": _unhandled,
    "report": _report,
    "schedule": _schedule,
    "reassign": _reassign,
    "rejoin": _of_a_task,
    "drop": _of_a_task,
    "press": _press,
    "answer_order": _answer_order,
    "schedule_part": _schedule_part,
    "close_order": _settle_order,
    "return_order": _settle_order,
    "exclude": _exclude,
    "include": _include,
}
