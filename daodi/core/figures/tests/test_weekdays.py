"""What is unusual about a day."""

from datetime import timedelta

from daodi.core.figures.counting import Scope
from daodi.core.figures.formulas import formula
from daodi.core.figures.projecting import project
from daodi.core.figures.weekdays import DayCount, weekday_counts
from tests.makers import DAY, NOON, make_ledger, make_matter

TODAY = NOON.date() + timedelta(weeks=4)


def test_the_same_weekday_of_four_weeks_is_counted(db) -> None:
    for week, several in enumerate((2, 1, 0, 1, 3)):
        for number in range(several):
            make_matter(f"Lamp {week} {number} is dark.", now=NOON + week * 7 * DAY)
    make_matter("On another weekday.", now=NOON + DAY)
    project(NOON + 28 * DAY)
    scope = Scope(make_ledger(), TODAY, TODAY)
    for axis in ("ledger", "unit", "town"):
        assert weekday_counts(scope, formula("filed"), axis) == [DayCount("", 3, (2, 1, 0, 1))]
    assert weekday_counts(scope, formula("cleared"), "ledger") == [DayCount("", 0, (0, 0, 0, 0))]
    assert weekday_counts(scope, formula("cleared"), "unit") == []


def test_unusual_is_what_chance_would_hardly_bring() -> None:
    assert [DayCount("", n, (4, 4, 4, 4)).is_unusual for n in (0, 4, 8, 9)] == [
        False, False, False, True,
    ]  # fmt: skip
    assert [DayCount("", n, (40, 40, 40, 40)).is_unusual for n in (25, 30, 50, 60)] == [
        True, False, False, True,
    ]  # fmt: skip
    # Twice where there is never one: too little to speak of.
    assert [DayCount("", n, (0, 0, 0, 0)).is_unusual for n in (1, 2, 3)] == [False, False, True]
