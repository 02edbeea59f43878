"""Fill a database with N matters: stories that a made-up county lived through, many times over."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

import psycopg
from copies import Copier, Story, raw, read_stories
from django.utils import timezone

from daodi.core.figures.projecting import project
from daodi.core.history.verify import verify_matters
from daodi.core.matters.contacts import Person, seal
from daodi.core.matters.models import Matter
from daodi.core.sweep.alarms import sweep
from daodi.demo.load import is_loaded, load_county
from daodi.demo.people import resident
from daodi.demo.simulate import simulate

WEEKS, DAYS = 104, 45
PEOPLE = 20_000
SPREAD = timedelta(hours=8)
CHECKED = 1000


def live_through(requests: int) -> None:
    """Let the demonstration's county live through some weeks; these are the stories."""
    if not is_loaded():
        load_county()
        simulate(until=timezone.localtime(), days=DAYS, requests=requests)


def multiply(admin: str, size: int, open_share: float) -> None:
    """Bring the database up to `size` matters, `open_share` of them open; check some histories."""
    matters = list(Matter.objects.select_related("ledger").order_by("pk"))
    with psycopg.connect(admin, autocommit=True) as db:
        stories = read_stories(db, matters)
        indexes = _without_indexes(db)
        copier = Copier(db)
        people = cycle(_people())
        for story, shift in _plan(stories, size - len(matters), open_share):
            copier.add(story, shift, contact=next(people))
        copier.close()
        for definition in indexes:
            db.execute(definition)
        # The days have more lines now than when they were closed.
        db.execute("SET session_replication_role TO replica")
        db.execute("DELETE FROM core_dayroot")
        db.execute("VACUUM ANALYZE")
    # Those that were set back have come due meanwhile.
    sweep(timezone.now())
    project(timezone.now(), everything=True)
    step = max(1, size // CHECKED)
    sample = Matter.objects.filter(pk__in=range(1, size + 1, step))
    faults = [str(fault) for _matter, found in verify_matters(sample) for fault in found]
    if faults:
        raise SystemExit(f"the histories do not hold: {faults[:3]}")


def seeded_until() -> datetime:
    """Return a moment at which nothing was due: just before the earliest look ahead."""
    ahead = Matter.objects.exclude(next_look_at=None).order_by("next_look_at")
    return ahead.values_list("next_look_at", flat=True)[0] - timedelta(microseconds=1)


def _plan(stories: list[Story], more: int, open_share: float) -> Iterator[tuple[Story, timedelta]]:
    """Say which story comes when: the ended ones over two years, then those that are open."""
    rng = Random(more)
    running = [story for story in stories if story.origin.is_open]
    ended = [story for story in stories if not story.origin.is_open]
    count = round(more * open_share)
    for number, story in enumerate(islice(cycle(ended), more - count)):
        weeks = WEEKS - WEEKS * number // (more - count)
        yield story, -timedelta(weeks=weeks, seconds=rng.randrange(3600))
    for story in islice(cycle(running), count):
        yield story, -SPREAD * rng.random()


def _people() -> list[dict[str, str]]:
    rng = Random(PEOPLE)
    given = (resident(rng) for _number in range(PEOPLE))
    sealed = (seal(0, Person(one.name, f"138{rng.randrange(10**8):08d}")) for one in given)
    return [
        {"sealed": raw(bytes(each.sealed)), "phone_hash": raw(each.phone_hash)} for each in sealed
    ]


def _without_indexes(db: psycopg.Connection) -> list[str]:
    """Take the indexes that are not keys away and return how to make them again."""
    found = db.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND tablename LIKE 'core\\_%' AND indexdef NOT LIKE '%UNIQUE%'"
    ).fetchall()
    for name, _definition in found:
        db.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]
