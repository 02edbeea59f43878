"""Matters as posts: read by ranges of keys, so that the work can be spread over many machines."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import IO, NamedTuple

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import OPEN_STATES, State
from daodi.lib.together import spread
from daodi.lib.topics.runs import LOOKED_AT, Counts, Pile, Post, counted

WINDOW = timedelta(days=180)  # after six half-lives nobody counts any more
AT_ONCE = 5000  # matters in a range
PERSON = 8  # bytes of a digest: enough to tell a million people apart
# What was merged is somebody's word too; it is dealt with when that is which it was merged into.
LEFT_OUT = (State.DECLINED, State.WITHDRAWN)


class Range(NamedTuple):
    """Matters of a ledger in an area, by their keys: behind `after`, not behind `up_to`."""

    ledger: int
    area: str
    since: datetime
    after: int
    up_to: int


def areas_of(ledger: int, since: datetime) -> list[str]:
    """Return the counties in which something was filed since then, by code."""
    recent = Matter.objects.filter(ledger=ledger, filed_at__gte=since)
    codes = (
        recent.order_by().annotate(area=Left("division__code", 6)).values_list("area", flat=True)
    )
    return sorted({code or "" for code in codes.distinct()})


def ranges(ledger: int, area: str, now: datetime, most: int | None = None) -> list[Range]:
    """Cut the newest matters of an area, or all of them, into ranges, the oldest first."""
    since = now - WINDOW
    keys = _in_area(ledger, area, since).order_by("-pk").values_list("pk", flat=True)[:most]
    found = list(keys)[::-1]
    ends = [*(found[start] - 1 for start in range(0, len(found), AT_ONCE)), *found[-1:]]
    return [Range(ledger, area, since, after, up_to) for after, up_to in pairwise(ends)]


def read(parts: Sequence[Range], file: IO[bytes]) -> tuple[list[Post], Pile]:
    """Return the posts of these ranges without their words, and their runs, which go to `file`.

    They are worked out here, or on the cluster.
    """
    posts: list[Post] = []
    pile = Pile(file)
    for found, counts in spread(read_range, parts, settings.DASK_SCHEDULER):
        posts += found
        pile.add(counts)
    return posts, pile


def read_range(part: Range) -> tuple[list[Post], Counts]:
    """Read one range; a worker of a cluster needs Django and the database for it."""
    matters = _in_area(part.ledger, part.area, part.since)
    posts = list(_posts(matters.filter(pk__gt=part.after, pk__lte=part.up_to)))
    return [post._replace(title="", text="") for post in posts], counted(posts)


def with_words(posts: Sequence[Post]) -> list[Post]:
    """Return the same posts with their words, as far as the matters are still there."""
    found = Matter.objects.filter(pk__in=[int(post.key) for post in posts])
    words = {pk: told for pk, *told in found.values_list("pk", "title", Left("text", LOOKED_AT))}
    told = ((post, words.get(int(post.key))) for post in posts)
    return [post._replace(title=said[0], text=said[1]) for post, said in told if said]


def _in_area(ledger: int, area: str, since: datetime) -> MatterQuerySet:
    """Keep what counts: nothing confidential, nothing erased, nothing that went elsewhere."""
    there = Q(division__code__startswith=area) if area else Q(division=None)
    found = Matter.objects.filter(there, ledger=ledger, filed_at__gte=since, is_confidential=False)
    return found.filter(erased_at=None).exclude(state__in=LEFT_OUT)


def _posts(matters: MatterQuerySet) -> Iterator[Post]:
    # Who it was is told by a digest of the telephone, and only as long as this runs.
    rows = matters.order_by("pk").values_list(
        "pk",
        F("contact__phone_hash"),
        "filed_at",
        "title",
        Left("text", LOOKED_AT),
        Coalesce("merged_into__state", "state"),
    )
    for pk, phone, filed_at, title, text, state in rows.iterator(chunk_size=AT_ONCE):
        person = bytes(phone[:PERSON]).hex() if phone else str(pk)
        is_done = state not in OPEN_STATES
        yield Post(str(pk), person, _day(filed_at), title, text, 0, is_done)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
