"""On a demonstration anybody may be anybody, with one click; elsewhere nobody may."""

import pytest
from django.urls import reverse

from daodi.core.people.roles import Role
from daodi.web.visitors import HINTS
from tests.makers import make_member


@pytest.fixture
def people(db) -> None:
    """One visitor for each role, as the demonstration's county has them."""
    for role in Role:
        make_member(f"demo-{role}", role, unit="centre")
    make_member("operator", Role.OPERATOR, unit="centre")


def test_every_role_has_a_sentence() -> None:
    assert set(HINTS) == set(Role)


def test_each_role_is_one_click_away(client, people, settings) -> None:
    settings.DEMO = True
    page = client.get(reverse("login"))
    assert [each["role"] for each in page.context["people"]] == list(HINTS)
    text = page.content.decode()
    assert all(f"Come in as {role.label}" in text and str(HINTS[role]) in text for role in Role)
    answer = client.post(reverse("sign_in_as", args=["demo-caller"]), follow=True)
    assert answer.context["request"].member.roles == [Role.CALLER]


def test_nobody_comes_in_without_a_password_elsewhere(client, people, settings) -> None:
    assert "Come in as" not in client.get(reverse("login")).content.decode()
    assert client.post(reverse("sign_in_as", args=["demo-caller"])).status_code == 404
    settings.DEMO = True
    assert client.post(reverse("sign_in_as", args=["operator"])).status_code == 404
