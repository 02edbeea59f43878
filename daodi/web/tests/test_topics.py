"""The page of hot topics."""

import pytest
from django.urls import reverse

from daodi.core.matters.contacts import Person
from daodi.core.topics.models import Topic
from daodi.core.topics.services import renew_topics
from tests.makers import DAY, NOON, make_matter

MIXER = "清河新城附近搅拌站噪音扰民", "清河新城旁建搅拌站，粉尘大", "清河新城搅拌站噪音太大"


@pytest.fixture
def desk(client, operator):
    client.force_login(operator.user)
    return client


def write(title: str, number: int) -> None:
    make_matter(title=title, text=title, person=Person(phone=f"1390000{number:04}"))


def test_a_topic_leads_to_its_matters(desk) -> None:
    for number, title in enumerate(MIXER):
        write(title, number)
    renew_topics(NOON + DAY)
    (shown,) = desk.get(reverse("desk:topics")).context["topics"]
    assert shown["name"].startswith("清河新城")
    assert (shown["people"], shown["seen"], shown["done"], shown["last"]) == (3, 3, 0, 3)
    page = desk.get(shown["url"])
    assert sorted(row["title"] for row in page.context["rows"]) == sorted(MIXER)


def test_who_sees_too_little_of_it_gets_no_page(client, desk, outsider) -> None:
    for number, title in enumerate(MIXER):
        write(title, number)
    renew_topics(NOON + DAY)
    client.force_login(outsider.user)
    url = reverse("desk:topic", args=[Topic.objects.get().pk])
    assert client.get(url).status_code == 404
    assert client.get(reverse("desk:topics")).context["topics"] == []


@pytest.mark.parametrize("places", [1, 3])
def test_any_number_of_topics_costs_the_same(desk, places, django_assert_num_queries) -> None:
    names = ("清河新城", "翠湖花园", "锦绣家园")[:places]
    things = ("搅拌站噪音扰民", "路灯不亮", "捆绑销售车位")
    for place, (name, thing) in enumerate(zip(names, things, strict=False)):
        for number in range(3):
            write(f"{name}{thing}{'，' * number}", place * 10 + number)
    renew_topics(NOON + DAY)
    desk.get(reverse("desk:topics"))
    with django_assert_num_queries(6):
        shown = desk.get(reverse("desk:topics")).context["topics"]
    assert len(shown) == places
