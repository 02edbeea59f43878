"""Which places a text names, where each lies, and what says so."""

from collections.abc import Callable

import pytest

from daodi.core.gazetteer.matching import places_in
from daodi.core.gazetteer.services import Facts, add_place, learn
from daodi.core.people.models import Division
from tests.makers import make_ledger, make_matter, make_town

LI = "410221100201"
Find = Callable[..., list[tuple]]


@pytest.fixture
def east(db) -> Division:
    return make_town(name="城关镇")


@pytest.fixture
def west(db) -> Division:
    return make_town("410221101", "白潭镇")


@pytest.fixture
def li(east) -> Division:
    return make_town(LI, "李庄村村民委员会")


def found(text: str, within: Division | None = None) -> list[tuple]:
    areas = dict(Division.objects.values_list("pk", "name"))
    return [
        (each.name, str(each.why), areas.get(each.division), each.times)
        for each in places_in(text, within)
    ]


def test_official_names_are_found_as_people_say_them(east, li) -> None:
    assert found("麻烦看下李庄村的垃圾") == [("李庄村", "official", li.name, 0)]
    assert found("城关镇的路不好走") == [("城关镇", "town", east.name, 0)]
    # The village says more than its town.
    assert found("城关镇李庄村的垃圾") == [("李庄村", "official", li.name, 0)]


def test_of_two_villages_of_one_name_the_town_decides(east, west, li) -> None:
    other = make_town("410221101201", "李庄村村民委员会")
    text = "李庄村的垃圾没人清运"
    assert found(text) == [("李庄村", "", None, 0)]
    assert found(text, within=west) == [("李庄村", "official", other.name, 0)]
    (place,) = places_in(f"白潭镇{text}")
    assert place.division == other.pk


def test_the_gazetteer_knows_names_that_look_like_none(east, west) -> None:
    add_place(Facts("百脑汇", "site", east, ["电子城"], (34.5, 114.8)), by=None)
    (place,) = places_in("电子城门口停车太乱")
    assert (place.name, place.why, place.division) == ("百脑汇", "known", east.pk)
    assert (place.lat, place.lon, place.also) == (34.5, 114.8, ("电子城",))


def test_of_one_name_in_several_towns_the_commonest_is_meant(east, west) -> None:
    for _time in range(4):
        learn([("幸福小区", "estate")], east)
    learn([("幸福小区", "estate")], west)
    learn([("幸福小区", "estate")], west)
    assert found("幸福小区停水") == [("幸福小区", "known", east.name, 4)]
    assert found("幸福小区停水", within=west) == [("幸福小区", "known", west.name, 2)]
    learn([("幸福小区", "estate")], west)
    assert found("幸福小区停水") == [("幸福小区", "", None, 0)]


def test_what_one_matter_alone_brought_is_not_suggested(east) -> None:
    learn([("幸福小区", "estate")], east)
    assert found("幸福小区停水") == [("幸福小区", "", None, 0)]


def test_earlier_matters_say_where_a_name_lies(east, west, li) -> None:
    for area in (li, east, east, west):
        make_matter("滨河花园晚上太吵", division=area)
    make_matter("滨河花园有人打架", division=west, is_confidential=True)
    make_matter(
        "滨河花园有人打架", ledger=make_ledger("secret", is_confidential=True), division=west
    )
    assert found("滨河花园暖气不热") == [("滨河花园", "matters", east.name, 3)]


def test_one_matter_is_chance_and_the_matter_itself_says_nothing(east) -> None:
    mine = make_matter("滨河花园晚上太吵", division=east)
    make_matter("滨河花园晚上太吵", division=east)
    assert [each.why for each in places_in(mine.text, but=mine.pk)] == [""]
    assert [str(each.why) for each in places_in(mine.text)] == ["matters"]


@pytest.mark.parametrize("names", [1, 3])
def test_more_names_ask_only_for_their_matters(east, names, django_assert_num_queries) -> None:
    text = "滨河花园、锦绣家园、金水湾小区、人民东路"
    with django_assert_num_queries(1 + names):
        places_in("、".join(text.split("、")[:names]))
