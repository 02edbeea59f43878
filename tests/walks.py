"""Random walks: a matter goes wherever the table of moves lets it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.workflow.rights import moves_for
from tests.makers import Course, make_category, make_matter, make_town, make_unit, reread

PACES = [timedelta(minutes=1), timedelta(hours=5), timedelta(days=1), timedelta(days=9)]
URGENCIES = ["critical", "urgent", "normal", "long"]


def walk(data: st.DataObject, course: Course, steps: int, seen: Callable[[Matter], None]) -> None:
    """Take up to `steps` steps that are open to somebody; `seen` looks at the matter after each."""
    for _ in range(steps):
        open_steps = [
            (by, move)
            for by in (*course.cast, Side.RESIDENT, Side.SYSTEM)
            for move in moves_for(course.matter, course.cast.get(by, by), course.now)
        ]
        if not open_steps:
            return
        course.now += data.draw(st.sampled_from(PACES))
        by, move = data.draw(st.sampled_from(open_steps))
        given = _given(data, course, move.asks)
        try:
            course.step(move.name, by, **given)
        except Refused:  # such as an extension that is asked for too late
            course.matter = reread(course.matter)
        seen(course.matter)


def _given(data: st.DataObject, course: Course, asks: tuple[str, ...]) -> dict[str, Any]:
    """Return what a move asks for; only what turns clocks is drawn."""
    ahead = (course.now + timedelta(days=12)).date()
    clocks = course.matter.ledger.policy.policy.clocks
    answers = {
        "category": lambda: make_category(course.matter.ledger),
        "kind": lambda: data.draw(st.sampled_from(course.matter.ledger.kinds)),
        "urgency": lambda: data.draw(st.sampled_from(URGENCIES)),
        "lead": lambda: make_unit(data.draw(st.sampled_from(["bureau", "lamps"])), "bureau"),
        "below": lambda: make_unit("lamps", "bureau"),
        "into": lambda: make_matter("Another lamp is dark.", ledger=course.matter.ledger),
        "milestone": lambda: next((clock.name for clock in clocks if clock.content), ""),
        "reason": lambda: course.matter.ledger.decline_reasons[0],
        "until": lambda: ahead,
        "review_on": lambda: ahead,
        "limit": lambda: data.draw(st.sampled_from(["PT4H", "P2W"])),
        "solved": lambda: data.draw(st.sampled_from(["yes", "no"])),
        "satisfied": lambda: data.draw(st.sampled_from(["yes", "no"])),
        "division": make_town,
        "joint": list,
        "named": list,
        "attachments": list,
        "public": bool,
    }
    return {ask: answers.get(ask, lambda: "Words.")() for ask in asks}
