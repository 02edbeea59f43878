"""Every act by the name of its move: what a page or an interface calls."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Missing
from daodi.core.history.models import Event
from daodi.core.matters.attachments import NewFile, attach
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.workflow import (
    closing,
    dispatching,
    handling,
    listing,
    locating,
    parts,
    pausing,
    pressing,
    reassigning,
    residents,
    splitting,
    undoing,
)
from daodi.core.workflow.rights import By, check

ACTS: dict[str, Callable[..., Event]] = {
    "list": listing.list_matter,
    "unlist": undoing.unlist,
    "split": splitting.split,
    "decline": listing.decline,
    "answer": listing.answer,
    "merge": listing.merge,
    "unmerge": undoing.unmerge,
    "locate": locating.locate,
    "dispatch": dispatching.dispatch,
    "schedule_part": parts.schedule_part,
    "recall": undoing.recall,
    "accept": dispatching.accept,
    "object": dispatching.object_to,
    "uphold": dispatching.uphold,
    "overrule": dispatching.overrule,
    "forward": dispatching.forward,
    "reassign": reassigning.reassign,
    "rejoin": reassigning.rejoin,
    "drop": reassigning.drop,
    "contact": handling.contact,
    "note": handling.note,
    "report": handling.report,
    "hand_part": handling.hand_part,
    "ask": handling.ask,
    "hand_in": handling.hand_in,
    "submit": handling.submit,
    "sign": handling.sign,
    "return_draft": handling.return_draft,
    "write": residents.write_in,
    "reply": residents.reply,
    "withdraw": residents.withdraw,
    "schedule": pausing.schedule,
    "extend": pausing.extend,
    "grant_extension": pausing.grant_extension,
    "refuse_extension": pausing.refuse_extension,
    "suspend": pausing.suspend,
    "grant_suspension": pausing.grant_suspension,
    "refuse_suspension": pausing.refuse_suspension,
    "resume": pausing.resume,
    "judge": closing.judge,
    "redo": closing.redo,
    "send_back": closing.send_back,
    "clear": closing.clear,
    "reopen": closing.reopen,
    "exclude": closing.exclude,
    "include": closing.include,
    "press": pressing.press,
    "answer_order": pressing.answer_order,
    "close_order": pressing.close_order,
    "return_order": pressing.return_order,
}


def perform(
    matter: Matter,
    name: str,
    *,
    by: By,
    now: datetime,
    files: Sequence[NewFile] = (),
    **given: Any,
) -> Event:
    """Carry out the move `name` with what its form asked for; files come with its event.

    Where the ledger asks for evidence, a step without a file is refused.
    """
    act = partial(ACTS[name], matter, by=by, now=now, **given)
    if not files:
        if matter.ledger.asks_for_evidence(name):
            # Who may not take the step at all is told that first.
            check(matter, name, by, now)
            raise Missing(_without_evidence(name))
        return act()
    with transaction.atomic():
        event = act()
        attach(matter, files, seq=event.seq, now=now, public=event.is_public)
        return event


def _without_evidence(name: str) -> str:
    return _("In this ledger “%(step)s” needs evidence: please add at least one photo or file.") % {
        "step": MOVES[name].label
    }
