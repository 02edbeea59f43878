"""What would follow for running matters if a ledger were stored as a manager has edited it."""

from dataclasses import dataclass

from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.who_may import filers_of
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State

MOST = 9_999


@dataclass(frozen=True, slots=True)
class Foresight:
    """How many matters a change touches, counted up to MOST + 1."""

    open_matters: int
    # Extra fields that would go: how many matters have something in each.
    fields_gone: dict[str, int]
    # Kinds that would go: how many open matters are of each.
    kinds_gone: dict[str, int]
    # How many members file for others now, and then.
    filers: tuple[int, int]
    # Matters that are listed and not dispatched yet.
    listed: int


def foresee(before: Ledger, after: Ledger) -> Foresight:
    """Count what changes from one state of a ledger to the other would touch."""
    matters = Matter.objects.filter(ledger_id=before.pk)
    kept = {spec["name"] for spec in after.fields}
    gone = [spec["name"] for spec in before.fields if spec["name"] not in kept]
    kinds = [kind for kind in before.kinds if kind not in after.kinds]
    return Foresight(
        matters.open()[: MOST + 1].count(),
        {name: matters.filter(extra__has_key=name)[: MOST + 1].count() for name in gone},
        {kind: matters.open().filter(kind=kind)[: MOST + 1].count() for kind in kinds},
        (filers_of(before).count(), filers_of(after).count()),
        matters.filter(state=State.LISTED)[: MOST + 1].count(),
    )
