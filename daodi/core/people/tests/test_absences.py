"""Absences, and the places of deputies."""

from datetime import date, timedelta

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.people.absences import (
    Absence,
    deputies_for,
    end_absence,
    enter_absence,
    places_of,
)
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member
from tests.makers import NOON, make_member, make_unit

MONDAY = date(2026, 3, 2)
FRIDAY = MONDAY + timedelta(days=4)
DAY = timedelta(days=1)


def away(member, deputy, first=MONDAY, last=FRIDAY, by=None, **given) -> Absence:
    return enter_absence(
        member, deputy=deputy, first_day=first, last_day=last, by=by or member, now=NOON, **given
    )


def places(member, day=MONDAY) -> list[tuple[Member, Member | None]]:
    return [(place, place.deputy) for place in places_of(member.user_id, day)]


def place_for(deputy, absent, day=MONDAY) -> Member:
    return next(p for p in places_of(deputy.user_id, day) if p == absent)


def test_a_deputy_has_one_place_more_from_the_first_day_to_the_last(leader, handler) -> None:
    away(leader, handler)
    own, absents = (handler, None), (leader, handler)
    found = {day: places(handler, day) for day in (MONDAY - DAY, MONDAY, FRIDAY, FRIDAY + DAY)}
    assert found == {
        MONDAY - DAY: [own], MONDAY: [own, absents], FRIDAY: [own, absents], FRIDAY + DAY: [own],
    }  # fmt: skip
    assert place_for(handler, leader).deputy_until == FRIDAY


def test_places_are_one_query_and_one_more_for_deputies(
    leader, handler, django_assert_num_queries
) -> None:
    away(leader, handler)
    with django_assert_num_queries(1):
        assert places(leader) == [(leader, None)]
    add_member(username="handler", name="", unit=make_unit("estate"), roles=[Role.CALLER])
    with django_assert_num_queries(2):
        found = places_of(handler.user_id, MONDAY)
        assert [(str(place), str(place.unit)) for place in found] == [
            ("Handler", "Bureau"), ("Handler", "Estate"), ("Leader", "Bureau"),
        ]  # fmt: skip


def test_earlier_and_later_absences_give_no_place(leader, handler) -> None:
    third = make_member("third", Role.HANDLER)
    for deputy, weeks in ((third, -1), (handler, 0), (third, 1), (handler, 2)):
        begin = MONDAY + timedelta(weeks=weeks)
        away(leader, deputy, first=begin, last=begin + 4 * DAY)
    assert places(handler) == [(handler, None), (leader, handler)]
    assert places(third) == [(third, None)]


def test_nobody_manages_accounts_as_a_deputy(manager, leader) -> None:
    helper = make_member("helper", Role.HANDLER, unit="county", parent=None)
    away(manager, helper)
    assert places(helper) == [(helper, None)]
    manager.roles = [Role.MANAGER, Role.OPERATOR]
    manager.save(update_fields=["roles"])
    assert place_for(helper, manager).roles == [Role.OPERATOR]


def test_a_deputyship_is_not_handed_on(leader, handler) -> None:
    third = make_member("third", Role.HANDLER)
    away(leader, handler)
    away(handler, third)
    assert places(third) == [(third, None), (handler, third)]
    place = place_for(handler, leader)
    with pytest.raises(NotYours, match="Not as a deputy"):
        away(leader, third, first=FRIDAY + DAY, last=FRIDAY + DAY, by=place)


def test_it_ends_when_it_is_ended_or_a_membership_ends(leader, handler) -> None:
    absence = away(leader, handler)
    end_absence(absence, by=leader, now=NOON)
    assert places(handler) == [(handler, None)]
    away(leader, handler)
    leader.is_active = False
    leader.save(update_fields=["is_active"])
    assert places(handler) == [(handler, None)]


def test_who_may_stand_in(leader, handler, outsider, manager) -> None:
    village = make_member("village", Role.HANDLER, unit="village", parent="bureau")
    assert list(deputies_for(village)) == [leader, handler, manager]
    with pytest.raises(Refused, match="same unit or of one above"):
        away(leader, village)
    with pytest.raises(Refused, match="same unit or of one above"):
        away(leader, outsider)


def test_who_may_enter_it_for_whom(leader, handler, outsider, manager) -> None:
    third = make_member("third", Role.HANDLER)
    for by in (third, outsider):
        with pytest.raises(NotYours):
            away(handler, third, by=by)
    with pytest.raises(Refused, match="cannot make yourself the deputy"):
        away(handler, leader, by=leader)
    entered = [
        away(handler, third, first=MONDAY + n * DAY, last=MONDAY + n * DAY, by=by).entered_by
        for n, by in enumerate((handler, leader, manager))
    ]
    assert entered == [handler, leader, manager]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (FRIDAY, MONDAY, "before the first one"),
        (MONDAY, MONDAY + 366 * DAY, "At most a year"),
        (FRIDAY, FRIDAY + DAY, "away on some of these days already"),
    ],
)
def test_days_that_cannot_be(leader, handler, first, last, words) -> None:
    away(leader, handler)
    with pytest.raises(Refused, match=words):
        away(leader, handler, first=first, last=last)


def test_a_deputy_is_there_on_these_days(leader, handler) -> None:
    third = make_member("third", Role.HANDLER)
    away(handler, third, first=FRIDAY, last=FRIDAY)
    with pytest.raises(Refused, match="The deputy is away"):
        away(leader, handler)
