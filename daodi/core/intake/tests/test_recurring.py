"""What was cleared and is there again (反弹) is seen as such."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.recurring import (
    WITHIN,
    deny_recurrence,
    mark_recurrence,
    recurrences_of,
)
from daodi.core.matters.models import Matter
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter, make_town, reread

LAMP = "东门街路口的路灯坏了一个星期，晚上一片漆黑"
AGAIN = "东门街没有灯，走路看不见，没人修"


@pytest.fixture
def cleared(course, db) -> Matter:
    return course(make_matter(LAMP, division=make_town())).cleared().matter


def filed(text: str = AGAIN, after=5 * DAY, **given) -> Matter:
    return reread(make_matter(text, division=make_town(), now=NOON + after, **given))


def test_it_is_marked_with_what_both_name(cleared, operator, supervisor) -> None:
    matter = filed()
    mark = mark_recurrence(matter, now=matter.filed_at)
    assert mark
    assert (mark.earlier, mark.place, mark.thing) == (cleared, "东门街", "路灯")
    assert mark_recurrence(matter, now=matter.filed_at) is None
    for member in (operator, supervisor):
        assert recurrences_of(matter, member) == recurrences_of(cleared, member) == [mark]


@pytest.mark.parametrize(
    "text", [LAMP.replace("东门街", "西门街"), "东门街有人占道卖菜", "路灯坏了一个星期，一片漆黑"]
)  # fmt: skip
def test_another_place_or_thing_or_no_place_is_not(cleared, text) -> None:
    matter = filed(text)
    assert mark_recurrence(matter, now=matter.filed_at) is None


def test_long_ago_is_another_time(cleared) -> None:
    late, in_time = filed(after=WITHIN + DAY), filed(after=WITHIN)
    assert mark_recurrence(late, now=late.filed_at) is None
    assert mark_recurrence(in_time, now=in_time.filed_at)


def test_confidential_ones_are_never_linked(cleared, course) -> None:
    secret = filed(is_confidential=True)
    assert mark_recurrence(secret, now=secret.filed_at) is None
    Matter.objects.filter(pk=cleared.pk).update(is_confidential=True)
    matter = filed()
    assert mark_recurrence(matter, now=matter.filed_at) is None


def test_one_category_speaks_for_it(course, db) -> None:
    lamps = make_category(make_ledger())
    course(make_matter("东门街公示栏的字看不清", division=make_town())).cleared()
    text = "东门街公示栏内容字太小"
    plain, listed = filed(text), filed(text, category=lamps)
    assert mark_recurrence(plain, now=plain.filed_at) is None
    assert mark_recurrence(listed, now=listed.filed_at)


def test_an_operator_says_that_it_is_something_else(cleared, operator, handler) -> None:
    matter = filed()
    mark = mark_recurrence(matter, now=matter.filed_at)
    with pytest.raises(NotYours):
        deny_recurrence(matter, is_denied=True, by=handler)
    deny_recurrence(matter, is_denied=True, by=operator)
    # Where it was said it can be taken back; on the other nothing is left of it.
    assert recurrences_of(matter, operator) == [mark]
    assert recurrences_of(cleared, operator) == []
    deny_recurrence(matter, is_denied=False, by=operator)
    assert recurrences_of(cleared, operator) == [mark]
    with pytest.raises(Refused):
        deny_recurrence(cleared, is_denied=True, by=operator)


def test_who_does_not_see_the_other_is_told_nothing(cleared, outsider) -> None:
    matter = filed()
    mark_recurrence(matter, now=matter.filed_at)
    assert recurrences_of(matter, outsider) == []
