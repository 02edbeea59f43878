"""What a unit asks for and somebody else decides: objection, extension, suspension, signature."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.workflow.models import Decision


def ask_for(
    matter: Matter,
    kind: Decision.Kind,
    *,
    by: Member,
    now: datetime,
    **details: Any,
) -> Decision:
    """Put a question to those who decide; the matter remembers it as `pending`."""
    return Decision.objects.create(
        matter=matter,
        kind=kind,
        unit=matter.unit or by.unit,
        asked_by=by.hand,
        asked_at=now,
        **details,
    )


def decide(matter: Matter, *, granted: bool, remark: str, by: Member, now: datetime) -> Decision:
    """Close the open question; raise Refused if somebody else did so a moment ago."""
    decision = matter.decisions.open().first()
    if decision is None:
        raise Refused(_("There is nothing to decide: it was decided or taken back meanwhile."))
    if by.deputy and decision.asked_by_id == by.hand.pk:
        raise Refused(_("You asked for this yourself: it is not for you to decide, as deputy."))
    decision.decided_by, decision.decided_at = by.hand, now
    decision.is_granted, decision.remark = granted, remark
    decision.save(update_fields=["decided_by", "decided_at", "is_granted", "remark"])
    return decision
