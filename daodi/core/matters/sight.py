"""Who sees a matter, worked out whenever it moves and stored with it."""

from collections.abc import Iterable

from django.db import connection, transaction

from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import change_ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit


def sight(
    ledger: Ledger,
    lead: Unit | None,
    joint: Iterable[Unit] = (),
    *,
    named: Iterable[int] | None = None,
) -> dict[str, list[int]]:
    """Return the columns that `visible_to` reads.

    An open matter is seen by the units it is with, by the unit that runs its ledger and the one
    that supervises it, by all units above these, and by the ledger's readers. A confidential one
    (`named` is given) is seen by the members named and by nobody else, whatever their role.
    """
    if named is not None:
        return {"seen_by_units": [], "seen_by_members": sorted(set(named))}
    units = [unit for unit in (ledger.unit, ledger.supervising_unit, lead, *joint) if unit]
    paths = {path for unit in units for path in unit.line()}
    known = {unit.path: unit.pk for unit in units}
    return {
        "seen_by_units": sorted({*known.values(), *_ids_of(paths - known.keys()), *ledger.readers}),
        "seen_by_members": [],
    }


def _ids_of(paths: set[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM core_unit WHERE path = ANY(%s)", [sorted(paths)])
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def edit_ledger(
    ledger: Ledger, confidants: Iterable[Member] | None = None, *, by: Member | None = None
) -> None:
    """Store a ledger that a manager has edited; if other units see it, who sees its matters too.

    Confidential matters keep the members who are named.
    """
    before = Ledger.objects.get(pk=ledger.pk)
    change_ledger(ledger, confidants=confidants, by=by)
    if seers_of(before) == seers_of(ledger):
        return
    matters = Matter.objects.open().filter(ledger=ledger, is_confidential=False)
    for matter in matters.select_related("unit").iterator(chunk_size=1000):
        joint = [part.unit for part in matter.parts_in_force()]
        seen = sight(ledger, matter.unit, joint)
        Matter.objects.filter(pk=matter.pk).update(**seen)


def seers_of(ledger: Ledger) -> tuple[int, ...]:
    """Return the units that see the matters of a ledger whichever unit leads for them."""
    return (ledger.unit_id, ledger.supervising_unit_id, *sorted(ledger.readers))
