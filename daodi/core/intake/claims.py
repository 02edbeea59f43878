"""Who has a matter open: so that two operators do not sort the same one."""

from datetime import datetime, timedelta

from django.db.models import Q

from daodi.core.intake.models import Claim
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member

CLAIM_LASTS = timedelta(minutes=2)


def claim(matter: Matter, *, by: Member, now: datetime) -> Claim:
    """Claim a matter for two minutes, or again; return whose claim it is now: maybe another's."""
    wanted = Claim(matter=matter, member=by, until=now + CLAIM_LASTS)
    free = Claim.objects.filter(Q(member=by) | Q(until__lte=now), matter=matter)
    if free.update(member=by, until=wanted.until):
        return wanted
    Claim.objects.bulk_create([wanted], ignore_conflicts=True)
    return Claim.objects.select_related("member__user").get(matter=matter)


def let_go(matter: Matter, *, by: Member) -> None:
    """End one's own claim before it ends by itself."""
    Claim.objects.filter(matter=matter, member=by).delete()
