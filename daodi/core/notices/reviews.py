"""Tell those who look after the knowledge base what of it has to be looked at again."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.rights import PUBLISHERS
from daodi.core.notices.models import Notice
from daodi.core.notices.staff import nearest_to
from daodi.core.notices.writing import Outgoing

REVIEW = "review"
BATCH = 1000


@transaction.atomic
def tell_reviews(now: datetime) -> int:
    """Write one notice to each editor and manager whose house has entries that came due.

    Each entry is told of once for each day set for it; return how many entries there were.
    """
    due = Entry.objects.due(timezone.localtime(now).date()).exclude(reminded_on=F("review_on"))
    free = due.select_for_update(skip_locked=True, of=("self",)).select_related("house")
    entries = list(free[:BATCH])
    houses = defaultdict(list)
    for entry in entries:
        houses[entry.house].append(entry)
    told = nearest_to(houses, *PUBLISHERS)
    outgoing = Outgoing(now)
    for house, theirs in houses.items():
        groups: set[int] = set()
        for staff in told[house.pk]:
            data = {"n": len(theirs), "first": theirs[0].question}
            notice = Notice(name=REVIEW, seq=0, at=now, data=data)
            outgoing.add(notice, staff, groups)
    outgoing.store()
    Entry.objects.filter(pk__in=[each.pk for each in entries]).update(reminded_on=F("review_on"))
    return len(entries)
