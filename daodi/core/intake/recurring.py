"""What comes back: a filing about what was cleared at the same place shortly before (反弹)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.models import LONGEST_PLACE, LONGEST_THING, Recurrence
from daodi.core.intake.same import alike_rows, all_compared, this_row
from daodi.core.judgement.models import advice_of
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.lib.sameness import SAME

# So soon after it was cleared it had not been solved.
WITHIN = timedelta(days=90)
MOST_SHOWN = 10
# A mark says more than a suggestion: the place must be one, and the likeness more than enough.
SURE = SAME + 0.1


@transaction.atomic
def mark_recurrence(matter: Matter, *, now: datetime) -> Recurrence | None:
    """Look for what a filing brings back, and mark it; nothing is marked of confidential ones."""
    if matter.is_confidential or Recurrence.objects.filter(matter=matter).exists():
        return None
    advice = advice_of(matter)
    this = this_row(matter, advice.category_id if advice else None)
    for row, same in all_compared(this, alike_rows(matter, _cleared_before(matter))):
        if same.score >= SURE and same.is_one_place:
            return Recurrence.objects.create(
                matter=matter,
                earlier_id=row.pk,
                place=same.place[:LONGEST_PLACE],
                thing=same.thing[:LONGEST_THING],
                found_at=now,
            )
    return None


@transaction.atomic
def deny_recurrence(matter: Matter, *, is_denied: bool, by: Member) -> Recurrence:
    """Say that a filing is about something else than was marked, or that it is not after all."""
    if not (by.has(Role.OPERATOR) and by.reaches(matter.ledger.unit)):
        raise NotYours
    found = Recurrence.objects.select_for_update().filter(matter=matter).first()
    if found is None:
        raise Refused(_("It is not marked as something that came back."))
    found.is_denied, found.by = is_denied, by.hand
    found.save(update_fields=["is_denied", "by"])
    return found


def recurrences_of(matter: Matter, member: Member) -> list[Recurrence]:
    """Return what a matter brought back and what brought it back, as far as the member sees it."""
    mine = Q(matter=matter)
    marks = Recurrence.objects.for_page().filter(mine | Q(earlier=matter, is_denied=False))
    # Its own stands first.
    return [
        mark
        for mark in marks.order_by(Case(When(mine, then=0), default=1), "matter")[:MOST_SHOWN]
        if (mark.earlier if mark.matter_id == matter.pk else mark.matter).is_visible_to(member)
    ]


def _cleared_before(matter: Matter) -> MatterQuerySet:
    return Matter.objects.filter(
        ledger=matter.ledger_id,
        state=State.CLEARED,
        cleared_at__lt=matter.filed_at,
        cleared_at__gte=matter.filed_at - WITHIN,
        is_confidential=False,
        erased_at=None,
    ).exclude(pk=matter.pk)
