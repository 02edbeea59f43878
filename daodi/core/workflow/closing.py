"""How a matter ends, or does not: judging, redo, clearing, reopening, withdrawing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.workflow.act import act, needed, said
from daodi.core.workflow.models import Judgement
from daodi.core.workflow.rights import By
from daodi.lib.rows import insert_rows


@transaction.atomic
def judge(
    matter: Matter, *, solved: str, satisfied: str, remark: str = "", by: By, now: datetime
) -> Event:
    """Say whether it was solved and how satisfied the resident is.

    A satisfied one is cleared when the ledger says; any "no" waits for redo or for a caller. Of
    one that was merged the answer to all is judged, and the word is kept on the merged one.
    """
    if solved not in Solved or satisfied not in Satisfied:
        raise Refused(_("Please answer both questions: is it solved, and are you satisfied?"))
    event = act(
        matter,
        "judge",
        by=by,
        now=now,
        text=said(remark),
        data={"solved": str(solved), "satisfied": str(satisfied)},
        solved=solved,
        satisfied=satisfied,
        clear_at=_clear_at(matter, solved, satisfied, now),
    )
    judgement = Judgement(
        matter=matter,
        round=matter.whole.round,
        at=now,
        by=by.hand if isinstance(by, Member) else None,
        solved=solved,
        satisfied=satisfied,
    )
    insert_rows([judgement])
    return event


@transaction.atomic
def redo(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """The resident asks for redo: what is still wrong goes back to the unit."""
    return _again(matter, "redo", needed(text, _("what is still wrong")), by, now)


@transaction.atomic
def send_back(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """A caller or supervisor sends the result back to the unit."""
    return _again(matter, "send_back", needed(text, _("what is still wrong")), by, now)


@transaction.atomic
def clear(matter: Matter, *, by: By, now: datetime) -> Event:
    """Strike the matter off the list: it is done, and nobody says otherwise."""
    return act(matter, "clear", by=by, now=now, cleared_at=now, clear_at=None)


@transaction.atomic
def reopen(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Put a cleared matter back to its unit, with all its clocks anew."""
    text = needed(text, _("what is still wrong"))
    return act(
        matter,
        "reopen",
        by=by,
        now=now,
        text=text,
        round=matter.round + 1,
        redos=matter.redos + 1,
        dispatched_at=now,
        accepted_at=None,
        contacted_at=None,
        handed_in_at=None,
        cleared_at=None,
        clear_at=None,
    )


@transaction.atomic
def exclude(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Leave a matter out of the scoring, with the evidence; it stays in every figure."""
    text = needed(text, _("the evidence"))
    return act(matter, "exclude", by=by, now=now, text=text, is_excluded=True)


@transaction.atomic
def include(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Take a matter back into the scoring, and say why the evidence did not hold."""
    text = needed(text, _("why it counts after all"))
    return act(matter, "include", by=by, now=now, text=text, is_excluded=False)


def _again(matter: Matter, name: str, text: str, by: By, now: datetime) -> Event:
    return act(
        matter,
        name,
        by=by,
        now=now,
        text=text,
        round=matter.round + 1,
        redos=matter.redos + 1,
        handed_in_at=None,
        clear_at=None,
    )


def _clear_at(matter: Matter, solved: str, satisfied: str, now: datetime) -> datetime | None:
    is_over = matter.state != State.HANDED_IN
    if is_over or solved == Solved.NO or satisfied == Satisfied.NO:
        return None
    return now + timedelta(days=matter.ledger.clear_after_satisfied)
