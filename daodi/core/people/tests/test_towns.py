"""The towns of a county on its tile map: each place once, and nobody else's county."""

import pytest
from django.db import IntegrityError, transaction

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.people.models import Division, Member, Unit
from daodi.core.people.roles import Role
from daodi.core.people.towns import counties_of, place_towns, towns_of, usual_places
from tests.makers import make_member, make_unit


@pytest.fixture
def county(db) -> Division:
    made = Division.objects.create(code="410221", name="Qi", level="county")
    for number, name in enumerate(("East", "West", "North"), start=101):
        Division.objects.create(code=f"410221{number}", name=name, level="town")
    Division.objects.create(code="410221101001", name="A village", level="village")
    return made


@pytest.fixture
def boss(county) -> Member:
    town = make_unit("eastern")
    Unit.objects.filter(pk=town.pk).update(
        kind="town", division=Division.objects.get(code="410221101")
    )
    return make_member("boss", Role.MANAGER, unit="county", parent=None)


def stand(county: Division) -> list[tuple[str, int | None, int | None]]:
    return [(str(town), town.tile_row, town.tile_column) for town in towns_of(county)]


def test_a_county_is_for_whoever_has_its_towns_below_them(county, boss) -> None:
    assert counties_of(boss) == [county]
    assert counties_of(make_member("mayor", Role.MANAGER, unit="eastern")) == []
    assert counties_of(make_member("clerk", Role.MANAGER)) == []


def test_towns_are_put_swapped_and_taken_off(county, boss) -> None:
    place_towns(county, {"410221101": (1, 2), "410221102": (1, 1)}, by=boss)
    assert stand(county) == [("East", 1, 2), ("West", 1, 1), ("North", None, None)]
    place_towns(county, {"410221101": (1, 1), "410221102": (1, 2)}, by=boss)
    assert stand(county)[:2] == [("East", 1, 1), ("West", 1, 2)]
    place_towns(county, {}, by=boss)
    assert stand(county) == [(name, None, None) for name in ("East", "West", "North")]
    lines = AdminEvent.objects.filter(what="towns_placed").order_by("pk")
    assert [(line.label, line.after) for line in lines] == [
        ("Qi", {"n": 2}), ("Qi", {"n": 2}), ("Qi", {"n": 0}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("places", "why"),
    [
        (
            {"410221101": (1, 1), "410221103": (1, 1)},
            "Row 1, column 1 is wanted twice, by East, North",
        ),
        ({"410221102": (13, 1)}, "West: rows and columns go from 1 to 12"),
    ],
)
def test_two_in_one_place_and_places_off_the_map_are_refused(county, boss, places, why) -> None:
    with pytest.raises(Refused, match=why):
        place_towns(county, places, by=boss)
    assert {row for _name, row, _column in stand(county)} == {None}


def test_the_database_keeps_two_towns_apart(county) -> None:
    with pytest.raises(IntegrityError, match="division_tile_once"), transaction.atomic():
        towns_of(county).update(tile_row=1, tile_column=1)


def test_the_beginning_is_a_square(county) -> None:
    assert list(usual_places(list(towns_of(county))).values()) == [(1, 1), (1, 2), (2, 1)]
