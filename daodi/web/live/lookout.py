"""The one question that live updates ask of the database: what was written down since?"""

from datetime import datetime, timedelta

from django.db.models import Max

from daodi.core.history.models import Event

# Numbers are given out before transactions end: a lower one may still appear for so long.
SETTLING = timedelta(seconds=10)
# What is told again to be sure that nothing falls between a page and the first look after it.
OVERLAP = timedelta(seconds=2)
MOST_AT_ONCE = 500


class Lookout:
    """Finds each new line of history once. Imports outrun it; then it goes on from where it is."""

    def __init__(self, now: datetime) -> None:
        rows = Event.objects.filter(recorded_at__gte=now - SETTLING)
        recent = dict(rows.values_list("pk", "recorded_at"))
        self._seen = {pk: now for pk, at in recent.items() if at < now - OVERLAP}
        last: int = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        self._settled = min(recent, default=last + 1) - 1

    def look(self, now: datetime) -> list[Event]:
        """Return the lines that were committed since the last look."""
        numbers = Event.objects.filter(pk__gt=self._settled).order_by("pk")
        found = list(numbers.values_list("pk", flat=True)[:MOST_AT_ONCE])
        fresh = [pk for pk in found if pk not in self._seen]
        self._seen |= dict.fromkeys(fresh, now)
        if len(found) == MOST_AT_ONCE:
            self._settled = found[-1]
        else:
            old = (pk for pk, at in self._seen.items() if at <= now - SETTLING)
            self._settled = max(old, default=self._settled)
        self._seen = {pk: at for pk, at in self._seen.items() if pk > self._settled}
        return list(Event.objects.filter(pk__in=fresh).for_telling()) if fresh else []
