"""An operator takes back what has not left the house.

A listing, a dispatch that nobody has begun on, a merging whose answer nobody has got yet.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from daodi.core.deadlines.turning import Turn
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.history.record import Line, write
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.sight import sight
from daodi.core.matters.states import Side
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.act import act, said
from daodi.core.workflow.parts import end_parts
from daodi.core.workflow.rights import By


@transaction.atomic
def unlist(matter: Matter, *, by: By, now: datetime) -> Event:
    """Take a listing back: category, kind, urgency and who sees it are what they were before."""
    listed = matter.events.filter(name="list").order_by("seq").last()
    was: dict[str, Any] = dict(listed.data.get("was", {})) if listed else {}
    changes: dict[str, Any] = {"category": matter.category, **was}
    if "category" in was:
        codes = Category.objects.filter(ledger=matter.ledger_id, code=was["category"])
        changes["category"] = codes.first()
    if "is_confidential" in was:
        changes |= sight(matter.ledger, None)
    return act(matter, "unlist", by=by, now=now, **changes)


@transaction.atomic
def recall(matter: Matter, *, remark: str = "", by: By, now: datetime) -> Event:
    """Take a dispatch back before the unit has begun: it is as if it had not been sent.

    The unit's clocks end, and the operator's own goes on from where it began.
    """
    sent = matter.dispatched_at
    joint = [part.unit for part in matter.parts_in_force()]
    units = [unit for unit in (matter.unit, *joint) if unit]
    seen: dict[str, Any] = _sight_without(matter, units, by)
    end_parts(matter, now)
    return act(
        matter,
        "recall",
        by=by,
        now=now,
        text=said(remark),
        data={"unit": matter.unit.code if matter.unit else ""},
        clocks=_going_on(sent, now),
        unit=None,
        first_unit=None,
        dispatched_at=None,
        **seen,
    )


@transaction.atomic
def unmerge(matter: Matter, *, by: By, now: datetime) -> Event:
    """Take a matter out of the one that it was merged into: it waits to be listed again.

    Its clocks go on from where they were. What had been merged into it before stays with the other.
    """
    whole = matter.merged_into
    if whole is None:
        raise Refused(_("It is not merged into another."))
    ended = matter.events.filter(name="merge").order_by("seq").last()
    merged_at = ended.at if ended else now

    event = act(
        matter,
        "unmerge",
        by=by,
        now=now,
        data={"from": whole.number},
        clocks=_going_on(merged_at, matter.filed_at),
        merged_into=None,
        answer="",
    )
    line = Line("merged_out", Side.OPERATOR, by if isinstance(by, Member) else None,
                data={"number": matter.number})  # fmt: skip
    write(whole, line, now)
    return event


def _going_on(stopped_at: datetime | None, otherwise: datetime) -> Callable[[Turn], None]:
    """Let clocks go on from where those began that were stopped then; new ones from `otherwise`."""

    def go_on(turn: Turn) -> None:
        stopped = turn.matter.clocks.filter(stopped_at=stopped_at)
        began = dict(stopped.order_by("pk").values_list("name", "started_at"))
        for clock in turn.fresh:
            clock.started_at = began.get(clock.name, otherwise)
            clock.compute(turn.calendar, turn.now)

    return go_on


def _sight_without(matter: Matter, units: list[Unit], by: By) -> dict[str, list[int]]:
    """Who sees it once it is with none of these units: their members are not named any more."""
    if not matter.is_confidential:
        return sight(matter.ledger, None)
    keepers = set(matter.ledger.confidants.values_list("pk", flat=True))
    keepers |= {by.pk} if isinstance(by, Member) else set()
    theirs = Q()
    for unit in units:
        theirs |= Q(unit__path__startswith=unit.path)
    named = Member.objects.filter(pk__in=matter.seen_by_members)
    kept = named.exclude(theirs, ~Q(pk__in=keepers)).values_list("pk", flat=True)
    return sight(matter.ledger, None, named=kept)
