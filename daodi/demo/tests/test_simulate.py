"""A small county story, told twice: what it leaves behind must hold like everything else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F, Q

from daodi.core.deadlines.models import Clock
from daodi.core.history.models import Event
from daodi.core.history.verify import Fault, verify_days, verify_matters
from daodi.demo.load import load_county
from daodi.demo.simulate import simulate

UNTIL = datetime(2026, 6, 19, 17, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday
DAYS, REQUESTS, SEED = 20, 25, 1

pytestmark = pytest.mark.django_db  # or no database is made for the fixture below


@dataclass(frozen=True)
class Story:
    """What is left of a county when its story has been told and taken back."""

    states: Counter[str]
    events: list[tuple[int, str, datetime]]
    verified: int
    faults: list[Fault]
    clocks: int
    clocks_backwards: int


def tell() -> Story:
    """Let the days run, note what came of them, and take them back."""
    with transaction.atomic():
        simulate(until=UNTIL, days=DAYS, requests=REQUESTS, seed=SEED)
        matters, days = list(verify_matters()), list(verify_days())
        backwards = Q(due_at__lt=F("started_at")) | Q(stopped_at__lt=F("started_at"))
        lines = Event.objects.order_by("matter", "seq").values_list("seq", "name", "at")
        story = Story(
            states=Counter(matter.state for matter, _faults in matters),
            events=list(lines),
            verified=len(matters),
            faults=[fault for _checked, faults in [*matters, *days] for fault in faults],
            clocks=Clock.objects.count(),
            clocks_backwards=Clock.objects.filter(backwards).count(),
        )
        transaction.set_rollback(True)
    return story


@pytest.fixture(scope="module")
def stories(django_db_setup, django_db_blocker) -> list[Story]:
    """Load the county once, for all tests here: that takes longer than its story."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_county()
        told = [tell(), tell()]
        transaction.set_rollback(True)
    return told


def test_every_history_verifies(stories) -> None:
    assert stories[0].verified == REQUESTS
    assert stories[0].faults == []


def test_requests_fare_differently(stories) -> None:
    states = stories[0].states
    assert len(states) >= 3
    assert states["cleared"] > 0
    assert max(states.values()) < REQUESTS


def test_the_same_seed_tells_the_same_story(stories) -> None:
    assert stories[0].states == stories[1].states
    assert stories[0].events == stories[1].events


def test_no_clock_is_due_before_its_start(stories) -> None:
    assert stories[0].clocks > REQUESTS
    assert stories[0].clocks_backwards == 0
