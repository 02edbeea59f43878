"""On a demonstration anybody may be anybody, with one click; elsewhere nobody may."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from daodi.core.people.roles import Role
from daodi.web.visitors import HINTS
from tests.makers import make_member

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def people(db) -> None:
    """One visitor for each role, as the demonstration's county has them."""
    for role in Role:
        make_member(f"demo-{role}", role, unit="centre")
    make_member("operator", Role.OPERATOR, unit="centre")


def test_every_role_has_a_sentence() -> None:
    assert set(HINTS) == set(Role)


def test_each_role_is_one_click_away(people, settings) -> None:
    settings.DEMO = True
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("login"))
    assert [each["role"] for each in page.context["people"]] == list(HINTS)
    text = page.content.decode()
    assert all(f"Come in as {role.label}" in text and str(HINTS[role]) in text for role in Role)
    form = text.partition(reverse("sign_in_as", args=["demo-caller"]))[2]
    token = {"csrfmiddlewaretoken": TOKEN.search(form)[1]}
    answer = client.post(reverse("sign_in_as", args=["demo-caller"]), token, follow=True)
    assert answer.context["request"].member.roles == [Role.CALLER]


def test_nobody_comes_in_without_a_password_elsewhere(client, people, settings) -> None:
    assert "Come in as" not in client.get(reverse("login")).content.decode()
    assert client.post(reverse("sign_in_as", args=["demo-caller"])).status_code == 404
    settings.DEMO = True
    assert client.post(reverse("sign_in_as", args=["operator"])).status_code == 404


def test_the_click_carries_the_token_that_a_browser_must_send(people, settings) -> None:
    settings.DEMO = True
    browser = Client(enforce_csrf_checks=True)
    forms = browser.get(reverse("login")).content.decode().split("<form")
    form = next(each for each in forms if "demo-caller" in each)
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    url = reverse("sign_in_as", args=["demo-caller"])
    assert browser.post(url, {"csrfmiddlewaretoken": token}).status_code == 302
