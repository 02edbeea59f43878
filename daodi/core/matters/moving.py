"""Move a unit in the tree; who sees its matters follows, in the background and batch by batch."""

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.people.locks import Lock, hold
from daodi.core.people.models import Member, Unit
from daodi.lib.jobs import queue

BATCH = 1000
JOB = "daodi.core.tasks.renew_sight_of"


@transaction.atomic
def move_unit(unit: Unit, to: Unit, *, by: Member | None = None) -> None:
    """Put a unit with all below it under another one.

    Who sees its matters is worked out again by a job: until it is done, those above it before
    still see them, and those above it now see only what moves on.
    """
    hold(Lock.TREE)
    unit, to = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=to.pk)
    if by and not (by.reaches(unit) and by.reaches(to) and unit.pk != by.unit_id):
        raise Refused(_("Both the unit and its new place must be in your house."))
    if to.is_within(unit):
        raise Refused(_("A unit cannot be put below itself."))
    above = Unit.objects.get_parent(unit)
    if above == to:
        raise Refused(_("%(unit)s is there already.") % {"unit": unit})
    Unit.objects.move(unit, to, pos="last-child")
    before = {"parent": above.code if above else ""}
    note(Act.UNIT_MOVED, unit, by=by, unit=unit, before=before, after={"parent": to.code})
    queue(JOB, unit_id=unit.pk, after=0, done=0)


@transaction.atomic
def renew_sight(unit_id: int, after: int, done: int) -> None:
    """Work out again who sees the next matters of this house, and queue what comes behind them.

    `after` is the last one looked at, `done` how many were changed; the end leaves a line.
    Confidential matters are seen by the members who are named, wherever their unit stands.
    """
    # Whoever sees it as a unit of the house sees it through the topmost one of it.
    seen = Matter.objects.filter(seen_by_units__contains=[unit_id], pk__gt=after)
    units = ("ledger__unit", "ledger__supervising_unit", "unit")
    rows = list(seen.select_related(*units).order_by("pk")[:BATCH])
    done += sum(_renew(matter, pks) for matter, pks in zip(rows, _sights(rows), strict=True))
    if len(rows) == BATCH:
        queue(JOB, unit_id=unit_id, after=rows[-1].pk, done=done)
    else:
        unit = Unit.objects.get(pk=unit_id)
        note(Act.SIGHT_RENEWED, unit, unit=unit, after={"n": done})


def _sights(matters: list[Matter]) -> list[list[int]]:
    """Return for each matter what `sight.sight` would, in two queries for all of them."""
    parts = Part.objects.in_force().filter(matter__in=matters)
    joint: dict[int, list[Unit]] = {}
    for part in parts:
        joint.setdefault(part.matter_id, []).append(part.unit)
    lines = [
        {
            path
            for unit in (
                matter.ledger.unit,
                matter.ledger.supervising_unit,
                matter.unit,
                *joint.get(matter.pk, ()),
            )
            if unit
            for path in unit.line()
        }
        for matter in matters
    ]
    wanted = set().union(*lines)
    known = dict(Unit.objects.filter(path__in=wanted).values_list("path", "pk"))
    return [
        sorted({*(known[path] for path in line), *matter.ledger.readers})
        for matter, line in zip(matters, lines, strict=True)
    ]


def _renew(matter: Matter, units: list[int]) -> int:
    """Store it, unless it is so or the matter was moved meanwhile: then that act has done it."""
    if matter.seen_by_units == units:
        return 0
    unchanged = Matter.objects.filter(pk=matter.pk, version=matter.version)
    return unchanged.update(seen_by_units=units)
