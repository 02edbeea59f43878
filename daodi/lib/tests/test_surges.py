"""What grows faster than its own past allows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from daodi.lib.replaying import replayed
from daodi.lib.statistics import poisson_tail
from daodi.lib.surges import LEARNT_FROM, SPANS, begun, daily, replay, surge_on

FIRST = date(2024, 1, 1)
# So often somebody may be told in vain in four quiet years of one series.
MOST_FALSE = 2


def days(*counts: int, after: int = 0) -> dict[date, int]:
    return {FIRST + timedelta(days=after + n): count for n, count in enumerate(counts)}


def quiet(seed: int, mean: float, length: int = 365) -> dict[date, int]:
    """A series by chance alone, with half as many at weekends."""
    random = default_rng(seed)
    found = {}
    for n in range(length):
        day = FIRST + timedelta(days=n)
        rate = mean / 2 if day.weekday() >= 5 else mean * 1.2
        found[day] = int(random.poisson(rate))
    return found


def test_many_of_what_hardly_ever_comes_stand_out() -> None:
    counts = days(1) | days(2, 2, 2, after=100)
    found = surge_on(counts, FIRST + timedelta(days=102), FIRST)
    assert found is not None
    assert (found.count, found.expected < 1) == (6, True)


def test_the_same_number_is_nothing_where_it_is_usual() -> None:
    counts = days(*[2] * 120)
    assert surge_on(counts, FIRST + timedelta(days=110), FIRST) is None


def test_what_has_no_past_is_not_judged() -> None:
    counts = days(*[9] * (LEARNT_FROM + min(SPANS) - 1))
    assert surge_on(counts, FIRST + timedelta(days=LEARNT_FROM + min(SPANS) - 2), FIRST) is None


def test_few_are_never_told() -> None:
    assert surge_on(days(0) | days(3, after=200), FIRST + timedelta(days=200), FIRST) is None


@pytest.mark.parametrize("mean", [0.05, 0.5, 3])
def test_replaying_quiet_years_hardly_ever_alarms(mean: float) -> None:
    last = FIRST + timedelta(days=364)
    false = sum(len(list(replay(quiet(seed, mean), FIRST, last))) for seed in range(4))
    assert false <= MOST_FALSE


def test_a_surge_is_told_once_and_early() -> None:
    counts = quiet(3, 0.3) | days(3, 4, 5, 6, 5, 4, after=300)
    (found,) = replay(counts, FIRST, FIRST + timedelta(days=330))
    assert (found.day - FIRST).days <= 302


@given(st.integers(0, 30), st.floats(0.1, 20))
def test_more_is_never_likelier(count: int, mean: float) -> None:
    assert 0 <= poisson_tail(count + 1, mean) <= poisson_tail(count, mean) <= 1


def test_one_loud_person_is_no_surge() -> None:
    loud = [(FIRST + timedelta(days=200 + n), "a") for n in range(14)]
    assert sorted(daily(loud).values()) == [1, 1]


def test_what_is_told_of_a_mixed_past_is_told_in_vain() -> None:
    counts = quiet(3, 0.3) | days(3, 4, 5, 6, 5, 4, after=300)
    found = replayed({"41": counts}, FIRST, FIRST + timedelta(days=364), "a")
    assert (found.series, found.told, found.by_chance <= 1) == (1, 1, True)
    both = {"41": counts, "4102": counts, "": counts}
    # What a part of an area has is not told of the area too.
    assert replayed(both, FIRST, FIRST + timedelta(days=364), "a").told == 2
    assert found.plus(found).share == found.share == min(1.0, found.by_chance)


def test_what_never_came_was_never_told() -> None:
    assert replayed({"41": {}}, FIRST, FIRST, "a").share == 0


@given(st.lists(st.tuples(st.integers(0, 99), st.sampled_from("abc"))))
def test_nobody_counts_twice_in_a_week(given: list[tuple[int, str]]) -> None:
    counts = daily([(FIRST + timedelta(days=n), person) for n, person in given])
    assert all(0 < count <= len({person for _n, person in given}) for count in counts.values())
    for start in counts:
        week = sum(counts[start + timedelta(days=n)] for n in range(7))
        assert week <= len({person for _n, person in given})


def test_what_was_entered_afterwards_is_no_beginning() -> None:
    strays = [FIRST - timedelta(days=n) for n in (400, 200, 90)]
    steady = [FIRST + timedelta(days=2 * n) for n in range(60)]
    assert begun([*strays, *steady]) == FIRST
    assert begun(strays) is None
