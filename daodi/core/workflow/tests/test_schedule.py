"""A task has a day of its own: it counts instead of what the policy promises."""

from datetime import date, timedelta

import pytest

from daodi.core.deadlines.models import Clock
from daodi.core.exceptions import NotYours, Refused
from daodi.core.workflow.rights import moves_for
from daodi.core.workflow.services import perform
from daodi.lib.days import end_of_day
from tests.makers import DAY, NOON, make_ledger, make_matter, reread

LAST_DAY = date(2026, 5, 31)


@pytest.fixture
def task(course):
    """A task on a ledger that promises everything within seven days."""
    ledger = make_ledger("tasks", "13710-days", prefix="RW", kinds=["task"], leader_signs=False)
    return course(make_matter("Renew the lanes of the old town.", ledger=ledger, kind="task"))


def clocks_of(matter) -> list[tuple[str, str]]:
    return [(clock.name, clock.how) for clock in matter.clocks.order_by("pk")]


def test_a_day_set_before_the_dispatch_is_the_promise(task) -> None:
    course = task.listed(kind="task").step("schedule", "operator", until=LAST_DAY)
    course.step("dispatch", "operator", lead=course.cast["handler"].unit)
    assert course.matter.promised_at == end_of_day(LAST_DAY)
    assert clocks_of(course.matter) == [("task", ""), ("arrange", ""), ("progress", "")]
    course.step("accept", "handler").step("hand_in", "handler", account="Done.", answer="Done.")
    assert clocks_of(course.matter) == [("task", "met"), ("arrange", "met"), ("progress", "met")]
    # What is sent back is due as the policy says.
    course.step("send_back", "caller", text="Three lanes are missing.")
    assert clocks_of(course.matter)[-1] == ("resolve", "")


def test_a_day_set_later_ends_what_the_policy_promised(task) -> None:
    course = task.listed(kind="task")
    course.step("dispatch", "operator", lead=course.cast["handler"].unit)
    course.step("schedule", "supervisor", until=LAST_DAY, text="Decided on 28 February.")
    assert ("resolve", Clock.How.VOID) in clocks_of(course.matter)
    assert course.matter.promised_at == end_of_day(LAST_DAY)


def test_a_day_set_again_moves_the_same_clock_and_its_alarms(task) -> None:
    course = task.listed(kind="task").step("schedule", "operator", until=LAST_DAY)
    sooner = LAST_DAY - timedelta(days=30)
    course.step("schedule", "operator", until=sooner)
    (clock,) = course.matter.clocks.all()
    assert clock.due_at == end_of_day(sooner)
    assert clock.started_at < clock.alarm_at < clock.due_at
    assert [e.data["until"] for e in course.matter.events.filter(name="schedule")] == [
        "2026-05-31", "2026-05-01",
    ]  # fmt: skip


def test_more_time_is_given_on_top_of_the_day(task) -> None:
    course = task.listed(kind="task").step("schedule", "operator", until=LAST_DAY)
    course.step("dispatch", "operator", lead=course.cast["handler"].unit).step("accept", "handler")
    later = LAST_DAY + timedelta(days=14)
    course.step("extend", "handler", until=later, text="Rain.")
    course.step("grant_extension", "supervisor")
    assert course.matter.promised_at == end_of_day(later)


def test_only_tasks_only_days_ahead_and_only_those_who_dispatch(course, task, cast) -> None:
    listed = task.listed(kind="task").matter
    with pytest.raises(Refused, match="not over"):
        perform(listed, "schedule", until=NOON.date() - DAY, by=cast["operator"], now=NOON)
    with pytest.raises(NotYours):
        perform(listed, "schedule", until=LAST_DAY, by=cast["handler"], now=NOON)
    request = course().listed().matter
    assert "schedule" not in [move.name for move in moves_for(request, cast["operator"], NOON)]
    assert reread(listed).promised_at is not None
