"""The same thing asked twice is seen before it is dispatched twice."""

from datetime import timedelta

import pytest

from daodi.core.intake.duplicates import LOOK_BACK, likely_duplicates
from daodi.core.matters.contacts import Person
from daodi.core.people.models import Division
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter, make_town

LAMP = "东门街路口的路灯坏了一个星期，晚上一片漆黑"
AGAIN = "东门街没有灯，走路看不见，没人修"
WAGES = "建筑公司拖欠我三个月工资不给"
LI, ZHAO = Person("Li", "13900000001"), Person("Zhao", "13900000002")
PLACE, THING, TODAY = "same place: 东门街", "same thing: 路灯", "on the same day"


@pytest.fixture
def town(db) -> Division:
    return make_town()


def found(matter, member, now=NOON, **given) -> list[tuple]:
    same = likely_duplicates(matter, member, now, **given)
    return [(one.matter, one.reasons, one.can_merge) for one in same]


def test_the_same_thing_at_the_same_place_in_other_words(operator, town) -> None:
    first = make_matter(LAMP, division=town, person=LI)
    make_matter(WAGES, division=town, person=LI)
    matter = make_matter(AGAIN, division=town, person=ZHAO, now=NOON + 2 * DAY)
    reasons = (PLACE, THING, "2 days apart")
    assert found(matter, operator) == [(first, reasons, True)]


def test_the_same_caller_whatever_the_words_and_place(operator, town) -> None:
    first = make_matter(WAGES, person=LI)
    matter = make_matter(LAMP, division=town, person=LI)
    assert found(matter, operator) == [(first, ("same telephone",), True)]
    assert found(matter, operator, knows_caller=False) == []


def test_category_and_area_add_to_it(operator, town) -> None:
    lamps = make_category(make_ledger())
    first = make_matter(LAMP, division=town, person=LI, category=lamps)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    reasons = (PLACE, THING, "same category and area", TODAY)
    assert found(matter, operator, category=lamps) == [(first, reasons, True)]


def test_the_likeliest_comes_first(operator, town) -> None:
    words = make_matter(LAMP, division=town, person=LI)
    both = make_matter(LAMP, division=town, person=ZHAO)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    assert [one for one, *_ in found(matter, operator)] == [both, words]


def test_a_wrong_town_hides_nothing_that_names_the_place(operator, town) -> None:
    first = make_matter(LAMP, person=LI)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    assert found(matter, operator) == [(first, (PLACE, THING, TODAY), True)]


@pytest.mark.parametrize("other", [LAMP.replace("东门街", "西门街"), "东门街有人占道卖菜"])
def test_another_place_or_another_thing_is_another_matter(operator, town, other) -> None:
    make_matter(other, division=town, person=LI)
    assert found(make_matter(AGAIN, division=town, person=ZHAO), operator) == []


def test_without_a_place_another_town_is_another_thing(operator, town) -> None:
    make_matter("路灯坏了，晚上一片漆黑", division=make_town("410221101", "West"), person=LI)
    matter = make_matter("路灯坏了很久，晚上漆黑", division=town, person=ZHAO)
    assert found(matter, operator) == []


def test_what_ended_long_ago_is_left_out_and_what_ended_lately_cannot_be_joined(
    operator, course, town
) -> None:
    ended = course(make_matter(LAMP, division=town, person=LI)).cleared()
    matter = make_matter(AGAIN, division=town, person=ZHAO, now=NOON + DAY)
    reasons = (PLACE, THING, "1 day apart")
    assert found(matter, operator, NOON + DAY) == [(ended.matter, reasons, False)]
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
    assert found(matter, operator) == [(secret, (PLACE, THING, TODAY), False)]


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_as_many_queries_as_one(operator, town, count, django_assert_num_queries) -> None:
    for _ in range(count):
        make_matter(LAMP, division=town, person=LI)
    matter = make_matter(AGAIN, division=town, person=ZHAO)
    with django_assert_num_queries(5):
        assert len(likely_duplicates(matter, operator, NOON)) == count
