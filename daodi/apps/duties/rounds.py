"""Rounds of revision: each unit says of each duty that it is unchanged, or approves what is new.

A unit's part is a matter of a ledger: its clock runs, the core reminds and warns, and the matter
is handed in with the last answer.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from daodi.apps.duties.ledger import REVISION, ledger_of
from daodi.apps.duties.models import Answer, Duty, Part, Round, Version
from daodi.apps.duties.rights import house_path, may_run, may_write
from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.kinds import Channel, Kind, Urgency
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member, Unit
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform
from daodi.lib.limits import add_months

EVERY_MONTHS = 2


@transaction.atomic
def open_round(*, by: Member, now: datetime) -> Round:
    """Ask every unit of the house that keeps a list to look it through."""
    if not may_run(by):
        raise NotYours
    house = house_of(by)
    Unit.objects.select_for_update().get(pk=house.pk)
    last = Round.objects.filter(house=house).first()
    if last and _unfinished(last).exists():
        raise Refused(_("The last round still runs: some units have not handed in their part."))
    units = Unit.objects.filter(pk__in=Duty.objects.in_force().of_house(house).values("unit"))
    if not units:
        raise Refused(_("No unit has a duty in force yet."))
    ledger = ledger_of(by.unit, by=by)
    made = Round.objects.create(
        house=house, ledger=ledger, opened_by=by.hand, opened_at=now,
        number=last.number + 1 if last else 1,
    )  # fmt: skip
    for unit in units:
        matter = _send(ledger, made, unit, by, now)
        Part.objects.create(round=made, unit=unit, matter=matter)
    return made


def house_of(member: Member) -> Unit:
    """Return the unit whose lists a member may have looked through: see `house_path`."""
    return Unit.objects.get(path=house_path(member))


def running_part(unit: Unit) -> Part | None:
    """Return the part of the newest round that a unit has to hand in."""
    parts = Part.objects.filter(unit=unit, matter__state__in=[State.DISPATCHED, State.HANDLING])
    return parts.select_related("round", "unit", "matter").order_by("-pk").first()


@transaction.atomic
def say_unchanged(part: Part, duties: Iterable[Duty], *, by: Member, now: datetime) -> int:
    """Say that duties need no change; with the last one, the unit's part is handed in."""
    if not may_write(by, part.unit):
        raise NotYours
    fresh = [
        Answer(round=part.round, duty=duty, by=by.hand, at=now)
        for duty in duties
        if duty.unit_id == part.unit_id and duty.current_id
    ]
    Answer.objects.bulk_create(fresh, ignore_conflicts=True)
    hand_in_if_whole(part, by=by, now=now)
    return len(fresh)


@transaction.atomic
def count_revised(version: Version, *, by: Member, now: datetime) -> None:
    """Let a version that was approved during a round be the answer for its duty."""
    part = running_part(version.duty.unit)
    if part is None:
        return
    Answer.objects.update_or_create(
        round=part.round, duty=version.duty,
        defaults={"version": version, "by": by.hand, "at": now},
    )  # fmt: skip
    hand_in_if_whole(part, by=by, now=now)


def waiting_in(part: Part) -> QuerySet[Duty]:
    """Return the duties of a unit that nobody has looked at in the round, in order."""
    duties = Duty.objects.in_force().filter(unit=part.unit).not_answered_in(part.round)
    return duties.for_list().with_draft().in_order()


def hand_in_if_whole(part: Part, *, by: Member, now: datetime) -> bool:
    """Hand a unit's part in when each duty has its answer and `by` may do it for the unit."""
    if Duty.objects.in_force().filter(unit=part.unit).not_answered_in(part.round).exists():
        return False
    matter = Matter.objects.for_page().get(pk=part.matter_id)
    if Side.LEAD not in sides_of(matter, by) or matter.state not in (
        State.DISPATCHED, State.HANDLING,
    ):  # fmt: skip
        return False
    if matter.state == State.DISPATCHED:
        perform(matter, "accept", by=by, now=now)
        matter = Matter.objects.for_page().get(pk=part.matter_id)
    account = _account(part)
    perform(matter, "hand_in", account=account, answer=account, by=by, now=now)
    return True


def is_due(last: Round, now: datetime) -> bool:
    """Say whether the next round is to be opened: two months after the last one began."""
    return now >= add_months(last.opened_at, EVERY_MONTHS) and not _unfinished(last).exists()


def open_due_rounds(now: datetime) -> list[Round]:
    """Open the next round wherever two months have passed, in the name of who opened the last."""
    latest = Round.objects.order_by("house", "-number").distinct("house")
    rounds = latest.select_related("opened_by__unit", "opened_by__user")
    return [
        open_round(by=last.opened_by, now=now)
        for last in rounds
        if last.opened_by.is_active and may_run(last.opened_by) and is_due(last, now)
    ]


def _unfinished(last: Round) -> QuerySet[Part]:
    return last.parts.filter(matter__state__in=[State.DISPATCHED, State.HANDLING])


def _send(ledger: Ledger, made: Round, unit: Unit, by: Member, now: datetime) -> Matter:
    category = ledger.categories.get(code=REVISION)
    text = _(
        "Please look through the work list of %(unit)s. Say of each duty that it is unchanged, or "
        "have a new version approved. With the last one this task is handed in by itself."
    ) % {"unit": unit}
    title = _("%(round)s: work list of %(unit)s") % {"round": made, "unit": unit}
    filing = Filing(text=text, title=title[:60], kind=Kind.TASK, category=category)
    matter = file_matter(ledger, filing, now=now, by=by, channel=Channel.IMPORT).matter
    kinds: dict[str, Any] = {"kind": Kind.TASK, "urgency": Urgency.LONG}
    perform(matter, "list", category=category, by=by, now=now, **kinds)
    perform(matter, "dispatch", lead=unit, by=by, now=now)
    return matter


def _account(part: Part) -> str:
    counts = part.round.answers.filter(duty__unit=part.unit).aggregate(
        all=Count("pk"), revised=Count("pk", filter=Q(version__isnull=False))
    )
    return _("Looked through: %(all)s duties, %(revised)s of them revised.") % counts
