"""A matter becomes public when all agree, and stops being so when anything changes."""

import pytest

from daodi.core.exceptions import NotYours, Refused
from daodi.core.history.erasure import erase
from daodi.core.history.models import Event
from daodi.core.history.verify import faults_of
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.publishing.models import Publication
from daodi.core.publishing.services import (
    has_public_place,
    in_charge_of,
    leave,
    matters_like,
    publish,
    unpublish,
)
from daodi.core.search.models import PUBLISHED, Indexed
from tests.makers import NOON, make_ledger, make_matter, reread

pytestmark = pytest.mark.django_db
WORDS = {"title": "东门路灯不亮", "text": "东门的路灯坏了一周。", "answer": "已经修好。"}


def cleared(course, **filing):
    filing = {"may_publish": True, **filing}
    return course(make_matter("东门的路灯坏了一周。", **filing)).cleared().matter


def test_published_and_found(course, operator) -> None:
    matter = cleared(course)
    assert list(Matter.objects.to_publish()) == [matter]
    publish(matter, **WORDS, by=operator, now=NOON)
    assert list(Matter.objects.to_publish()) == []
    shown = Publication.objects.public().get()
    assert (shown.title, shown.unit.code, shown.topic.code) == ("东门路灯不亮", "bureau", "CX01")
    assert list(Publication.objects.public().saying("路灯 修好")) == [shown]
    assert list(Publication.objects.public().saying("路灯 水管")) == []
    assert matters_like("东门路灯怎么又不亮了") == [shown]


def test_what_was_masked_finds_nothing_and_what_is_taken_off_neither(course, operator) -> None:
    matter = cleared(course, person=Person("张丙三", "13812345678"))
    Matter.objects.update(text="我叫张丙三，东门的路灯坏了。")
    publish(reread(matter), **WORDS, by=operator, now=NOON)
    everything = Publication.objects.public()
    assert list(everything.saying("张丙三")) == []
    assert matters_like("张丙三") == []
    unpublish(reread(matter), reason="本人要求", by=operator, now=NOON)
    assert list(Publication.objects.saying("路灯")) == []
    assert not Indexed.objects.of(PUBLISHED).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_the_like_asks_the_same(
    course, operator, django_assert_num_queries, count
) -> None:
    for _number in range(count):
        publish(cleared(course), **WORDS, by=operator, now=NOON)
    with django_assert_num_queries(5):
        assert len(matters_like("东门路灯怎么又不亮了")) == count


def test_the_history_says_so_and_holds(course, operator) -> None:
    matter = cleared(course)
    publish(matter, **WORDS, by=operator, now=NOON)
    unpublish(reread(matter), reason="本人要求", by=operator, now=NOON)
    events = list(Event.objects.filter(matter=matter).for_page())
    assert [(e.name, e.is_public) for e in events[-2:]] == [
        ("published", True), ("unpublished", True),
    ]  # fmt: skip
    assert faults_of(reread(matter), events) == []
    assert Publication.objects.get().text == ""


@pytest.mark.parametrize(
    "change",
    [{"is_confidential": True}, {"may_publish": False}, {"state": "handed_in"}, {"answer": ""}],
)
def test_what_is_not_for_the_public_is_refused(course, operator, change) -> None:
    matter = cleared(course)
    Matter.objects.update(**change)
    with pytest.raises(Refused):
        publish(reread(matter), **WORDS, by=operator, now=NOON)
    assert list(Matter.objects.to_publish()) == []


def test_a_ledger_that_is_no_longer_public_hides_its_matters(course, operator) -> None:
    publish(cleared(course), **WORDS, by=operator, now=NOON)
    Ledger.objects.update(is_public=False)
    assert list(Publication.objects.public()) == []


