"""What may be said of two windows beside each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.core.figures.comparing import Change, Direction, change
from daodi.core.figures.counting import Figure
from daodi.core.figures.formulas import formula

RATE, LESS, PLAIN = formula("on_time"), formula("overdue"), formula("filed")


def rate(hits: float, of: int, rule=RATE) -> Figure:
    return Figure(rule, hits, of)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (rate(9, 9), rate(50, 100), Change(Direction.FEW, 0.0)),
        (rate(50, 100), rate(0, 0), Change(Direction.FEW, 0.0)),
        (rate(95, 100), rate(70, 100), Change(Direction.UP, 0.25, is_better=True)),
        (rate(70, 100), rate(95, 100), Change(Direction.DOWN, -0.25, is_better=False)),
        (rate(40, 100, LESS), rate(10, 100, LESS), Change(Direction.UP, 0.3, is_better=False)),
        # 18 and 16 of 20 may be one and the same.
        (rate(18, 20), rate(16, 20), Change(Direction.SAME, 0.1)),
        # More requests are neither good nor bad.
        (Figure(PLAIN, 200, 200), Figure(PLAIN, 100, 100), Change(Direction.UP, 1.0)),
        (Figure(PLAIN, 104, 104), Figure(PLAIN, 100, 100), Change(Direction.SAME, 0.04)),
    ],
)
def test_what_is_said(now: Figure, before: Figure, expected: Change) -> None:
    found = change(now, before)
    assert (found.direction, found.is_better) == (expected.direction, expected.is_better)
    assert found.difference == pytest.approx(expected.difference)


cases, shares = st.integers(10, 500), st.integers(0, 100)


@given(cases, shares, cases, shares)
def test_seen_from_the_other_side_it_is_the_opposite(one, of_one, other, of_other) -> None:
    a, b = rate(one * of_one / 100, one), rate(other * of_other / 100, other)
    opposite = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}
    there, back = change(a, b), change(b, a)
    assert back.direction == opposite.get(there.direction, there.direction)
    assert change(a, a).direction == Direction.SAME
