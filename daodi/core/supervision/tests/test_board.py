"""What stands on the supervisor's board, and what it is counted by."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.supervision.board import BY_NAME, count_orders, count_watched, total, watched
from daodi.core.sweep.alarms import sweep
from tests.makers import (
    DAY,
    NOON,
    make_calendar,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
)


def on(name, cast, now, unit=None) -> list[Matter]:
    return list(watched(BY_NAME[name], cast["supervisor"], now, unit).order_by("pk"))


@pytest.fixture
def days(db) -> None:
    make_calendar()


def test_cards_and_what_is_coming(course, cast, days) -> None:
    late = course(make_matter("Lamp one")).accepted().matter
    fresh = course(make_matter("Lamp two", now=NOON + 6 * DAY)).accepted().matter
    sweep(late.due_at)
    assert on("red", cast, late.due_at) == [late]
    assert on("yellow", cast, late.due_at) == []
    before = fresh.due_at - timedelta(hours=2)
    assert on("coming", cast, before) == [fresh]
    assert on("coming", cast, fresh.due_at) == []


def test_what_comes_back(course, cast, days) -> None:
    bounced = course(make_matter("Lamp one")).dispatched()
    bounced.step("object", "handler", text="Not ours", basis="List 3")
    redone = course(make_matter("Lamp two")).handed_in()
    redone.step("send_back", "caller", text="Still dark.")
    reopened = course(make_matter("Lamp three")).cleared()
    reopened.step("reopen", "supervisor", text="Dark again.")
    halted = course(make_matter("Lamp four")).accepted()
    review = (halted.now + 9 * DAY).date()
    halted.step("suspend", "leader", text="Frost.", plan="In spring.", review_on=review)
    halted.step("grant_suspension", "supervisor")
    now = halted.now
    assert on("bounced", cast, now) == [bounced.matter]
    # Whoever has objected has it no more.
    assert on("bounced", cast, now, make_unit("bureau")) == []
    counted = count_watched(cast["supervisor"], now)
    assert {unit: row["bounced"] for unit, row in counted.items()} == {
        None: 1, make_unit("bureau").pk: 0,
    }  # fmt: skip
    assert on("redone", cast, now) == [redone.matter, reopened.matter]
    assert on("repeated", cast, now) == [reopened.matter]
    assert on("suspended", cast, now) == [halted.matter]


@pytest.mark.parametrize(
    ("address", "after", "repeats"),
    [("East gate", 10, True), ("West gate", 10, False), ("East gate", 100, False)],
)
def test_the_same_thing_at_the_same_address_soon_after(
    course, cast, days, address, after, repeats
) -> None:
    town = Division.objects.create(code="410221100", name="Chengguan", level="town")
    first = course(make_matter("Dark", address="East gate", division=town)).cleared()
    later = first.now + after * DAY
    again = course(make_matter("Dark!", address=address, division=town, now=later)).listed()
    found = on("repeated", cast, again.now)
    assert found == ([again.matter] if repeats else [])


def test_counted_by_unit_and_seen_only_by_who_may(course, cast, outsider, days) -> None:
    here = course(make_matter("Lamp one")).accepted().matter
    there = course(make_matter("Lamp two")).dispatched(lead=make_unit("water")).matter
    now = max(here.due_at, there.due_at)
    sweep(now)
    counted = count_watched(cast["supervisor"], now)
    assert {pk: row["red"] for pk, row in counted.items()} == {here.unit_id: 1, there.unit_id: 1}
    assert total(counted.values())["red"] == 2
    assert on("red", cast, now, there.unit) == [there]
    assert count_watched(outsider, now) == {}


def test_orders_running_late_and_answered(course, cast) -> None:
    run = course().accepted().step("press", "supervisor", text="Today!", limit="PT4H")
    unit = run.matter.unit_id
    who = cast["supervisor"]
    running = {"running": 1, "overdue": 0, "answered": 0}
    assert count_orders(who, run.now) == {unit: running}
    assert count_orders(who, run.now + DAY) == {unit: running | {"overdue": 1}}
    run.step("answer_order", "leader", text="Done.")
    answered = {"running": 0, "overdue": 0, "answered": 1}
    assert count_orders(who, run.now) == {unit: answered}
    run.step("close_order", "supervisor")
    assert count_orders(who, run.now) == {}


def test_many_matters_cost_what_one_does(course, cast, days) -> None:
    taken = []
    for count in (1, 3):
        for n in range(count):
            course(make_matter(f"Lamp {n}")).accepted()
        with CaptureQueriesContext(connection) as queries:
            count_watched(cast["supervisor"], NOON)
            count_orders(cast["supervisor"], NOON)
        taken.append(len(queries))
    assert taken[0] == taken[1] <= 4


def test_confidential_ones_stand_on_no_board_but_of_who_is_named(course, cast) -> None:
    make_ledger().confidants.add(make_member("keeper", "supervisor", unit="oversight"))
    matter = make_matter("Help me", is_confidential=True)
    assert on("red", cast, matter.due_at) == []
    assert count_watched(cast["supervisor"], matter.due_at) == {}