def test_what_is_taken_up_again_waits_for_a_new_yes(course, operator) -> None:
    matter = cleared(course)
    publish(matter, **WORDS, by=operator, now=NOON)
    run = course(reread(matter)).step("reopen", "supervisor", text="又坏了")
    assert list(Publication.objects.public()) == []
    run.step("accept", "handler").step("hand_in", "handler", account="换线", answer="换了线。")
    run.step("clear", "caller")
    assert list(Publication.objects.public()) == []
    assert list(Matter.objects.to_publish()) == [matter]
    publish(run.matter, **{**WORDS, "answer": "换了线。"}, by=operator, now=NOON)
    assert Publication.objects.public().get().answer == "换了线。"


def test_left_unpublished_is_off_the_queue_with_its_reason(course, operator) -> None:
    matter = cleared(course)
    with pytest.raises(Refused):
        leave(matter, reason=" ", by=operator, now=NOON)
    leave(matter, reason="涉及家事", by=operator, now=NOON)
    assert list(Matter.objects.to_publish()) == []
    assert (Publication.objects.get().is_public, Publication.objects.get().reason) == (
        False, "涉及家事",
    )  # fmt: skip
    assert not Event.objects.get(name="left_unpublished").is_public


def test_only_those_who_run_the_ledger_decide(course, handler, outsider, operator) -> None:
    matter = cleared(course)
    for member in (handler, outsider):
        assert list(in_charge_of(member)) == []
        with pytest.raises(NotYours):
            publish(matter, **WORDS, by=member, now=NOON)
    assert list(in_charge_of(operator)) == [matter]


def test_erasing_a_matter_erases_what_was_public(course, operator) -> None:
    matter = cleared(course)
    publish(matter, **WORDS, by=operator, now=NOON)
    erase(reread(matter), by=None, reason="law", now=NOON)
    shown = Publication.objects.get()
    assert (shown.is_public, shown.title, shown.text) == (False, "", "")
    assert not Indexed.objects.exists()


def test_a_list_asks_one_question_for_1_and_for_3(
    course, operator, django_assert_num_queries
) -> None:
    make_ledger()
    for count in (1, 3):
        for _number in range(count):
            publish(cleared(course), **WORDS, by=operator, now=NOON)
        with django_assert_num_queries(1):
            rows = list(Publication.objects.public().for_list().newest_first())
            assert [(str(row.unit), str(row.topic), row.joined) for row in rows]


PLACE = {"position": (34.56789, 114.78912)}


def test_its_place_is_shown_to_a_hundred_metres_when_somebody_says_so(course, operator) -> None:
    shown, hidden = cleared(course, **PLACE), cleared(course, **PLACE)
    publish(shown, **WORDS, by=operator, now=NOON, shows_place=True)
    publish(hidden, **WORDS, by=operator, now=NOON)
    (mark,) = Publication.objects.public().on_map()
    assert (mark.matter, mark.lat, mark.lon) == (shown, 34.568, 114.789)
    unpublish(reread(shown), reason="本人要求", by=operator, now=NOON)
    assert list(Publication.objects.values_list("lat", "lon").distinct()) == [(None, None)]


@pytest.mark.parametrize(
    "filing",
    [
        {},  # nobody said where
        {**PLACE, "address": "幸福小区3号楼2单元501室"},
    ],
)
def test_where_somebody_lives_is_never_on_the_map(course, operator, filing) -> None:
    matter = cleared(course, **filing)
    assert not has_public_place(matter)
    with pytest.raises(Refused, match="stays off the map"):
        publish(matter, **WORDS, by=operator, now=NOON, shows_place=True)
    assert list(Publication.objects.all()) == []


def test_how_much_is_public_of_each_town(course, operator) -> None:
    for _ in range(2):
        publish(cleared(course), **WORDS, by=operator, now=NOON)
    town = Division.objects.create(code="410221100", name="城关镇", level="town")
    publish(cleared(course, division=town), **WORDS, by=operator, now=NOON)
    assert Publication.objects.public().by_town() == [(town, 1), (None, 2)]
