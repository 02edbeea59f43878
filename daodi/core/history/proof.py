"""Say of one state of a matter, known by its check number, whether it still stands as written."""

import re
from dataclasses import dataclass

from daodi.core.history.models import DayRoot, Event
from daodi.core.history.roots import root_of
from daodi.core.history.verify import faults_of
from daodi.core.matters.models import Matter
from daodi.core.matters.numbers import number_as_typed
from daodi.lib.days import day_of
from daodi.lib.text import letters_of

CHECK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a state: which line it was, whether all holds, and on which root it rests."""

    matter: Matter
    event: Event
    lines: int
    is_as_written: bool
    # The day of the line once it is closed, and whether its lines still give its root.
    day: DayRoot | None
    root_fits: bool


def check_of(head: bytes | memoryview) -> str:
    """Return the check number that stands for a state of a matter on paper."""
    return bytes(head).hex()[:CHECK_LENGTH]


def prove(number: str, check: str) -> Proof | None:
    """Find the line of a matter that a check number stands for; None: there is no such state."""
    wanted = letters_of(check).lower()
    matter = Matter.objects.filter(number=number_as_typed(number)).first()
    if matter is None or not re.fullmatch(f"[0-9a-f]{{{CHECK_LENGTH}}}", wanted):
        return None
    events = list(Event.objects.filter(matter=matter).select_related("words").order_by("seq"))
    event = next((each for each in events if check_of(each.hash) == wanted), None)
    if event is None:
        return None
    day = DayRoot.objects.filter(day=day_of(event.recorded_at)).first()
    return Proof(
        matter=matter,
        event=event,
        lines=len(events),
        is_as_written=not faults_of(matter, events),
        day=day,
        root_fits=day is not None and root_of(day.day)[0] == bytes(day.root),
    )
