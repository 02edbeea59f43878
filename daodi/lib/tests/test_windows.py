from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.windows import Window, begin_of, end_of, periods, so_far, window_of

SPANS = ("day", "week", "month", "quarter")
NAMES = ("week", "month", "quarter", "days30")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("name", "window", "before"),
    [
        ("week", ("2026-03-30", "2026-03-31"), ("2026-03-23", "2026-03-24")),
        # February has no 31st: it is compared as far as it goes.
        ("month", ("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28")),
        ("quarter", ("2026-01-01", "2026-03-31"), ("2025-10-01", "2025-12-29")),
        ("days30", ("2026-03-02", "2026-03-31"), ("2026-01-31", "2026-03-01")),
    ],
)
def test_what_is_not_over_is_compared_with_as_many_days(name, window, before) -> None:
    found = so_far(name, date(2026, 3, 31))
    assert [(str(each.first), str(each.last)) for each in found] == [window, before]


@given(st.sampled_from(NAMES), DAYS)
def test_windows_do_not_overlap(name: str, today: date) -> None:
    window, before = so_far(name, today)
    assert window.last == today
    assert before.first <= before.last < window.first
    assert before.days <= window.days


@given(DAYS, st.integers(0, 400))
def test_before_a_window_lie_as_many_days(first: date, more: int) -> None:
    window = Window(first, first + timedelta(days=more))
    assert window.before().days == window.days
    assert window.before().last == first - timedelta(days=1)


def test_another_name_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="decade"):
        so_far("decade", date(2026, 3, 31))


@given(
    st.sampled_from(SPANS),
    DAYS,
    st.integers(0, 400),
)
def test_periods_are_the_window_without_a_gap(step: str, first: date, more: int) -> None:
    window = Window(first, first + timedelta(days=more))
    found = periods(window, step)
    assert (found[0].first, found[-1].last) == (window.first, window.last)
    assert sum(each.days for each in found) == window.days
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(found))
    assert all(each.first == begin_of(step, each.first) for each in found[1:])


@given(st.sampled_from(SPANS), DAYS)
def test_a_span_holds_its_days_and_no_other(name: str, day: date) -> None:
    window = window_of(name, day)
    assert window.first <= day <= window.last
    assert window_of(name, window.first) == window_of(name, window.last) == window
    assert end_of(name, window.first - timedelta(days=1)) == window.first - timedelta(days=1)
    assert {"week": window.first.weekday() == 0, "day": window.days == 1}.get(
        name, window.first.day == 1
    )


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("day", "2024-02-29", "2024-02-29"),
        ("week", "2024-02-26", "2024-03-03"),
        ("month", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-01-01", "2024-03-31"),
    ],
)
def test_the_spans_of_a_leap_day(name, first, last) -> None:
    window = window_of(name, date(2024, 2, 29))
    assert (str(window.first), str(window.last)) == (first, last)
