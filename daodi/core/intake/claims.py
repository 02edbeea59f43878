"""Who has a matter open, so that two operators do not sort the same one; and what comes next."""

from datetime import datetime, timedelta

from django.db.models import Q

from daodi.core.intake.models import Claim
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member

CLAIM_LASTS = timedelta(minutes=2)


def claim(matter: Matter, *, by: Member, now: datetime) -> Claim:
    """Claim a matter for two minutes, or again; return whose claim it is now: maybe another's.

    Of two who come at the same moment each may be told that it is theirs: a claim is a word to
    the others and no lock.
    """
    mine = Claim(matter=matter, member=by, until=now + CLAIM_LASTS)
    there = Claim.objects.select_related("member__user").filter(matter=matter).first()
    if there is None:
        Claim.objects.bulk_create([mine], ignore_conflicts=True)
    elif there.member_id != by.pk and there.until > now:
        return there
    else:
        Claim.objects.filter(matter=matter).update(member=by, until=mine.until)
    return mine


def let_go(matter: Matter, *, by: Member) -> None:
    """End one's own claim before it ends by itself."""
    Claim.objects.filter(matter=matter, member=by).delete()


def to_sort(member: Member) -> MatterQuerySet:
    """Return what waits in the ledgers that the member's house lists and dispatches."""
    ledgers = Ledger.objects.run_by(member)
    return Matter.objects.visible_to(member).to_list().filter(ledger__in=ledgers)


def next_to_sort(member: Member, now: datetime, after: Matter | None = None) -> Matter | None:
    """Return what is due first and nobody else has open: behind `after`, then round again."""
    claimed = Claim.objects.live(now).of_others(member).values("matter")
    free = to_sort(member).exclude(pk__in=claimed).due_first()
    if after is None:
        return free.first()
    behind = Q(due_at=after.due_at, pk__gt=after.pk) | Q(due_at__gt=after.due_at)
    # Repeats what the line above says, in the form that the index understands.
    later = free.filter(behind, due_at__gte=after.due_at)
    return later.first() or free.exclude(pk=after.pk).first()
