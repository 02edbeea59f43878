"""A year as it comes in: every category, in the rhythm of days, seasons, storms and holidays."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from daodi.demo.almanac import MONTHS, fits_day, months_of
from daodi.demo.arrivals import OTHERS, SOME, STAGE, Arrival, arrivals
from daodi.demo.dice import dice
from daodi.demo.others import items
from daodi.demo.stories import leads
from daodi.lib.worktime import WorkCalendar

ZONE = ZoneInfo("Asia/Shanghai")
UNTIL = datetime(2026, 11, 22, 15, tzinfo=ZONE)
START = UNTIL - timedelta(days=365)
# The Spring Festival of 2026, and a make-up workday before it.
FESTIVAL = [date(2026, 2, day) for day in range(15, 24)]
CALENDAR = WorkCalendar(ZONE, frozenset(FESTIVAL), frozenset({date(2026, 2, 14)}))
REQUESTS = 5000


def coming(requests: int = REQUESTS, seed: int = 3) -> list[Arrival]:
    return list(
        arrivals(dice(seed), start=START, until=UNTIL, requests=requests, calendar=CALENDAR)
    )


@pytest.fixture(scope="module")
def year() -> list[Arrival]:
    return coming()


def of_requests(year: list[Arrival]) -> list[Arrival]:
    return [one for one in year if one.what == "request"]


def test_a_year_has_its_number_of_each_in_the_order_of_time(year) -> None:
    staged = Counter(what for _hours, what, *_rest in STAGE if what != "request")
    wanted = {what: round(REQUESTS * share) for what, (share, _least, _hours) in OTHERS.items()}
    found = Counter(one.what for one in year)
    assert found == staged + Counter(wanted) + Counter(request=REQUESTS)
    assert [one.at for one in year] == sorted(one.at for one in year)
    assert year[0].at >= START
    assert year[-1].at < UNTIL


def test_the_same_seed_plans_the_same_year(year) -> None:
    assert [(one.at, one.what, one.category) for one in year] == [
        (one.at, one.what, one.category) for one in coming()
    ]
    assert [one.at for one in coming(seed=4)] != [one.at for one in year]


def test_every_category_comes_in_a_year(year) -> None:
    assert {one.category for one in of_requests(year)} == set(leads())


def test_nothing_comes_out_of_season(year) -> None:
    usual = [one for one in of_requests(year) if not (one.burst or one.last_act)]
    assert [one for one in usual if not fits_day(one.category, one.at.date())] == []
    months = {code: {one.at.month for one in usual if one.category == code} for code in MONTHS}
    assert months["GY0401"] <= {11, 12, 1, 2, 3}
    assert months["HJ0203"] <= {5, 6, 9, 10, 11}
    assert all(sum(months_of(code)) for code in leads())


def test_the_rhythm_of_days_and_hours(year) -> None:
    usual = [one.at for one in of_requests(year) if not one.burst]
    days = Counter(at.weekday() for at in usual)
    assert days[5] + days[6] < days[0] + days[1]
    hours = Counter(at.hour for at in usual)
    assert hours[9] > 5 * (hours[3] + hours[4] + 1)
    quiet = sum(at.date() in FESTIVAL for at in usual) / len(FESTIVAL)
    after = sum(date(2026, 2, 24) <= at.date() <= date(2026, 2, 27) for at in usual) / 4
    assert quiet * 2 < after


def test_storms_and_a_burst_main_come_in_one_area_within_hours(year) -> None:
    bursts = {id(one.burst): one.burst for one in year if one.burst and one.burst.repeated < 1}
    assert sorted(burst.begins.month in (7, 8) for burst in bursts.values()) == [False, True, True]
    for burst in bursts.values():
        mine = [one for one in year if one.burst is burst]
        assert len(mine) == round(REQUESTS * burst.share) >= 40
        assert all(burst.begins <= one.at <= burst.begins + timedelta(hours=16) for one in mine)
        assert {one.category for one in mine} == {code[:6] for code in burst.categories}


@pytest.mark.parametrize("requests", [SOME, REQUESTS])
def test_neighbours_say_the_same_of_one_place_until_today(requests) -> None:
    year = coming(requests)
    troubles = {id(one.burst): one.burst for one in year if one.burst and one.burst.repeated == 1}
    assert len(troubles) == 4
    for trouble in troubles.values():
        mine = [one.at for one in year if one.burst is trouble]
        assert len(mine) == max(trouble.least, round(requests * trouble.share))
        assert trouble.begins <= min(mine) < max(mine) <= UNTIL
    assert len(of_requests(year)) == requests


def test_something_waits_for_everybody_today(year) -> None:
    assert [one.last_act for one in year if one.last_act] == [
        last for *_rest, last in sorted(STAGE, key=lambda line: -line[0])
    ]
    assert sum(one.at > UNTIL - timedelta(hours=6) for one in year) >= 5


def test_a_small_year_is_whole_too() -> None:
    year = coming(60)
    assert len(of_requests(year)) == 60
    assert {one.what for one in year} == {"request", "task", "problem", "talk"}


def test_every_month_has_tasks() -> None:
    assert all(any(month in item.months for item in items()) for month in range(1, 13))
