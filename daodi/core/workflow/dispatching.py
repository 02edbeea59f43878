"""Between operator and unit: dispatch, objection and its ruling, signing for, forwarding."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.deadlines.turning import Turn
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.judgement.queueing import queue_learning
from daodi.core.matters.models import Matter
from daodi.core.matters.sight import sight
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.act import act, needed, said
from daodi.core.workflow.asking import ask_for, decide
from daodi.core.workflow.models import Decision
from daodi.core.workflow.parts import add_parts, end_parts
from daodi.core.workflow.rights import By

Kind = Decision.Kind


@transaction.atomic
def dispatch(
    matter: Matter,
    *,
    lead: Unit,
    joint: Sequence[Unit] = (),
    joint_until: date | None = None,
    content: str = "",
    named: Sequence[Member] = (),
    by: By,
    now: datetime,
) -> Event:
    """Send a listed matter to the unit that leads and those that join; the clocks run from here.

    Joint units hand their parts in by the end of a day, or in half of the lead unit's time.
    A confidential matter also needs the members of the lead unit who may see it (`named`).
    """
    check_units(lead, joint)
    _settle_objection(matter, lead, by, now)
    data = {"lead": lead.code, "joint": [unit.code for unit in joint]}
    end_parts(matter, now)
    event = act(
        matter,
        "dispatch",
        by=by,
        now=now,
        text=said(content),
        data=data,
        pending="",
        **given_to(lead, now),
        **sight_of(matter, lead, joint, named),
    )
    add_parts(matter, joint, content, joint_until, now)
    _let_learn(matter, by)
    return event


@transaction.atomic
def accept(matter: Matter, *, by: By, now: datetime) -> Event:
    """Sign for a matter: the unit takes it in hand."""
    return act(matter, "accept", by=by, now=now, accepted_at=now)


@transaction.atomic
def object_to(matter: Matter, *, text: str, basis: str, by: Member, now: datetime) -> Event:
    """Send a dispatch back with reason and basis; a supervisor rules, the bounce is counted."""
    text = needed(text, _("why this is not your unit's matter"))
    basis = needed(basis, _("the rule or list of duties you rely on"))
    unit = matter.unit
    event = act(
        matter,
        "object",
        by=by,
        now=now,
        text=f"{text}\n\n{basis}",
        data={"unit": unit.code if unit else ""},
        pending=Kind.OBJECTION,
        bounces=matter.bounces + 1,
    )
    ask_for(matter, Kind.OBJECTION, by=by, now=now, reason=text, basis=basis)
    return event


@transaction.atomic
def uphold(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Rule that the objection stands: the operator finds another unit."""
    text = needed(text, _("the ruling"))
    decide(matter, granted=True, remark=text, by=by, now=now)
    return act(matter, "uphold", by=by, now=now, text=text, pending="")


@transaction.atomic
def overrule(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Rule that the objection fails: final dispatch to the same unit, its clocks never stopped."""
    text = needed(text, _("the ruling"))
    since = matter.dispatched_at or now
    decide(matter, granted=False, remark=text, by=by, now=now)

    def from_the_first_dispatch(turn: Turn) -> None:
        for clock in turn.fresh:
            clock.started_at = since
            clock.compute(turn.calendar, now)

    return act(
        matter,
        "overrule",
        by=by,
        now=now,
        text=text,
        clocks=from_the_first_dispatch,
        pending="",
        is_final=True,
    )


@transaction.atomic
def forward(matter: Matter, *, below: Unit, text: str = "", by: By, now: datetime) -> Event:
    """Pass a matter on inside the own house; who received it first stays answerable for it."""
    house = matter.first_unit or matter.unit
    if house is None or not below.is_within(house):
        raise Refused(_("Forward to a unit of your own house; otherwise object to the dispatch."))
    if below == matter.unit:
        raise Refused(_("It is with this unit already."))
    if not below.is_active:
        raise Refused(_("%(unit)s is not in use any more.") % {"unit": below})
    joint = [part.unit for part in matter.parts_in_force()]
    return act(
        matter,
        "forward",
        by=by,
        now=now,
        text=said(text),
        data={"to": below.code},
        unit=below,
        accepted_at=None,
        **sight_of(matter, below, joint, ()),
    )


def check_units(lead: Unit, joint: Sequence[Unit]) -> None:
    """Raise Refused unless this unit may lead and these may join."""
    if lead in joint:
        raise Refused(_("The lead unit cannot be a joint unit too."))
    if not lead.is_active:
        raise Refused(_("%(unit)s is not in use any more.") % {"unit": lead})


def _let_learn(matter: Matter, by: By) -> None:
    """Whoever sends it there has seen where it is: so the gazetteer learns of its places."""
    if isinstance(by, Member) and matter.division_id and not matter.is_confidential:
        queue_learning(matter)


def _settle_objection(matter: Matter, lead: Unit, by: By, now: datetime) -> None:
    """An operator who sends it elsewhere grants the objection; to the same unit needs a ruling."""
    if matter.pending != Kind.OBJECTION or not isinstance(by, Member):
        return
    if matter.unit and lead.is_within(matter.unit):
        raise Refused(
            _("%(unit)s objected to this dispatch: a supervisor must rule first.")
            % {"unit": matter.unit}
        )
    decide(matter, granted=True, remark="", by=by, now=now)


def given_to(lead: Unit, now: datetime) -> dict[str, Any]:
    """Return what changes on a matter that a unit gets anew: nobody there has begun on it."""
    return {
        "unit": lead,
        "first_unit": lead,
        "is_final": False,
        "dispatched_at": now,
        "accepted_at": None,
        "contacted_at": None,
    }


def sight_of(
    matter: Matter, lead: Unit, joint: Sequence[Unit], named: Sequence[Member]
) -> dict[str, Any]:
    """Return who sees a matter with these units; a confidential one only the members named."""
    if not matter.is_confidential:
        return sight(matter.ledger, lead, joint)
    for member in named:
        if not any(member.unit.is_within(unit) for unit in (lead, *joint)):
            raise Refused(_("%(name)s is not a member of that unit.") % {"name": member})
    # Members of a unit that it was with before are not named any more.
    seen = [*_still_named(matter, lead), *(member.pk for member in named)]
    if not named and not _anyone_of(lead, seen):
        raise Refused(
            _("This matter is confidential: name the members of %(unit)s who may see it.")
            % {"unit": lead}
        )
    return sight(matter.ledger, lead, joint, named=seen)


def _still_named(matter: Matter, lead: Unit) -> list[int]:
    named = Member.objects.filter(pk__in=matter.seen_by_members)
    if matter.unit and not lead.is_within(matter.unit):
        named = named.exclude(unit__path__startswith=matter.unit.path)
    return list(named.values_list("pk", flat=True))


def _anyone_of(lead: Unit, seen: list[int]) -> bool:
    return Member.objects.filter(pk__in=seen, unit__path__startswith=lead.path).exists()
