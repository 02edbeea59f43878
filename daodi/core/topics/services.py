"""Keep the topics: grouped anew, and told which of them was there before."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from daodi.core.ledgers.models import Ledger
from daodi.core.topics.models import Grouping, Topic, TopicMatter
from daodi.core.topics.reading import WINDOW, areas_of, ranges, read, with_words
from daodi.lib.topics.finding import Topic as Found
from daodi.lib.topics.finding import find_topics

# Within minutes only what came lately is grouped; the night does all of it.
LATELY = 5000
LATE = timedelta(minutes=1)  # what was filed so long ago may not have been there yet
COLDEST = 1.0  # of heat: less than one person who wrote today
MOST_KEPT = 200  # topics of an area


def renew_topics(now: datetime, *, everything: bool = False) -> int:
    """Group the matters of each area in which something new was filed; return how many areas.

    `everything` groups all areas over the whole window, as every night.
    """
    renewed = 0
    # What a county gives itself to do, or finds on its rounds, is nothing that people write about.
    ledgers = Ledger.objects.open_to_residents()
    if everything:
        Topic.objects.exclude(ledger__in=ledgers).delete()
    for ledger in ledgers.values_list("pk", flat=True):
        since = now - WINDOW if everything else _grouped_until(ledger, now)
        for area in areas_of(ledger, since):
            _renew(ledger, area, now, None if everything else LATELY)
            renewed += 1
        Grouping.objects.update_or_create(ledger_id=ledger, defaults={"until": now - LATE})
    return renewed


def _grouped_until(ledger: int, now: datetime) -> datetime:
    found = Grouping.objects.filter(ledger=ledger).values_list("until", flat=True).first()
    return found or now - WINDOW


def _renew(ledger: int, area: str, now: datetime, most: int | None) -> None:
    with TemporaryFile(dir=settings.VAR_DIR) as file:
        posts, pile = read(ranges(ledger, area, now, most), file)
        if not posts:
            Topic.objects.filter(ledger=ledger, area=area).delete()
            return
        today = timezone.localtime(now).date()
        found = find_topics(posts, pile, today, coldest=COLDEST, read=with_words)
    _store(ledger, area, found[:MOST_KEPT], min(int(post.key) for post in posts), now)


@transaction.atomic
def _store(ledger: int, area: str, found: Sequence[Found], first: int, now: datetime) -> None:
    """Put these topics in place of those that lie within what was read: behind the key `first`."""
    there = Topic.objects.filter(ledger=ledger, area=area)
    before = dict(TopicMatter.objects.filter(topic__in=there).values_list("matter_id", "topic_id"))
    older = {topic for matter, topic in before.items() if matter < first}
    kept: set[int] = set()
    rows = []
    for each in found:
        keys = [int(post.key) for post in each.posts]
        known = Counter(before[key] for key in keys if before.get(key, 0) not in {0, *kept})
        pk = known.most_common(1)[0][0] if known else None
        topic = _written(ledger, area, each, pk, now)
        kept.add(topic.pk)
        rows += [TopicMatter(topic=topic, matter_id=key) for key in keys]
    there.exclude(pk__in=kept | older).delete()
    TopicMatter.objects.filter(matter__in=[row.matter_id for row in rows]).delete()
    TopicMatter.objects.filter(topic__in=kept - older).delete()
    TopicMatter.objects.bulk_create(rows, batch_size=1000)


def _written(ledger: int, area: str, found: Found, pk: int | None, now: datetime) -> Topic:
    topic = Topic(
        pk=pk,
        ledger_id=ledger,
        area=area,
        place=found.place,
        thing=found.thing,
        people=found.people,
        heat=found.heat,
        since=found.since,
        done=found.done,
        curve=[[day.isoformat(), count] for day, count in found.curve],
        renewed_at=now,
    )
    topic.save(force_update=pk is not None, force_insert=pk is None)
    return topic
