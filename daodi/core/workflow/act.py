"""How every act is carried out: check, turn the clocks, change the matter, write it down."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _

from daodi.core.clocks.policy import ORDER
from daodi.core.deadlines.turning import Turn, concerns_clocks, turn_for
from daodi.core.exceptions import Missing
from daodi.core.history.models import Event
from daodi.core.history.record import Line, write
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES, Move
from daodi.core.matters.states import END_STATES
from daodi.core.notices.writing import tell
from daodi.core.people.models import Member
from daodi.core.workflow.rights import By, check
from daodi.lib.text import clean

Json = dict[str, Any]
LONGEST_TEXT = 10_000
# Columns whose change means that the clocks must be looked at.
TURNING = frozenset({"category", "clear_at"})


def act(
    matter: Matter,
    name: str,
    *,
    by: By,
    now: datetime,
    text: str = "",
    data: Json | None = None,
    public: bool | None = None,
    clocks: Callable[[Turn], None] | None = None,
    **changes: Any,
) -> Event:
    """Carry out one move of the table inside the caller's transaction.

    `clocks` may turn clocks beyond what the policy says. Raise Refused, saying why, if the rules
    are against it; then nothing has changed.
    """
    step = MOVES[name]
    side = check(matter, name, by, now)
    after = step.after(matter.state)
    data = data or {}
    if after in END_STATES:
        changes = {"pending": "", "clear_at": None} | changes
    moves, turn = _names_to_clocks(step, data), None
    if clocks or concerns_clocks(matter, moves, after) or TURNING & changes.keys():
        turn = _turned(matter, moves, after, now, clocks, changes)
    member = by if isinstance(by, Member) else None
    shown = step.public if public is None else public
    data = _state_change(matter, after) | data
    line = Line(name, side, member, text, public=shown, data=data)
    event = write(matter, line, now, state=after, **changes)
    tell((matter, event), now=now)
    if turn:
        turn.store()
        if turn.has_stopped(ORDER):
            # A result is the answer to whatever order was running. Nobody need close it where
            # nobody wrote it, nor where the matter has ended.
            closed = Value(now) if after in END_STATES else Case(When(by=None, then=Value(now)))
            matter.orders.open().update(answered_at=now, closed_at=closed)
    return event


def _names_to_clocks(step: Move, data: Json) -> set[str]:
    """Return by which names the clocks know this move."""
    names = {step.turns_as or step.name}
    return names | ({f"{step.name}:{data['milestone']}"} if "milestone" in data else set())


def _turned(
    matter: Matter,
    moves: set[str],
    after: str,
    now: datetime,
    clocks: Callable[[Turn], None] | None,
    changes: Json,
) -> Turn:
    """Turn the matter's clocks, and add to `changes` what the matter keeps of them."""
    turn = turn_for(matter, now, changes.get("round"))
    turn.take(moves, matter.state, after, _facts(matter, changes))
    if clocks:
        clocks(turn)
    changes |= turn.columns()
    changes["next_look_at"] = turn.next_look(changes.get("clear_at", matter.clear_at))
    return turn


def said(text: str | None) -> str:
    """Return a text that may be left out, without its margins and what nobody can see."""
    return clean(text or "", lines=True)[:LONGEST_TEXT]


def needed(text: str | None, what: str) -> str:
    """Return the text without its margins; raise Missing if there is none or far too much."""
    if len(text or "") > LONGEST_TEXT:
        raise Missing(
            _("%(what)s: at most %(most)s characters, you wrote %(length)s.")
            % {"what": what, "most": LONGEST_TEXT, "length": len(text or "")}
        )
    text = said(text)
    if not text:
        raise Missing(_("Please write: %(what)s.") % {"what": what})
    return text


def _state_change(matter: Matter, after: str) -> Json:
    return {} if after == matter.state else {"before": str(matter.state), "after": str(after)}


def _facts(matter: Matter, changes: Json) -> dict[str, str]:
    """Return what the policy asks about, as it will be after the change."""
    facts = matter.facts()
    facts |= {key: str(changes[key]) for key in ("kind", "urgency") if key in changes}
    if changes.get("category"):
        facts["category"] = changes["category"].code
    return facts
