"""A small county story, told twice: what it leaves behind must hold like everything else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q

from daodi.core.deadlines.models import Clock
from daodi.core.history.models import Event
from daodi.core.history.verify import Fault, verify_days, verify_matters
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.files import path_of
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import State
from daodi.core.people.roles import Role
from daodi.demo.arrivals import STAGE, Arrival
from daodi.demo.bursts import Burst
from daodi.demo.course import FATES
from daodi.demo.load import VISITORS, load_county
from daodi.demo.simulate import live, simulate, worlds_of
from daodi.demo.world import World

UNTIL = datetime(2026, 6, 19, 17, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Friday
DAYS, REQUESTS, SEED = 365, 40, 1
# Whether these happen is a matter of luck: an answer that is refused, a trouble that is back.
BY_CHANCE = {
    "reopen", "return_draft", "refuse_extension", "refuse_suspension", "overrule", "answer",
    "decline", "withdraw", "recall", "split", "unlist", "return_order", "include",
    "schedule_part", "unmerge", "locate",
    # Tasks of plans have days of their own: they are not told here.
    "schedule", "reassign", "rejoin", "drop",
}  # fmt: skip

pytestmark = pytest.mark.django_db  # or no database is made for the fixtures below


@dataclass(frozen=True)
class Story:
    """What is left of a county when its story has been told and taken back."""

    world: World
    matters: list[tuple[str, str]]
    events: list[tuple[int, str, datetime]]
    ledgers: Counter[str]
    states: Counter[str]
    faults: list[Fault]
    verified: int
    clocks: int
    clocks_backwards: int
    unread_files: list[str]


def tell(world: World) -> Story:
    """Note what came of the days that have run, and take them back."""
    matters, days = list(verify_matters()), list(verify_days())
    backwards = Q(due_at__lt=F("started_at")) | Q(stopped_at__lt=F("started_at"))
    lines = Event.objects.order_by("matter", "seq").values_list("seq", "name", "at")
    keys = Attachment.objects.values_list("key", flat=True)
    return Story(
        world=world,
        matters=[(matter.title, matter.state) for matter, _faults in matters],
        events=list(lines),
        ledgers=Counter(Matter.objects.values_list("ledger__code", flat=True)),
        states=Counter(matter.state for matter, _faults in matters),
        verified=len(matters),
        faults=[fault for _checked, faults in [*matters, *days] for fault in faults],
        clocks=Clock.objects.count(),
        clocks_backwards=Clock.objects.filter(backwards).count(),
        unread_files=[key for key in keys if not default_storage.exists(path_of(key))],
    )


def a_year() -> Story:
    with transaction.atomic():
        world = simulate(until=UNTIL, days=DAYS, requests=REQUESTS, seed=SEED)
        story = tell(world)
        transaction.set_rollback(True)
    return story


def all_fates() -> Story:
    """Let everything that may befall a request befall some, within two months."""
    start = UNTIL - timedelta(days=60)
    fates = [("request", "CS0101", fate) for fate in (*FATES, "answer", "suspend", "extend")]
    others = [(what, "", "") for what in ("task", "task", "task", "problem", "problem", "talk")]
    coming = [("request", "ZA0101", "decline"), *fates, *others]
    # Nobody has water in one quarter, and everybody says so.
    main = Burst(start, 3, 0, ("GY0101",), ("410221001001",), repeated=1.0)
    with transaction.atomic():
        (world,) = worlds_of(SEED)
        arrivals = [
            Arrival(start + timedelta(hours=9 * n), what, category, fate=fate)
            for n, (what, category, fate) in enumerate(coming)
        ]
        at = arrivals[-1].at
        arrivals += [Arrival(at, category="GY0101", fact=1, burst=main) for _ in range(5)]
        live([(a.at, world, a) for a in arrivals], start=start, until=UNTIL, worlds=[world])
        story = tell(world)
        transaction.set_rollback(True)
    return story


@dataclass(frozen=True)
class Told:
    """The stories that the tests here are about."""

    first: Story
    second: Story
    fates: Story
    confidants: list[str]


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> Told:
    """Load the county once, for all tests here: that takes longer than its story."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_county()
        helpline = Ledger.objects.get(code="helpline")
        names = [member.user.username for member in helpline.confidants.select_related("user")]
        found = Told(a_year(), a_year(), all_fates(), names)
        transaction.set_rollback(True)
    return found


def test_every_history_verifies(told) -> None:
    for story in (told.first, told.fates):
        assert story.verified == sum(story.ledgers.values()) == len(story.matters)
        assert (story.faults, story.unread_files) == ([], [])


def test_as_many_requests_as_were_asked_for_and_all_ledgers_are_used(told) -> None:
    staged_tasks = sum(what == "task" for _hours, what, *_rest in STAGE[: REQUESTS // 10])
    assert told.first.ledgers["appeals"] == REQUESTS
    assert told.first.ledgers["tasks"] == 4 + staged_tasks
    assert (told.first.ledgers["rectification"], told.first.ledgers["helpline"]) == (3, 2)


def test_the_same_seed_tells_the_same_story(told) -> None:
    assert told.first.matters == told.second.matters
    assert told.first.events == told.second.events
    assert len({title for title, _state in told.first.matters}) > REQUESTS * 0.8


def test_the_rules_are_hardly_ever_against_it(told) -> None:
    for story in (told.first, told.fates):
        assert story.world.refused.total() < story.world.acts.total() * 0.03


def test_nearly_every_move_is_made(told) -> None:
    made = told.first.world.acts + told.fates.world.acts
    assert set(made) <= set(MOVES)
    assert set(MOVES) - set(made) <= BY_CHANCE


def test_matters_come_into_every_state(told) -> None:
    lines = {name for _seq, name, _at in [*told.first.events, *told.fates.events]}
    reached = {str(move.target) for name, move in MOVES.items() if name in lines}
    assert set(State) - reached <= {"declined", "withdrawn"}


def test_no_clock_is_due_before_its_start(told) -> None:
    assert told.first.clocks > REQUESTS
    assert told.first.clocks_backwards == 0


def test_every_role_has_a_visitor(told) -> None:
    assert {role for role, _unit, _stem in VISITORS} == set(Role)
    assert sorted(told.confidants) == ["demo-operator", "rxzx-05", "rxzx-06", "rxzx-07"]
