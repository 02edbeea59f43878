"""At once, in the morning, and not while people sleep."""

from datetime import datetime, time

import pytest

from daodi.core.clocks.services import load_calendar
from daodi.core.notices.models import Address
from daodi.core.notices.times import after_quiet, first_moment, moment_to_send
from tests.makers import SHANGHAI, make_calendar

NIGHT, NOON, NONE = (time(21), time(8)), (time(12), time(14)), (time(0), time(0))
ONCE, MORNING = Address.Pace.ONCE, Address.Pace.MORNING


def at(day: int, clock: str) -> datetime:
    """A moment of April 2026: the 6th is a holiday, a Monday."""
    return datetime.combine(
        datetime(2026, 4, day), time.fromisoformat(clock), SHANGHAI  # noqa: DTZ001
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "quiet", "then"),
    [
        (at(1, "20:59"), NIGHT, at(1, "20:59")),
        (at(1, "21:00"), NIGHT, at(2, "08:00")),
        (at(2, "07:59"), NIGHT, at(2, "08:00")),
        (at(2, "08:00"), NIGHT, at(2, "08:00")),
        (at(2, "12:30"), NOON, at(2, "14:00")),
        (at(2, "11:59"), NOON, at(2, "11:59")),
        (at(2, "00:00"), NONE, at(2, "00:00")),
    ],
)
def test_quiet_hours(now, quiet, then) -> None:
    assert after_quiet(now, *quiet) == then == first_moment(now, ONCE, quiet)


@pytest.mark.parametrize(
    ("now", "quiet", "then"),
    [
        (at(1, "08:29"), NIGHT, at(1, "08:30")),
        (at(1, "08:30"), NIGHT, at(2, "08:30")),
        (at(1, "23:00"), (time(21), time(9)), at(2, "09:00")),
    ],
)
def test_the_morning_message_comes_when_the_office_opens(now, quiet, then) -> None:
    assert first_moment(now, MORNING, quiet) == then


def test_and_waits_for_a_working_day(db) -> None:
    make_calendar()
    calendar = load_calendar()
    moments = [at(3, "08:30"), at(4, "08:30"), at(5, "10:00"), at(6, "08:30"), at(7, "10:00")]
    sent = [moment_to_send(moment, MORNING, NIGHT, calendar) for moment in moments]
    assert sent == [at(3, "08:30"), *[at(7, "08:30")] * 3, at(7, "10:00")]
    assert moment_to_send(at(5, "10:00"), ONCE, NIGHT, calendar) == at(5, "10:00")
