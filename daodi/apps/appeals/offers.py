"""What a resident can do about a request, the likeliest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Solved
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.workflow.rights import moves_for
from daodi.web.forms.moves import MoveForm

# Where on the page the offers stand.
NEXT = "next"
ORDER = ("reply", "judge", "redo", "reopen", "write", "withdraw")
AGAIN = ("redo", "reopen")
LABELS = {
    "reply": gettext_lazy("Reply to the question"),
    "judge": gettext_lazy("Is it solved? Say so"),
    "redo": gettext_lazy("Not solved: please do it again"),
    "reopen": gettext_lazy("The problem is back"),
    "write": gettext_lazy("Write to the unit, or add a photo"),
    "withdraw": gettext_lazy("Take my request back"),
}


def offers_for(
    matter: Matter, lines: Iterable[Event], now: datetime, form: MoveForm | None, tried_name: str
) -> list[dict[str, Any]]:
    """Return the sheets of the course page; `form` is the one that was tried and not taken."""
    names = _names(matter, now)
    moves = {move.name: move for move in moves_for(matter, Side.RESIDENT, now)}
    offers = []
    for number, name in enumerate(names):
        is_next = number == 0 and _is_asked(matter, name)
        fresh = MoveForm(moves[name], matter, None)
        if name in AGAIN and matter.solved and matter.solved != Solved.YES:
            # What was wrong was said with the judgement: nobody writes it twice.
            fresh.initial["text"] = last_judgement(lines)
        offers.append({
            "move": moves[name],
            "label": LABELS[name],
            "form": form if form and name == tried_name else fresh,
            "look": "danger" if name == "withdraw" else "main" if is_next else "",
            "open": name == tried_name or is_next,
        })  # fmt: skip
    return offers


def may_ask_again(matter: Matter, now: datetime) -> bool:
    """Say whether a resident judged it not solved, and can have it done again."""
    names = _names(matter, now)
    return bool(names) and names[0] in AGAIN and _is_asked(matter, names[0])


def _names(matter: Matter, now: datetime) -> list[str]:
    possible = {move.name for move in moves_for(matter, Side.RESIDENT, now)}
    return [name for name in ORDER if name in possible]


def _is_asked(matter: Matter, name: str) -> bool:
    """Say whether it is the resident's turn; what is merely possible waits behind its word."""
    if name in AGAIN:
        return bool(matter.solved) and matter.solved != Solved.YES
    return name in ("reply", "judge")


def last_judgement(lines: Iterable[Event]) -> str:
    """Return what the resident wrote with their latest judgement."""
    said = [line for line in lines if line.name == "judge" and line.side == Side.RESIDENT]
    words = getattr(said[-1], "words", None) if said else None
    return words.text if words and not words.erased_at else ""
