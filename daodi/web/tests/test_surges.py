"""What grows faster than usual, as those who can act see it."""

import pytest
from django.urls import reverse

from daodi.core.matters.contacts import Person
from daodi.core.notices.models import Notice
from daodi.core.surges.models import Surge
from daodi.core.surges.replaying import replay_past
from daodi.core.surges.services import watch
from daodi.core.surges.tests.makers import make_burst, make_division, make_quiet_past
from daodi.core.topics.models import Topic
from daodi.core.topics.services import renew_topics
from daodi.core.topics.tests.test_topics import MIXER
from tests.makers import DAY, HOUR, NOON, make_matter


@pytest.fixture
def burst(cast):
    make_quiet_past()
    matters = make_burst()
    watch(NOON + HOUR)
    return matters


@pytest.fixture
def desk(client, supervisor):
    client.force_login(supervisor.user)
    return client


def test_a_notice_leads_to_the_surge_and_from_there_to_its_matters(burst, desk, supervisor) -> None:
    notice = Notice.objects.of(supervisor).get()
    shown = desk.get(reverse("desk:notices")).context["rows"]
    assert [row["what"].split(":")[0] for row in shown] == ["More than usual · Riverside Water"]
    page = desk.get(reverse("desk:notice", args=[notice.pk]), follow=True)
    assert page.context["surge"]["words"] == "5 people in 3 days; usual: less than 1"
    assert len(page.context["rows"]) == len(burst)


def test_a_supervisor_puts_it_before_a_unit_with_its_matters(burst, desk) -> None:
    page = desk.get(reverse("desk:surge", args=[Surge.objects.get().pk]))
    form = desk.get(page.context["reminder_url"])
    assert len(form.context["rows"]) == len(burst)


def test_so_does_one_who_reads_a_hot_topic(desk) -> None:
    for number, title in enumerate(MIXER):
        make_matter(title, title=title, person=Person(phone=f"1390000{number:04}"))
    renew_topics(NOON + HOUR)
    page = desk.get(reverse("desk:topic", args=[Topic.objects.get().pk]))
    assert len(desk.get(page.context["reminder_url"]).context["rows"]) == len(MIXER)


def test_it_is_set_aside_with_a_reason(burst, desk) -> None:
    pk = Surge.objects.get().pk
    url = reverse("desk:surge_set_aside", args=[pk])
    assert desk.post(url, {"reason": ""}).status_code == 422
    page = desk.post(url, {"reason": "Announced beforehand."}, follow=True)
    assert page.context["surge"]["reason"] == "Announced beforehand."
    assert "form" not in page.context
    (row,) = desk.get(reverse("desk:topics")).context["surges"]
    assert row["reason"] == "Announced beforehand."


def test_leaders_and_supervisors_see_it_where_they_begin(burst, desk, client, operator) -> None:
    (row,) = desk.get(reverse("desk:supervision")).context["surges"]
    assert (row["name"], row["seen"]) == ("Riverside Water", len(burst))
    client.force_login(operator.user)
    assert [each["seen"] for each in client.get(reverse("desk:topics")).context["surges"]] == [5]


def test_whoever_sees_none_of_it_gets_no_page(burst, client, outsider) -> None:
    client.force_login(outsider.user)
    assert client.get(reverse("desk:surge", args=[Surge.objects.get().pk])).status_code == 404
    assert client.get(reverse("desk:topics")).context["surges"] == []


def test_the_page_says_how_often_somebody_is_told_in_vain(burst, desk, client, outsider) -> None:
    replay_past(NOON + DAY)
    (row,) = desk.get(reverse("desk:topics")).context["replays"]
    assert (row["days"], row["told"], row["in_vain"]) == (81, 1, 0)
    client.force_login(outsider.user)
    assert client.get(reverse("desk:topics")).context["replays"] == []


@pytest.mark.parametrize("places", [1, 3])
def test_any_number_of_surges_costs_the_same(cast, desk, places, django_assert_num_queries) -> None:
    make_quiet_past()
    for number in range(places):
        make_burst(5, NOON - number * HOUR, make_division(f"41022100{number}", f"Town {number}"))
    watch(NOON + HOUR)
    desk.get(reverse("desk:topics"))
    with django_assert_num_queries(6):
        assert len(desk.get(reverse("desk:topics")).context["surges"]) == places
