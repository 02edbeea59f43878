"""The calendar: statutory holidays and make-up workdays, seeded, editable, honest about 2027."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from daodi.core.clocks.models import CalendarDay
from daodi.core.clocks.services import announce_year, load_calendar, seed_calendar
from daodi.core.exceptions import Refused
from daodi.lib.worktime import Reason

MAKE_UP_2026 = [
    date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
    date(2026, 10, 10),
]  # fmt: skip


def test_the_library_knows_2019_to_2026(db) -> None:
    assert (seed_calendar(), seed_calendar()) == (list(range(2019, 2027)), [])
    calendar = load_calendar()
    assert calendar.known_to == 2026
    assert sorted(day for day in calendar.make_up_days if day.year == 2026) == MAKE_UP_2026
    assert [calendar.reason(date(2026, 10, day)) for day in (1, 7, 8, 10, 11)] == [
        Reason.HOLIDAY,
        Reason.HOLIDAY,
        Reason.WORKDAY,
        Reason.MAKE_UP,
        Reason.WEEKEND,
    ]
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert sum(map(calendar.is_workday, days)) == 248


def test_an_empty_calendar_knows_no_year(db) -> None:
    assert load_calendar().known_to == 2018
    assert load_calendar().is_workday(date(2026, 10, 1))


def test_a_year_is_announced_and_announced_again(db) -> None:
    seed_calendar()
    off, worked = date(2027, 2, 8), date(2027, 2, 14)
    announce_year(2027, {off: (False, "春节"), worked: (True, "春节")}, "国办发明电")
    assert load_calendar().known_to == 2027
    announce_year(2027, {off: (True, "改了")}, "国办发明电 2")
    assert list(CalendarDay.objects.filter(day__year=2027).values_list("day", "is_worked")) == [
        (off, True)
    ]
    assert seed_calendar() == []


def test_days_are_read_once_and_a_year_announced_is_known_at_once(
    db, django_assert_num_queries
) -> None:
    seed_calendar()
    load_calendar()
    with django_assert_num_queries(1):
        before = load_calendar()
    with transaction.atomic():
        announce_year(2026, {date(2026, 3, 2): (False, "a day off")}, "again")
        with django_assert_num_queries(2):
            assert load_calendar().days_off - before.days_off == {date(2026, 3, 2)}
        transaction.set_rollback(True)
    assert load_calendar() == before


def test_a_year_after_a_gap_is_not_known_yet(db) -> None:
    seed_calendar()
    announce_year(2028, {}, "early")
    assert load_calendar().known_to == 2026


def test_days_of_another_year_are_refused_and_nothing_changes(db) -> None:
    seed_calendar()
    with pytest.raises(Refused, match="2028-01-01 is not a day of 2027"):
        announce_year(2027, {date(2028, 1, 1): (False, "元旦")}, "wrong")
    assert (load_calendar().known_to, CalendarDay.objects.filter(day__year=2027).count()) == (
        2026,
        0,
    )
