"""What is suggested for a new filing; where the ledger wants it, sure ones are listed at once."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from daodi.core.exceptions import Refused
from daodi.core.intake.advice import advise
from daodi.core.intake.recurring import mark_recurrence
from daodi.core.judgement.models import Advice, Learning
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.workflow.listing import list_matter

PERCENT = 100


def advise_and_list(matter_id: int, now: datetime) -> bool:
    """Suggest for a filing, and mark what comes back; say whether it was listed by that."""
    matter = Matter.objects.for_page().filter(pk=matter_id, state=State.RECEIVED).first()
    if matter is None:
        return False
    advice = advise(matter, now=now)
    mark_recurrence(matter, now=now)
    category = advice.category
    if category is None or not _is_sure(advice, category):
        return False
    kind = category.kind_hint if category.kind_hint in matter.ledger.kinds else matter.kind
    # An operator who is at it at this moment decides.
    with suppress(Refused), transaction.atomic():
        list_matter(
            matter, category=category, kind=kind, urgency=matter.urgency, by=Side.SYSTEM, now=now
        )
        advice.is_listed = True
        advice.save(update_fields=["is_listed"])
    return advice.is_listed


def _is_sure(advice: Advice, category: Category) -> bool:
    """Say whether the ledger lets it be listed; never by keywords, never into secrecy."""
    matter = advice.matter
    if advice.version is None or category.is_confidential or matter.is_confidential:
        return False
    if matter.category_id not in (None, category.pk):
        return False
    row = Learning.objects.filter(ledger=advice.ledger_id).first()
    return bool(row and row.list_from and advice.confidence * PERCENT >= row.list_from)
