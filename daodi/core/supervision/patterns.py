"""What a pattern looks like in the data: each keeps of some matters those that look like it.

Bounded by the days that are asked about; none of them knows persons.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import MD5

from daodi.core.clocks.services import load_calendar
from daodi.core.history.models import Event
from daodi.core.ledgers.kinds import Satisfied
from daodi.core.matters.belongings import Contact
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.workflow.models import Decision, Judgement
from daodi.lib.worktime import WorkCalendar, reckon

BURST, BURST_WITHIN = 5, timedelta(minutes=30)
SAME_ANSWERS = 5
AT_ONCE = timedelta(minutes=1)
LAST_HOUR, LAST_DAY = timedelta(hours=1), timedelta(days=1)


def handed_in(matters: MatterQuerySet, since: datetime) -> MatterQuerySet:
    """Keep what a unit handed in since then."""
    return matters.filter(handed_in_at__gte=since, unit__isnull=False, merged_into=None)


def without_contact(matters: MatterQuerySet, _since: datetime) -> MatterQuerySet:
    """Keep what was handed in although nobody had reached the resident, who could be reached."""
    reachable = Exists(Contact.objects.filter(pk=OuterRef("pk")))
    return matters.filter(reachable, contacted_at=None)


def in_bursts(matters: MatterQuerySet, _since: datetime) -> MatterQuerySet:
    """Keep what was handed in with others of its unit, all within the last day they had."""
    last_day = matters.filter(
        promised_at__gte=F("handed_in_at"), promised_at__lt=F("handed_in_at") + LAST_DAY
    )
    times: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    lines = last_day.order_by("handed_in_at").values_list("unit", "handed_in_at", "pk")
    for unit, at, pk in lines:
        if at:
            times[unit].append((at, pk))
    return matters.filter(pk__in=[pk for line in times.values() for pk in _bursts(line)])


def _bursts(line: list[tuple[datetime, int]]) -> Iterator[int]:
    """Yield the keys of those with so many others around them, each once, in their order."""
    start = done = 0
    for end in range(len(line)):
        while line[end][0] - line[start][0] > BURST_WITHIN:
            start += 1
        if end - start + 1 >= BURST:
            yield from (pk for _at, pk in line[max(start, done) : end + 1])
            done = end + 1


def judged_at_once(matters: MatterQuerySet, _since: datetime) -> MatterQuerySet:
    """Keep what a caller wrote down as satisfied within a minute of the hand-in."""
    handed_in = OuterRef("handed_in_at")
    judged = Judgement.objects.filter(
        matter=OuterRef("pk"), by__isnull=False, at__gte=handed_in, at__lte=handed_in + AT_ONCE
    ).exclude(satisfied=Satisfied.NO)
    return matters.filter(Exists(judged))


def listed(matters: MatterQuerySet, since: datetime) -> MatterQuerySet:
    """Keep what was filed since then."""
    return matters.filter(filed_at__gte=since)


def slowed_down(matters: MatterQuerySet, since: datetime) -> MatterQuerySet:
    """Keep what was listed again with another category, kind or urgency, and a longer limit."""
    before = Event.objects.filter(matter=OuterRef("matter"), name="list", seq__lt=OuterRef("seq"))
    again = Event.objects.filter(
        Exists(before), name="list", recorded_at__gte=since, matter__in=matters.values("pk")
    ).select_related("matter__ledger")
    calendar = load_calendar()
    slower = {event.matter_id for event in again if _is_slower(event, calendar)}
    return matters.filter(pk__in=slower)


def _is_slower(event: Event, calendar: WorkCalendar) -> bool:
    """Say whether what was listed again has more time than it had before, by the same policy."""
    rules = event.matter.ledger.rules
    now = {name: str(event.data[name]) for name in ("category", "kind", "urgency")}
    for rule in rules.clocks:
        was, fits = rule.limit_for(event.data["was"]), rule.limit_for(now)
        if rule.promise and was and fits and was != fits:
            ends = (
                reckon(event.at, each.limit, each.counting, calendar).due for each in (was, fits)
            )
            return next(ends) < next(ends)
    return False


def asked_in_the_last_hour(matters: MatterQuerySet, since: datetime) -> MatterQuerySet:
    """Keep those for which more time was asked for in the hour before the deadline."""
    asked = Decision.objects.filter(
        kind=Decision.Kind.EXTENSION, asked_at__gte=since, matter__in=matters.values("pk")
    )
    # Once it is granted, the history alone knows the deadline as it was.
    was = dict(
        Event.objects.filter(name="grant_extension", matter__in=asked.values("matter"))
        .order_by("seq")
        .values_list("matter_id", "data__was_due")
    )
    lines = asked.values_list("matter", "asked_at", "is_granted", "matter__promised_at")
    late = [
        matter
        for matter, at, granted, promised in lines
        if (due := datetime.fromisoformat(was[matter]) if granted and was.get(matter) else promised)
        and due - LAST_HOUR <= at <= due
    ]
    return matters.filter(pk__in=late)


def extended(matters: MatterQuerySet, since: datetime) -> MatterQuerySet:
    """Keep those for which more time was asked for since then."""
    asked = Decision.objects.filter(kind=Decision.Kind.EXTENSION, asked_at__gte=since)
    return matters.filter(unit__isnull=False, pk__in=asked.values("matter"))


def same_answer(matters: MatterQuerySet, _since: datetime) -> MatterQuerySet:
    """Keep what has the same answer, word for word, as enough others of its unit."""
    answered = matters.exclude(answer="").annotate(words=MD5("answer"))
    groups = answered.order_by().values_list("unit", "words").annotate(n=Count("pk"))
    same = Q(pk__in=[])
    words: dict[int, list[str]] = defaultdict(list)
    for unit, digest, _count in groups.filter(n__gte=SAME_ANSWERS):
        words[unit].append(digest)
    for unit, digests in words.items():
        same |= Q(unit=unit, words__in=digests)
    return answered.filter(same)
