"""What an operator does all day, in one go: list and dispatch; the same with many at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from daodi.core.exceptions import ChangedMeanwhile, Refused
from daodi.core.history.models import Event
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Unit
from daodi.core.workflow.dispatching import dispatch
from daodi.core.workflow.listing import list_matter
from daodi.core.workflow.rights import By, check


@dataclass(frozen=True, slots=True)
class Listing:
    """What an operator decides when listing."""

    category: Category
    kind: str
    urgency: str

    def given(self) -> dict[str, Any]:
        """Return it as the move `list` asks for it."""
        return {"category": self.category, "kind": self.kind, "urgency": self.urgency}

    def is_that_of(self, matter: Matter) -> bool:
        now = (matter.category_id, matter.kind, matter.urgency)
        return now == (self.category.pk, self.kind, self.urgency)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many matters; `refusal` says why nothing did."""

    matter: Matter
    refusal: str = ""


@transaction.atomic
def list_and_dispatch(
    matter: Matter,
    listing: Listing,
    *,
    lead: Unit,
    by: By,
    now: datetime,
    **sending: Any,
) -> Event:
    """List a matter, unless it is listed just so, and dispatch it: two acts, both or neither.

    `sending` is what dispatching takes besides the unit that leads.
    """
    if matter.state != State.LISTED or not listing.is_that_of(matter):
        list_matter(matter, **listing.given(), by=by, now=now)
    return dispatch(matter, lead=lead, by=by, now=now, **sending)


def on_each(seen: Iterable[tuple[Matter, int]], act: Callable[[Matter], Event]) -> list[Outcome]:
    """Carry out one act on many matters, each in its own transaction, at the version seen."""
    return [_outcome(matter, version, act) for matter, version in seen]


def why_not(matter: Matter, name: str, *, by: By, now: datetime) -> str:
    """Say what stands against a step; empty: it can be taken."""
    try:
        check(matter, name, by, now)
    except Refused as refused:
        return str(refused)
    return ""


def _outcome(matter: Matter, version: int, act: Callable[[Matter], Event]) -> Outcome:
    try:
        if matter.version != version:
            raise ChangedMeanwhile
        act(matter)
    except Refused as refused:
        return Outcome(matter, str(refused))
    return Outcome(matter)
