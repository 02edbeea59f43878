"""What is public, by its place: as a list everywhere, as a map where the site has one."""

import pytest
from django.urls import reverse

from daodi.core.people.models import Division
from daodi.core.publishing.services import publish
from tests.makers import NOON, make_matter

WORDS = {"title": "东门路灯不亮", "text": "东门的路灯坏了一周。", "answer": "已经修好。"}
TILES = "https://t{s}.tiles.example/{z}/{x}/{y}.png"


@pytest.fixture
def town(db) -> Division:
    return Division.objects.create(code="410221100", name="城关镇", level="town")


@pytest.fixture
def make_placed(course, operator, town):
    def make():
        filed = make_matter(may_publish=True, division=town, position=(34.56789, 114.78912))
        matter = course(filed).cleared().matter
        publish(matter, **WORDS, by=operator, now=NOON, shows_place=True)
        return matter

    return make


def test_without_a_map_there_is_the_list(client, make_placed, town, settings) -> None:
    settings.MAP_TILES_URL = ""
    make_placed()
    page = client.get(reverse("appeals:public_map"))
    assert page.context["towns"] == [(town, 1)]
    said = page.content.decode()
    assert f'href="/public/?town={town.pk}"' in said
    assert "data-marks" not in said


def test_with_a_map_its_host_is_allowed_on_this_page(client, make_placed, settings) -> None:
    settings.MAP_TILES_URL = TILES
    page = client.get(reverse("appeals:public_map"))
    assert reverse("appeals:marks") in page.content.decode()
    assert "https://*.tiles.example" in page["Content-Security-Policy"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_marks(client, make_placed, count, django_assert_num_queries) -> None:
    matters = [make_placed() for _ in range(count)]
    with django_assert_num_queries(1):
        found = client.get(reverse("appeals:marks")).json()["marks"]
    assert found == [
        {
            "at": [34.568, 114.789],
            "title": "东门路灯不亮",
            "town": "城关镇",
            "url": reverse("appeals:published", args=[matter.number]),
        }
        for matter in reversed(matters)
    ]
