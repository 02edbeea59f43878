"""The same as somebody else's: an own receipt, and one answer for both where that is possible."""

import uuid

import pytest
from django.urls import reverse

from daodi.apps.appeals.tests.test_public import make_public
from daodi.core.matters.contacts import same_phone
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.workflow.services import perform
from daodi.web.showing.events import show_events
from tests.makers import DAY, NOON, make_matter, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(course, operator):
    return make_public(course, operator)


def join_url(matter) -> str:
    return reverse("appeals:join", args=[matter.number])


def add_me(client, matter, **given):
    key = given.pop("form_key", uuid.uuid4())
    answer = client.post(join_url(matter), {"form_key": key, **given})
    assert answer.url == reverse("appeals:receipt", args=[key])
    return Matter.objects.get(form_key=key)


def taken_up_again(matter, supervisor):
    perform(matter, "reopen", text="It is dark again.", by=supervisor, now=NOON + DAY)
    return reread(matter)


def test_the_public_page_leads_to_it(client, public) -> None:
    page = client.get(reverse("appeals:published", args=[public.number])).content.decode()
    assert join_url(public) in page
    assert client.get(join_url(public)).status_code == 200


def test_what_was_answered_is_filed_anew_and_says_the_same_as_what(client, public) -> None:
    mine = add_me(client, public, text="Ours flickers.", phone="13900000000")
    assert (mine.state, mine.title) == (State.RECEIVED, "东门路灯不亮")
    assert mine.text == "The same as: 东门路灯不亮\nOurs flickers."
    (line,) = show_events(mine.events.for_page(), (), "")
    assert line["text"] == f"The same as {public.number}"
    assert same_phone("13900000000") == [mine.pk]
    assert client.get(reverse("appeals:course", args=[mine.number])).status_code == 200


def test_what_is_open_again_takes_it_in_at_once(client, public, supervisor) -> None:
    whole = taken_up_again(public, supervisor)
    mine = add_me(client, whole)
    assert (mine.state, mine.merged_into) == (State.MERGED, whole)
    sides = [whole.events.get(name="merged_in").side, mine.events.get(name="merge").side]
    assert sides == ["system", "system"]


def test_words_of_ones_own_are_read_by_an_operator_first(client, public, supervisor) -> None:
    whole = taken_up_again(public, supervisor)
    assert add_me(client, whole, text="Here a cable hangs down.").state == State.RECEIVED


def test_sent_twice_it_is_one(client, public, supervisor) -> None:
    whole, key = taken_up_again(public, supervisor), uuid.uuid4()
    first, second = (add_me(client, whole, form_key=key) for _ in range(2))
    assert (first, Matter.objects.count()) == (second, 2)


def test_what_was_never_public_cannot_be_joined(client, public) -> None:
    secret = make_matter("Nobody else reads this.")
    assert client.get(join_url(secret)).status_code == 404
    Matter.objects.filter(pk=public.pk).update(may_publish=False)
    assert client.get(join_url(public)).status_code == 404


def test_a_wrong_number_is_said_so(client, public) -> None:
    answer = client.post(join_url(public), {"form_key": uuid.uuid4(), "phone": "12"})
    assert (answer.status_code, Matter.objects.count()) == (422, 1)
