"""What came back, in words: what was cleared before, and what was filed again afterwards."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.intake.models import Recurrence
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.lib.text import listed
from daodi.web.showing.times import moment

Shown = dict[str, Any]


def show_recurrences(
    matter: Matter, marks: Iterable[Recurrence], member: Member, now: datetime
) -> Shown:
    """Return what the part `came_back` takes."""
    marks = list(marks)
    own = next((mark for mark in marks if mark.matter_id == matter.pk), None)
    return {
        "before": _before(own) if own else None,
        "after": [
            {
                "number": mark.matter.number,
                "title": mark.matter.title,
                "filed": moment(mark.matter.filed_at, now),
            }
            for mark in marks
            if mark.earlier_id == matter.pk
        ],
        "can_deny": member.has(Role.OPERATOR) and member.reaches(matter.ledger.unit),
    }


def _before(mark: Recurrence) -> Shown:
    earlier, cleared_at = mark.earlier, mark.earlier.cleared_at
    days = (mark.matter.filed_at - cleared_at).days if cleared_at else 0
    reasons = []
    if mark.place:
        reasons.append(_("same place: %(names)s") % {"names": mark.place})
    if mark.thing:
        reasons.append(_("same thing: %(names)s") % {"names": mark.thing})
    after = ngettext(
        "filed again %(n)s day after it was cleared",
        "filed again %(n)s days after it was cleared",
        days,
    ) % {"n": days}
    return {
        "number": earlier.number,
        "title": earlier.title,
        "cleared": after,
        "reason": listed(reasons),
        "is_denied": mark.is_denied,
    }
