"""What all courses in the demo county share: who is there, how long things take, what happens."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.people.models import Division, Member, Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform
from daodi.demo.texts import RequestText


@dataclass
class World:
    """The county as it is in the database, looked up once, and the dice."""

    rng: Random
    ledger: Ledger
    categories: dict[str, Category]
    divisions: dict[str, Division]
    units: dict[str, Unit]
    # By the path of their unit and by role.
    members: dict[tuple[str, str], list[Member]]
    # Requests that are open, for repeats to be merged into.
    recent: list[tuple[RequestText, int]] = field(default_factory=list)

    def member(self, unit: Unit, role: Role) -> Member:
        """Return somebody with this role in the unit or in the nearest one above it."""
        for path in reversed(unit.line()):
            if found := self.members.get((path, role)):
                return self.rng.choice(found)
        raise LookupError(f"nobody is {role} for {unit}")

    def someone(self, role: Role) -> Member:
        unit = self.ledger.supervising_unit if role is Role.SUPERVISOR else self.ledger.unit
        return self.member(unit, role)

    def delay(self, hours: float) -> timedelta:
        """Return how long something took that usually takes so many hours."""
        return timedelta(hours=self.rng.lognormvariate(0, 0.7) * hours)

    def happens(self, share: float) -> bool:
        return self.rng.random() < share


def act(matter: Matter, name: str, by: Member | Side, at: datetime, **given: Any) -> bool:
    """Take a step if the rules allow it by now; the others may have been faster."""
    fresh = Matter.objects.for_page().get(pk=matter.pk)
    try:
        perform(fresh, name, by=by, now=at, **given)
    except Refused:
        return False
    return True
