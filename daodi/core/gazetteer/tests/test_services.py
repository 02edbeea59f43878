"""A county's own gazetteer: kept by a manager, and grown from use."""

import pytest

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import NotYours, Refused
from daodi.core.gazetteer.models import PlaceName
from daodi.core.gazetteer.services import (
    Facts,
    add_place,
    change_place,
    join_places,
    learn,
    use_place,
)
from daodi.core.people.models import Division, Member
from daodi.core.people.roles import Role
from tests.makers import make_member, make_town

POINT = (34.5, 114.8)


@pytest.fixture
def east(db) -> Division:
    return make_town()


@pytest.fixture
def keeper(db) -> Member:
    return make_member("keeper", Role.MANAGER, unit="county", parent=None)


def names() -> list[tuple]:
    return list(PlaceName.objects.by_name().values_list("name", "uses", "origin", "is_active"))


def test_a_manager_adds_changes_and_takes_out(keeper, east) -> None:
    place = add_place(Facts("幸福小区", "estate", east), by=keeper)
    assert change_place(place, Facts("幸福小区", "estate", east, ["老棉纺厂"]), by=keeper)
    assert not change_place(place, Facts("幸福小区", "estate", east, ["老棉纺厂"]), by=keeper)
    use_place(place, is_active=False, by=keeper)
    assert list(PlaceName.objects.called(["老棉纺厂"])) == [place]
    assert list(PlaceName.objects.speaking()) == []
    told = AdminEvent.objects.filter(by=keeper).order_by("pk")
    assert [(each.what, each.after) for each in told] == [
        ("place_added", told[0].after),
        ("place_changed", {"also": "老棉纺厂"}),
        ("place_changed", {"is_active": False}),
    ]


def test_only_topmost_managers_keep_it(east) -> None:
    manager = make_member("clerk", Role.MANAGER)
    with pytest.raises(NotYours):
        add_place(Facts("幸福小区", "estate", east), by=manager)


@pytest.mark.parametrize("name", ["巷", "王建国先生家", "幸福小区3栋2单元501室", "13800000000"])
def test_only_places_stand_in_it(keeper, east, name) -> None:
    with pytest.raises(Refused):
        add_place(Facts(name, "site", east), by=keeper)


def test_a_name_stands_once_in_an_area(keeper, east) -> None:
    add_place(Facts("幸福小区", "estate", east), by=keeper)
    with pytest.raises(Refused, match="known in East already"):
        add_place(Facts("幸福小区", "estate", east), by=keeper)
    add_place(Facts("幸福小区", "estate", make_town("410221101", "West")), by=keeper)


def test_two_become_one(keeper, east) -> None:
    place = add_place(Facts("幸福小区", "estate", east), by=keeper)
    other = add_place(Facts("幸福里", "estate", east, ["幸福苑"], POINT), by=keeper)
    PlaceName.objects.update(uses=2)
    place.refresh_from_db()
    other.refresh_from_db()
    join_places(place, other, by=keeper)
    (left,) = PlaceName.objects.called(["幸福苑"])
    assert (left, left.aliases, left.uses, left.position) == (place, ["幸福里", "幸福苑"], 4, POINT)
    with pytest.raises(Refused):
        join_places(left, left, by=keeper)


def test_it_grows_from_use(east) -> None:
    learn([("幸福小区", "estate"), ("人民东路", "road")], east, POINT)
    learn([("幸福小区", "estate")], east)
    assert names() == [("人民东路", 1, "used", True), ("幸福小区", 2, "used", True)]
    # A point is an estate's, never a road's.
    assert [each.position for each in PlaceName.objects.by_name()] == [None, POINT]


def test_two_places_share_no_point(east) -> None:
    learn([("幸福小区", "estate"), ("第三小学", "site")], east, POINT)
    assert [each.position for each in PlaceName.objects.all()] == [None, None]


def test_what_is_in_a_village_of_the_town_is_known_already(keeper, east) -> None:
    village = make_town("410221100201", "李庄村村民委员会")
    add_place(Facts("幸福小区", "estate", village), by=keeper)
    learn([("幸福小区", "estate")], east)
    assert names() == [("幸福小区", 1, "typed", True)]


def test_what_was_taken_out_does_not_come_back(keeper, east) -> None:
    place = add_place(Facts("我们小区", "estate", east), by=keeper)
    use_place(place, is_active=False, by=keeper)
    learn([("我们小区", "estate")], east)
    assert names() == [("我们小区", 1, "typed", False)]


def test_no_person_is_learnt(east) -> None:
    assert learn([("王建国先生家", "site")], east) == []
    assert names() == []


def test_who_changes_what_came_from_use_vouches_for_it(keeper, east) -> None:
    (place,) = learn([("幸福小区", "estate")], east)
    assert list(PlaceName.objects.from_use()) == [place]
    change_place(place, Facts("幸福小区", "estate", east), by=keeper)
    assert list(PlaceName.objects.from_use()) == []
    assert list(PlaceName.objects.speaking()) == [place]
