"""What an operator does with a filing: list it, decline it, answer it, merge it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.history.record import Line, write
from daodi.core.ledgers.kinds import Urgency
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.sight import sight
from daodi.core.matters.states import Side, State
from daodi.core.notices.writing import tell
from daodi.core.people.models import Member
from daodi.core.workflow.act import act, needed, said
from daodi.core.workflow.asking import decide
from daodi.core.workflow.parts import end_parts
from daodi.core.workflow.rights import By

MERGED = State.MERGED


@transaction.atomic
def list_matter(
    matter: Matter, *, category: Category, kind: str, urgency: str, by: By, now: datetime
) -> Event:
    """Take a filing into the list under a category and urgency; again, to correct them.

    Under a category that is confidential the matter becomes so too.
    """
    if category.ledger_id != matter.ledger_id:
        raise Refused(_("This category belongs to another ledger."))
    if kind not in matter.ledger.kinds or urgency not in Urgency:
        raise Refused(_("This ledger does not know that kind or urgency."))
    changes: dict[str, Any] = {"category": category, "kind": kind, "urgency": urgency}
    # What `undoing.unlist` goes back to.
    was: dict[str, Any] = {
        "category": matter.category.code if matter.category else "",
        "kind": matter.kind,
        "urgency": matter.urgency,
    }
    if category.is_confidential and not matter.is_confidential:
        named = matter.ledger.confidants.values_list("pk", flat=True)
        keeper = [by.pk] if isinstance(by, Member) else []
        changes |= {"is_confidential": True, "may_publish": False}
        changes |= sight(matter.ledger, None, named=[*named, *keeper])
        was |= {"is_confidential": False, "may_publish": matter.may_publish}
    data = {"category": category.code, "kind": kind, "urgency": urgency, "was": was}
    return act(matter, "list", by=by, now=now, data=data, **changes)


@transaction.atomic
def decline(matter: Matter, *, reason: str, text: str, by: By, now: datetime) -> Event:
    """Turn a filing down for one of the ledger's legal reasons, and say where to go instead."""
    if reason not in matter.ledger.decline_reasons:
        raise Refused(_("Choose one of the reasons of this ledger."))
    text = needed(text, _("where the resident can turn to instead"))
    end_parts(matter, now)
    return act(matter, "decline", by=by, now=now, text=text, data={"reason": reason}, answer=text)


@transaction.atomic
def answer(matter: Matter, *, answer: str, by: By, now: datetime) -> Event:
    """Answer a filing without sending it to a unit; the resident judges the answer."""
    text = needed(answer, _("the answer"))
    if matter.pending and isinstance(by, Member):
        # Whoever answers it themselves agrees that the unit need not.
        decide(matter, granted=True, remark="", by=by, now=now)
    event = act(
        matter,
        "answer",
        by=by,
        now=now,
        text=text,
        pending="",
        answer=text,
        handed_in_at=now,
        clear_at=clear_after_silence(matter, now),
    )
    share_answer(matter, now)
    return event


@transaction.atomic
def merge(matter: Matter, *, into: Matter, remark: str = "", by: By, now: datetime) -> Event:
    """Let one answer serve both: `matter` ends here, its resident keeps the receipt and gets it."""
    if into.pk == matter.pk or into.merged_into_id:
        raise Refused(_("Choose a matter that is not merged itself."))
    if not into.is_open or into.ledger_id != matter.ledger_id:
        raise Refused(_("Merge into an open matter of the same ledger."))
    if into.is_confidential != matter.is_confidential:
        raise Refused(_("A confidential matter cannot be merged with one that is not."))
    end_parts(matter, now)
    event = act(
        matter,
        "merge",
        by=by,
        now=now,
        text=said(remark),
        data={"into": into.number},
        merged_into=into,
        answer=into.answer,
    )
    line = Line(
        name="merged_in",
        side=Side.OPERATOR if isinstance(by, Member) else by,
        by=by if isinstance(by, Member) else None,
        data={"number": matter.number},
    )
    write(into, line, now)
    # What was merged into this one before goes along, so that nobody misses the answer.
    Matter.objects.filter(merged_into=matter).update(merged_into=into)
    return event


def share_answer(matter: Matter, now: datetime) -> None:
    """Write a matter's answer into the history of every matter merged into it, and tell of it."""
    merged = Matter.objects.filter(merged_into=matter, state=MERGED)
    # Mostly there is none, and this asks for much less.
    if not merged.exists():
        return
    causes = []
    for other in merged.for_page():
        line = Line(
            name="answer_shared",
            side=Side.SYSTEM,
            text=matter.answer,
            public=True,
            data={"from": matter.number},
        )
        causes.append((other, write(other, line, now, answer=matter.answer, handed_in_at=now)))
    tell(*causes, now=now)


def clear_after_silence(matter: Matter, now: datetime) -> datetime | None:
    """Return when a handed-in matter is cleared if nobody says anything; None: never by itself."""
    days = matter.ledger.clear_after_silence
    return None if days is None else now + timedelta(days=days)
