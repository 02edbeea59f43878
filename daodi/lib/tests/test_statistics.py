from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.statistics import counts_differ, differ, wilson


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)


def test_without_a_case_everything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_and_more_cases_say_more(case: tuple[int, int]) -> None:
    hits, of = case
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1
    low_ten, high_ten = wilson(hits * 10, of * 10)
    assert high_ten - low_ten < high - low


def test_shares_differ_only_beyond_chance() -> None:
    # Newcombe's own example: 56 of 70 against 48 of 80, interval 0.0524 to 0.3339.
    assert differ(56, 70, 48, 80)
    assert differ(48, 80, 56, 70)
    assert not differ(9, 10, 8, 10)
    assert not differ(1, 1, 0, 0)


def test_counts_differ_only_beyond_chance() -> None:
    assert counts_differ(30, 60)
    assert not counts_differ(10, 14)
    assert not counts_differ(0, 0)
