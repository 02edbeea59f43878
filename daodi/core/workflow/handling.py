"""What the units on a matter do: talk, report, ask, hand in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.workflow.act import act, needed
from daodi.core.workflow.asking import ask_for, decide
from daodi.core.workflow.listing import clear_after_silence, share_answer
from daodi.core.workflow.models import Decision
from daodi.core.workflow.rights import By


@transaction.atomic
def contact(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Say that the resident was reached, how, and what was agreed; stops the respond clock."""
    text = needed(text, _("what you agreed with the resident"))
    first = matter.contacted_at or now
    return act(matter, "contact", by=by, now=now, text=text, contacted_at=first)


@transaction.atomic
def note(matter: Matter, *, text: str, public: bool = False, by: By, now: datetime) -> Event:
    """Add a line on how it goes, for the house or (public) for the resident too."""
    return act(matter, "note", by=by, now=now, text=needed(text, _("the note")), public=public)


@transaction.atomic
def report(matter: Matter, *, milestone: str, text: str, by: By, now: datetime) -> Event:
    """Report on a milestone of the policy with the content that it asks for."""
    rule = matter.ledger.rules.rule(milestone)
    if rule is None or not rule.content:
        raise Refused(_("This ledger has no such milestone."))
    text = needed(text, rule.content)
    return act(matter, "report", by=by, now=now, text=text, data={"milestone": milestone})


@transaction.atomic
def hand_part(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Hand in a joint unit's part to the unit that leads."""
    mine = [part for part in matter.parts_in_force() if by.reaches(part.unit)]
    text = needed(text, _("what your unit has done"))
    for part in mine:
        part.handed_in_at, part.alarm_at = now, None
        part.save(update_fields=["handed_in_at", "alarm_at"])
    units = [part.unit.code for part in mine]
    return act(matter, "hand_part", by=by, now=now, text=text, data={"units": units})


@transaction.atomic
def ask(matter: Matter, *, text: str, by: By, now: datetime) -> Event:
    """Ask the resident for something that is missing; the clocks pause until they reply."""
    return act(matter, "ask", by=by, now=now, text=needed(text, _("your question")))


@transaction.atomic
def hand_in(matter: Matter, *, account: str, answer: str, by: By, now: datetime) -> Event:
    """Hand in the result: an account for the house and an answer for the resident, two texts."""
    account = needed(account, _("the internal account"))
    answer = needed(answer, _("the answer to the resident"))
    event = _hand_in(matter, "hand_in", account, answer, by=by, now=now)
    share_answer(matter, now)
    return event


@transaction.atomic
def submit(matter: Matter, *, account: str, answer: str, by: Member, now: datetime) -> Event:
    """Put account and answer before the unit's leader, who signs them or returns them."""
    account = needed(account, _("the internal account"))
    answer = needed(answer, _("the answer to the resident"))
    kind = Decision.Kind.SIGNATURE
    event = act(matter, "submit", by=by, now=now, text=f"{account}\n\n{answer}", pending=kind)
    ask_for(matter, kind, by=by, now=now, reason="", account=account, answer=answer)
    return event


@transaction.atomic
def sign(matter: Matter, *, remark: str = "", by: Member, now: datetime) -> Event:
    """Sign what was submitted: it is handed in as it stands."""
    decision = decide(matter, granted=True, remark=remark, by=by, now=now)
    event = _hand_in(matter, "sign", decision.account, decision.answer, by=by, now=now)
    share_answer(matter, now)
    return event


@transaction.atomic
def return_draft(matter: Matter, *, text: str, by: Member, now: datetime) -> Event:
    """Return what was submitted, with what should be different."""
    text = needed(text, _("what should be different"))
    decide(matter, granted=False, remark=text, by=by, now=now)
    return act(matter, "return_draft", by=by, now=now, text=text, pending="")


def _hand_in(
    matter: Matter, name: str, account: str, answer: str, *, by: By, now: datetime
) -> Event:
    return act(
        matter,
        name,
        by=by,
        now=now,
        text=answer,
        pending="",
        account=account,
        answer=answer,
        handed_in_at=now,
        clear_at=clear_after_silence(matter, now),
    )
