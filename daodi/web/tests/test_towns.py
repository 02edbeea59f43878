"""A manager puts the towns where they lie; the figures and the wall board follow."""

import pytest
from django.urls import reverse

from daodi.core.figures.projecting import project
from daodi.core.people.models import Division, Unit
from tests.makers import NOON, make_matter, make_unit

PAGE = "/desk/units/towns/"
EAST, WEST = "410221101", "410221102"


@pytest.fixture
def towns(db) -> list[Division]:
    Division.objects.create(code="410221", name="Qi", level="county")
    found = [Division.objects.create(code=code, name=name, level="town")
             for code, name in ((EAST, "East"), (WEST, "West"))]  # fmt: skip
    for unit, town in zip((make_unit("eastern"), make_unit("western")), found, strict=True):
        Unit.objects.filter(pk=unit.pk).update(kind="town", division=town)
    return found


@pytest.fixture
def page(client, manager, towns):
    client.force_login(manager.user)
    return client


def given(east: tuple[object, object], west: tuple[object, object]) -> dict[str, object]:
    return {f"row_{EAST}": east[0], f"column_{EAST}": east[1],
            f"row_{WEST}": west[0], f"column_{WEST}": west[1]}  # fmt: skip


def tiles(answer) -> list[tuple[str, tuple[int, int] | None]]:
    (each,) = answer.context["maps"]
    return [(tile["name"], tile["place"]) for tile in (*each["placed"], *each["rest"])]


def test_a_map_is_looked_at_and_then_saved(page) -> None:
    answer = page.get(PAGE)
    assert tiles(answer) == [("East", None), ("West", None)]
    assert answer.context["form"][f"column_{WEST}"].value() == 2
    look = page.post(PAGE, given((1, 2), (1, 1)) | {"look": "yes"})
    assert tiles(look) == [("East", (1, 2)), ("West", (1, 1))]
    assert "tile-row-1 tile-column-2" in look.text
    assert tiles(page.get(PAGE)) == [("East", None), ("West", None)]
    assert page.post(PAGE, given((1, 2), (1, 1))).url == f"{PAGE}?county=410221"
    assert tiles(page.get(PAGE)) == [("East", (1, 2)), ("West", (1, 1))]
    page.post(PAGE, {"order": "yes"})
    assert tiles(page.get(PAGE)) == [("East", None), ("West", None)]


@pytest.mark.parametrize(
    ("east", "west", "why"),
    [
        ((1, 1), (1, 1), "Row 1, column 1 is wanted twice, by East, West: move one of them."),
        ((1, ""), (1, 2), "East needs a row and a column, or neither."),
        ((0, 1), (1, 2), "Ensure this value is greater than or equal to 1."),
    ],
)
def test_what_does_not_fit_keeps_what_was_typed(page, east, west, why) -> None:
    for button in ({"look": "yes"}, {}):
        answer = page.post(PAGE, given(east, west) | button)
        assert (answer.status_code, why in answer.text) == (422, True)
        assert answer.context["form"][f"row_{EAST}"].value() == str(east[0])


def test_figures_and_wall_board_use_the_places(page, manager, towns) -> None:
    make_matter(division=towns[0])
    project(NOON)
    page.post(PAGE, given((2, 1), ("", "")))
    by_town = page.get(
        reverse("desk:figures_by", args=["town"]), {"formula": "filed@1", "first": "2026-03-01"}
    )
    board = page.get(reverse("desk:board"))
    # Nothing lies above it: the map begins where the towns do.
    assert tiles(by_town) == [("East", (1, 1)), ("West", None)]
    assert "about where it lies" in by_town.text
    # Nothing came in lately: the wall has no tiles.
    assert board.context["board"]["maps"] == []


def test_without_towns_there_is_nothing_to_place(client, manager) -> None:
    client.force_login(manager.user)
    assert "No towns below your unit" in client.get(PAGE).text
