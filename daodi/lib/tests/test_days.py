"""A day is one of the site's, in China eight hours before that of UTC."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.days import DAY, begin_of_day, day_of, end_of_day

ANY_DAY = st.dates(date(1993, 1, 1), date(2100, 1, 1))


def test_a_day_begins_and_ends_here() -> None:
    day = date(2026, 3, 2)
    assert begin_of_day(day) == datetime(2026, 3, 1, 16, tzinfo=UTC)
    assert end_of_day(day) == datetime(2026, 3, 2, 16, tzinfo=UTC)


@given(ANY_DAY)
def test_what_begins_with_a_day_lies_in_it_and_what_ends_it_does_not(day: date) -> None:
    assert day_of(begin_of_day(day)) == day
    assert day_of(end_of_day(day)) == day + DAY
