"""What a resident says of the answer, and that it be done again: one form, one act."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction

from daodi.apps.appeals.offers import step_again
from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Solved
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.workflow.services import perform


def step_of(matter: Matter, name: str, *, again: bool, now: datetime) -> Callable[..., Event]:
    """Return what carries out a step of the resident with what its form asked for."""
    if name == "judge":
        return partial(judge, matter, again=again, now=now)
    return partial(perform, matter, name, by=Side.RESIDENT, now=now)


@transaction.atomic
def judge(
    matter: Matter,
    *,
    solved: str,
    satisfied: str,
    remark: str = "",
    again: bool = False,
    now: datetime,
) -> Event:
    """Take the judgement; `again`: what is not solved goes back to the unit with the same words.

    Return the last line written. `again` is left out where it is solved or may not be redone.
    """
    by = Side.RESIDENT
    event = perform(
        matter, "judge", solved=solved, satisfied=satisfied, remark=remark, by=by, now=now
    )
    step = step_again(matter, now) if again and solved != Solved.YES else ""
    if not step:
        return event
    return perform(matter, step, text=remark.strip() or str(Solved(solved).label), by=by, now=now)
