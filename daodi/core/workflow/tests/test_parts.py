"""Joint units have days of their own: the operator's, or half of the lead unit's time."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.roles import Role
from daodi.core.workflow.parts import _set_due
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform
from tests.makers import (
    DAY,
    HOUR,
    NOON,
    SHANGHAI,
    make_calendar,
    make_ledger,
    make_matter,
    make_member,
    make_unit,
)

FRIDAY = datetime(2026, 3, 6, 9, tzinfo=SHANGHAI)


def part_of(matter: Matter) -> Part:
    return matter.parts.get(ended_at=None)


def end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI) + DAY


def test_without_a_day_it_is_half_of_the_leads_time(course) -> None:
    """Five working days from Monday noon end on Monday noon: half of them on Wednesday night."""
    make_calendar()
    matter = course().dispatched(joint=[make_unit("water")]).matter
    part = part_of(matter)
    sent = matter.dispatched_at
    assert matter.promised_at == sent + 7 * DAY
    assert part.due_at == sent + timedelta(days=2, hours=12)
    assert part.alarm_at == sent + (part.due_at - sent) * 0.8


def test_a_weekend_does_not_count_where_the_leads_clock_does_not_count_it(course) -> None:
    make_calendar()
    started = course()
    started.now = FRIDAY
    matter = started.dispatched(joint=[make_unit("water")]).matter
    due = part_of(matter).due_at.astimezone(SHANGHAI)
    assert due.date() == date(2026, 3, 10)


def test_in_hours_it_is_half_of_the_hours(course) -> None:
    make_ledger(policy="13710-hours")
    matter = course().dispatched(joint=[make_unit("water")]).matter
    assert part_of(matter).due_at == matter.dispatched_at + 3.5 * HOUR


def test_the_operator_names_a_day(course) -> None:
    make_calendar()
    day = date(2026, 3, 4)
    matter = course().dispatched(joint=[make_unit("water")], joint_until=day).matter
    assert part_of(matter).due_at == end_of(day)


def test_no_part_is_due_after_the_lead(course) -> None:
    make_calendar()
    late = date(2026, 5, 1)
    matter = course().dispatched(joint=[make_unit("water")], joint_until=late).matter
    assert part_of(matter).due_at == matter.promised_at


def test_a_day_that_is_over_is_refused(course) -> None:
    with pytest.raises(Refused, match="lies in the past"):
        course().dispatched(joint=[make_unit("water")], joint_until=date(2026, 3, 1))


def test_each_unit_can_have_a_day_of_its_own(course, operator, handler) -> None:
    make_calendar()
    started = course().dispatched(joint=[make_unit("water"), make_unit("power")])
    power = started.matter.parts.get(unit__code="power")
    with pytest.raises(NotYours):
        started.step("schedule_part", "handler", part=power, until=date(2026, 3, 3))
    matter = started.step("schedule_part", "operator", part=power, until=date(2026, 3, 3)).matter
    due = dict(matter.parts.values_list("unit__code", "due_at"))
    assert due["power"] == end_of(date(2026, 3, 3))
    assert due["water"] > due["power"]
    assert matter.events.last().data["joint"] == ["power"]


def test_what_is_handed_in_has_no_day_to_set(course, operator) -> None:
    water = make_member("plumber", Role.HANDLER, unit="water")
    started = course().dispatched(joint=[water.unit]).step("hand_part", water, text="Done.")
    part, day = part_of(started.matter), date(2026, 3, 3)
    with pytest.raises(Refused, match="No joint unit has a part that is open"):
        perform(started.matter, "schedule_part", part=part, until=day, by=operator, now=NOON)


def test_another_dispatch_ends_the_parts_of_the_first(course) -> None:
    started = course().dispatched(joint=[make_unit("water")])
    started.step("recall", "operator")
    assert started.matter.state == State.LISTED
    assert list(started.matter.parts.values_list("alarm_at", flat=True)) == [None]


@pytest.mark.parametrize(
    ("name", "by", "given"),
    [
        ("withdraw", Side.RESIDENT, {}),
        ("decline", "operator", {"reason": "Not ours", "text": "Please turn to the court."}),
        ("merge", "operator", {"into": make_matter}),
    ],
)
def test_what_ends_on_the_way_ends_for_joint_units_too(course, name, by, given) -> None:
    water = make_member("plumber", Role.HANDLER, unit="water")
    run = course().dispatched(joint=[water.unit])
    if name == "decline":
        run.step("object", "handler", text="Not our lamp.", basis="List of duties")
    given = {key: value() if callable(value) else value for key, value in given.items()}
    matter = run.step(name, by, **given).matter
    assert list(matter.parts.values_list("ended_at", "alarm_at")) == [(run.now, None)]
    assert sides_of(matter, water) == set()


@given(hours=st.integers(1, 24 * 400))
def test_a_reminder_lies_between_beginning_and_end(hours: int) -> None:
    part, due = Part(), NOON + hours * HOUR
    _set_due(part, due, NOON)
    assert NOON < part.alarm_at < part.due_at == due
