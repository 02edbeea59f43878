"""Times as offices write them in the tables of their plans."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daodi.lib.due import Due, Repeats, Within, read_due

YEAR = Within(date(2026, 1, 1), date(2026, 12, 31))
DAYS = st.dates(YEAR.first, YEAR.last)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("4月底前", (4, 30)),
        ("2026年4月底前完成", (4, 30)),
        ("４ 月 底 前", (4, 30)),
        ("十二月底前", (12, 31)),
        ("二〇二六年五月", (5, 31)),
        ("十月中旬前", (10, 20)),
        ("6月上旬", (6, 10)),
        ("2026.04", (4, 30)),
        ("2026-04-15", (4, 15)),
        ("4月15日前", (4, 15)),
        ("第二季度", (6, 30)),
        ("二季度末", (6, 30)),
        ("上半年", (6, 30)),
        ("年底前", (12, 31)),
        ("今年底", (12, 31)),
        ("全年", (12, 31)),
        (datetime(2026, 4, 15, tzinfo=UTC), (4, 15)),
        (date(2026, 4, 15), (4, 15)),
    ],
)
def test_a_day_within_the_plan_is_understood_without_a_doubt(words, day) -> None:
    assert read_due(words, YEAR) == Due(date(2026, *day))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("3月至6月", (3, 1), (6, 30)),
        ("2026年3月—6月", (3, 1), (6, 30)),
        ("2026.1-2026.12", (1, 1), (12, 31)),
        ("2026年3月5日至6月30日", (3, 5), (6, 30)),
        ("3～6月", (3, 1), (6, 30)),
    ],
)
def test_a_span_has_two_ends(words, first, last) -> None:
    assert read_due(words, YEAR) == Due(date(2026, *last), date(2026, *first))


def test_what_comes_again_needs_no_day() -> None:
    assert read_due("每季度", YEAR) == Due(repeats=Repeats.QUARTER)
    assert read_due("每月一次", YEAR) == Due(repeats=Repeats.MONTH)
    assert read_due("长期坚持", YEAR) == Due(repeats=Repeats.ALWAYS)
    both = Due(date(2026, 4, 30), repeats=Repeats.ALWAYS)
    assert read_due("4月底前完成，长期坚持", YEAR) == both


@pytest.mark.parametrize("words", ["尽快", "即知即改", "2月30日", "13月", "6月至3月", "按要求"])
def test_what_cannot_be_told_is_a_doubt_and_no_guess(words) -> None:
    found = read_due(words, YEAR)
    assert (found.day, bool(found.doubt)) == (None, True)


def test_an_endless_text_is_no_time_and_costs_none() -> None:
    assert read_due("4月" + "前完成" * 18 + "x", YEAR).doubt
    assert read_due("4月底前，" * 10_000, YEAR).day is None


def test_the_plan_says_which_year_is_meant() -> None:
    over_winter = Within(date(2026, 10, 1), date(2027, 3, 31))
    assert read_due("1月底前", over_winter) == Due(date(2027, 1, 31))
    two_years = Within(date(2026, 1, 1), date(2027, 12, 31))
    found = read_due("4月底前", two_years)
    assert (found.day, "no year" in found.doubt) == (date(2026, 4, 30), True)
    outside = read_due("2025年4月", YEAR)
    assert (outside.day, "outside" in outside.doubt) == (date(2025, 4, 30), True)


@given(DAYS)
def test_a_day_is_read_back_however_it_is_written(day) -> None:
    for form in ("%Y年%m月%d日", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d前", "%m月%d日前完成"):
        assert read_due(day.strftime(form), YEAR) == Due(day)


@given(st.text(max_size=40))
def test_any_text_gives_a_day_or_a_doubt_or_a_rhythm(words) -> None:
    found = read_due(words, YEAR)
    assert (
        found == Due()
        if not words.strip()
        else found == Due() or any((found.day, found.doubt, found.repeats))
    )
