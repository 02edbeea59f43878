"""A day that is over is closed once, with one root over what was written down on it."""

from datetime import date, datetime
from threading import Thread

import pytest
from django.db import connection

from daodi.core.history.chain import START, merkle_root
from daodi.core.history.models import DayRoot
from daodi.core.history.record import Line, write
from daodi.core.history.roots import close_days
from daodi.core.history.verify import verify_days
from daodi.core.matters.states import Side
from tests.makers import DAY, NOON, SHANGHAI, make_matter


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def roots() -> list[tuple[date, int]]:
    return list(DayRoot.objects.order_by("day").values_list("day", "events"))


def test_without_any_event_there_is_nothing_to_close(db) -> None:
    assert close_days(NOON) == []


def test_each_day_is_closed_once_and_never_again(matter) -> None:
    later = make_matter("Another lamp.", now=at(4, 9))
    assert [root.day.day for root in close_days(at(5, 9))] == [2, 3, 4]
    assert close_days(at(5, 10)) == []
    first, empty, last = DayRoot.objects.order_by("day")
    assert bytes(first.root) == merkle_root([bytes(matter.head)])
    assert (bytes(empty.root), empty.events) == (START, 0)
    assert bytes(last.root) == merkle_root([bytes(later.head)])


def test_a_day_is_closed_when_late_writers_are_done(matter) -> None:
    assert close_days(at(2, 23, 59)) == close_days(at(3, 0, 9)) == []
    assert [root.day for root in close_days(at(3, 0, 10))] == [date(2026, 3, 2)]


def test_days_are_days_here_and_not_in_utc(matter) -> None:
    # Both lie on the 2nd of March in UTC.
    write(matter, Line("note", Side.SYSTEM), at(2, 23, 59))
    write(matter, Line("note", Side.SYSTEM), at(3, 0, 1))
    close_days(at(4, 1))
    assert roots() == [(date(2026, 3, 2), 2), (date(2026, 3, 3), 1)]


@pytest.mark.django_db(transaction=True)
def test_two_may_close_the_same_days() -> None:
    make_matter()

    def close() -> None:
        close_days(NOON + 3 * DAY)
        connection.close()

    both = [Thread(target=close) for _ in "12"]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert [events for _day, events in roots()] == [1, 0, 0]
    assert [faults for _day, faults in verify_days()] == [[], [], []]
