"""A manager keeps the gazetteer; others of the house only read it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from daodi.core.exchange.tests.makers import book
from daodi.core.gazetteer.models import PlaceName
from daodi.core.gazetteer.services import Facts, add_place, learn
from daodi.core.people.models import Division
from daodi.core.people.roles import Role
from daodi.web.views.gazetteer import SIZE
from tests.makers import make_member, make_town

LIST = "/desk/gazetteer/"
GIVEN = {"name": "幸福小区", "aliases": "老棉纺厂，棉纺院", "kind": "estate", "division": "East"}


@pytest.fixture
def east(db) -> Division:
    return make_town()


@pytest.fixture
def page(client: Client, manager, east) -> Client:
    client.force_login(manager.user)
    return client


def named(answer) -> list[str]:
    return [str(row) for row in answer.context["rows"]]


def test_a_place_is_added_found_by_any_name_and_changed(page, east) -> None:
    assert reverse("desk:gazetteer") == LIST
    page.post(reverse("desk:place_new"), {**GIVEN, "lat": "34.5", "lon": "114.8"})
    place = PlaceName.objects.get()
    assert (place.aliases, place.position) == (["老棉纺厂", "棉纺院"], (34.5, 114.8))
    assert named(page.get(LIST, {"q": "棉纺厂"})) == ["幸福小区"]
    assert named(page.get(LIST, {"q": "锦绣"})) == []
    page.post(reverse("desk:place", args=[place.pk]), {**GIVEN, "aliases": ""})
    place.refresh_from_db()
    assert (place.aliases, place.position) == ([], None)


def test_what_makes_no_sense_is_refused_beside_the_field(page, east) -> None:
    answer = page.post(reverse("desk:place_new"), {**GIVEN, "division": "", "lat": "34.5"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"division", "lon"})
    answer = page.post(reverse("desk:place_new"), {**GIVEN, "name": "王建国先生家"})
    assert "points to a person" in answer.text
    add_place(Facts("幸福小区", "estate", east), by=None)
    assert page.post(reverse("desk:place_new"), GIVEN).status_code == 422


def test_what_came_from_use_stands_on_a_list_of_its_own(page, east) -> None:
    (place,) = learn([("滨河花园", "estate")], east)
    add_place(Facts("幸福小区", "estate", east), by=None)
    assert named(page.get(LIST, {"list": "used"})) == ["滨河花园"]
    page.post(reverse("desk:place_use", args=[place.pk]), {"is_active": "no"})
    assert named(page.get(LIST, {"list": "used"})) == []
    assert named(page.get(LIST, {"list": "out"})) == ["滨河花园"]
    page.post(reverse("desk:place_use", args=[place.pk]), {"is_active": "yes"})
    assert named(page.get(LIST)) == ["幸福小区", "滨河花园"]


def test_two_are_joined(page, east) -> None:
    first = add_place(Facts("幸福小区", "estate", east), by=None)
    second = add_place(Facts("幸福里", "estate", east), by=None)
    far = add_place(Facts("幸福里", "estate", make_town("410221101", "West")), by=None)
    url = reverse("desk:place_join", args=[first.pk])
    assert page.post(url, {"other": far.pk}).status_code == 422
    page.post(url, {"other": second.pk})
    assert list(PlaceName.objects.by_name().values_list("name", "aliases")) == [
        ("幸福小区", ["幸福里"]), ("幸福里", []),
    ]  # fmt: skip


def test_a_table_is_tried_and_taken_in(page, tmp_path) -> None:
    rows = [["地名", "行政区划"], ["幸福小区", "East"]]
    file = SimpleUploadedFile("地名.xlsx", book(tmp_path / "a.xlsx", 地名=rows).read_bytes())
    shown = page.post(reverse("desk:places"), {"file": file}, follow=True)
    assert not PlaceName.objects.exists()
    mark = {"mark": shown.context["outcome"].mark}
    done = page.post(reverse("desk:places_trial"), mark, follow=True)
    assert "Taken in: 1 new, 0 changed." in done.text
    assert named(done) == ["幸福小区"]


def test_managers_below_read_and_change_nothing(client, east) -> None:
    place = add_place(Facts("幸福小区", "estate", east), by=None)
    client.force_login(make_member("clerk", Role.MANAGER).user)
    assert "Add a place" not in client.get(LIST).text
    url = reverse("desk:place", args=[place.pk])
    assert "Save" not in client.get(url).text
    client.post(url, {**GIVEN, "name": "别的小区"})
    client.post(reverse("desk:place_use", args=[place.pk]), {"is_active": "no"})
    assert list(PlaceName.objects.values_list("name", "is_active")) == [("幸福小区", True)]


@pytest.mark.parametrize("count", [1, 3])
def test_many_cost_as_many_queries_as_one(page, east, count, django_assert_num_queries) -> None:
    for number in range(count):
        add_place(Facts(f"第{number}小区", "estate", east), by=None)
    page.get(LIST)
    with django_assert_num_queries(4):
        assert len(named(page.get(LIST))) == count


def test_the_next_page_goes_on_behind_the_last_name(page, east) -> None:
    for number in range(SIZE + 2):
        add_place(Facts(f"小区{number:03d}号", "estate", east), by=None)
    first = page.get(LIST)
    second = page.get(LIST + first.context["next_url"])
    rest = [f"小区{SIZE:03d}号", f"小区{SIZE + 1:03d}号"]
    assert (len(named(first)), named(second)) == (SIZE, rest)
    assert second.context["next_url"] == ""
