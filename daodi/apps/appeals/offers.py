"""What a resident can do about a request, the likeliest first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from daodi.apps.appeals.forms_judge import JudgeForm
from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Solved
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import Move
from daodi.core.matters.states import Side, State
from daodi.core.workflow.rights import moves_for
from daodi.web.forms.moves import MoveForm

# Where on the page the offers stand.
NEXT = "next"
ORDER = ("reply", "judge", "redo", "reopen", "write", "withdraw")
AGAIN = ("redo", "reopen")
SEND_AGAIN = gettext_lazy("Send, and have it done again")
LABELS = {
    "reply": gettext_lazy("Reply to the question"),
    "judge": gettext_lazy("Is it solved? Say so"),
    "redo": gettext_lazy("Not solved: please do it again"),
    "reopen": gettext_lazy("The problem is back"),
    "write": gettext_lazy("Write to the unit, or add a photo"),
    "withdraw": gettext_lazy("Take my request back"),
}


def offers_for(
    matter: Matter,
    lines: Iterable[Event],
    now: datetime,
    form: MoveForm | JudgeForm | None,
    tried_name: str,
) -> list[dict[str, Any]]:
    """Return the sheets of the course page; `form` is the one that was tried and not taken."""
    names = _names(matter, now)
    moves = {move.name: move for move in moves_for(matter, Side.RESIDENT, now)}
    offers = []
    for number, name in enumerate(names):
        is_next = number == 0 and _is_asked(matter, name)
        offers.append({
            "move": moves[name],
            "label": LABELS[name],
            "form": form if form and name == tried_name else form_for(moves[name], matter, lines),
            "look": "danger" if name == "withdraw" else "main" if is_next else "",
            "open": name == tried_name or is_next,
            "again": SEND_AGAIN if name == "judge" and step_again(matter, now) else "",
        })  # fmt: skip
    return offers


def form_for(
    move: Move, matter: Matter, lines: Iterable[Event], data: Any = None, files: Any = None
) -> MoveForm | JudgeForm:
    """Return the form of a step as a resident is asked it."""
    if move.name == "judge":
        return JudgeForm(data)
    form = MoveForm(move, matter, None, data, files)
    if move.name in AGAIN and matter.solved and matter.solved != Solved.YES:
        # What was wrong was said with the judgement: nobody writes it twice.
        form.initial["text"] = latest_words(lines, "judge", Side.RESIDENT)
    return form


def step_again(matter: Matter, now: datetime) -> str:
    """Return the step by which a resident can have it done again now; empty: there is none."""
    return next((name for name in _names(matter, now) if name in AGAIN), "")


def question_of(matter: Matter, lines: Iterable[Event]) -> str:
    """Return what the unit asks, while it waits for the reply."""
    return latest_words(lines, "ask") if matter.state == State.WAITING else ""


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


def latest_words(lines: Iterable[Event], name: str, side: str = "") -> str:
    """Return what was written with the latest step of this name; `side`: by that side only."""
    said = [line for line in lines if line.name == name and side in ("", line.side)]
    words = getattr(said[-1], "words", None) if said else None
    return words.text if words and not words.erased_at else ""
