"""The same thing asked twice is seen before it is dispatched twice."""

from datetime import timedelta

import pytest

from daodi.core.intake.duplicates import LOOK_BACK, likely_duplicates
from daodi.core.matters.contacts import Person
from daodi.core.people.models import Division
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter

LAMP = "东门路口的路灯坏了一个星期，晚上一片漆黑"
AGAIN = "东门路口路灯坏了，晚上漆黑，没人修"
WAGES = "建筑公司拖欠我三个月工资不给"
LI, ZHAO = Person("Li", "13900000001"), Person("Zhao", "13900000002")


@pytest.fixture
def town(db) -> Division:
    return Division.objects.create(code="410221100", name="East", level="town")


def found(matter, member, now=NOON, **given) -> list[tuple]:
    same = likely_duplicates(matter, member, now, **given)
    return [(one.matter, one.reasons, one.can_merge) for one in same]


def test_the_same_words_from_the_same_place(operator, town) -> None:
    first = make_matter(LAMP, division=town, person=LI)
    make_matter(WAGES, division=town, person=LI)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    assert found(matter, operator) == [(first, ("53 % of the words",), True)]


def test_the_same_caller_whatever_the_words_and_place(operator, town) -> None:
    first = make_matter(WAGES, person=LI)
    matter = make_matter(LAMP, division=town, person=LI)
    assert found(matter, operator) == [(first, ("same telephone",), True)]


def test_category_and_place_add_to_the_words(operator, town) -> None:
    lamps = make_category(make_ledger())
    first = make_matter(LAMP, division=town, person=LI, category=lamps)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    assert found(matter, operator, category=lamps) == [
        (first, ("same category and place", "53 % of the words"), True)
    ]


def test_the_likeliest_comes_first(operator, town) -> None:
    words = make_matter(LAMP, division=town, person=LI)
    both = make_matter(LAMP, division=town, person=ZHAO)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    assert [one for one, *_ in found(matter, operator)] == [both, words]


def test_another_place_is_another_thing(operator, town) -> None:
    make_matter(LAMP, person=LI)
    assert found(make_matter(AGAIN, division=town, person=ZHAO), operator) == []


def test_what_ended_long_ago_is_left_out_and_what_ended_lately_cannot_be_joined(
    operator, course, town
) -> None:
    ended = course(make_matter(LAMP, division=town, person=LI)).cleared()
    matter = make_matter(AGAIN, division=town, person=ZHAO, now=NOON + DAY)
    assert found(matter, operator, NOON + DAY) == [(ended.matter, ("53 % of the words",), False)]
    assert found(matter, operator, NOON + LOOK_BACK + timedelta(seconds=1)) == []


def test_nobody_is_shown_what_they_may_not_see(operator, outsider, town) -> None:
    make_matter(LAMP, division=town, person=LI, is_confidential=True)
    matter = make_matter(AGAIN, division=town, person=LI)
    assert found(matter, operator) == []
    assert found(matter, outsider) == []


def test_a_confidential_one_is_not_joined_with_an_open_one(operator, town) -> None:
    make_ledger().confidants.add(operator)
    secret = make_matter(LAMP, division=town, person=LI, is_confidential=True)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    assert found(matter, operator) == [(secret, ("53 % of the words",), False)]


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_as_many_queries_as_one(operator, town, count, django_assert_num_queries) -> None:
    for _ in range(count):
        make_matter(LAMP, division=town, person=LI)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    with django_assert_num_queries(2):
        assert len(likely_duplicates(matter, operator, NOON)) == count
