"""Where somebody's day begins, and what a visitor of the demonstration leaves alone."""

import pytest
from django.urls import reverse

from daodi.core.people.models import User
from daodi.core.people.roles import Role
from daodi.web.beginning import first_page_of
from tests.makers import make_member


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ([Role.OPERATOR], "/desk/next/"),
        ([Role.HANDLER], "/desk/first/"),
        ([Role.CALLER], "/desk/follow-up/"),
        ([Role.LEADER], "/desk/lead/"),
        ([Role.MANAGER], reverse("desk:manage")),
        ([Role.SUPERVISOR], "/desk/supervision/"),
        ([Role.INSPECTOR], "/desk/"),
        ([], "/desk/"),
        ([Role.MANAGER, Role.LEADER, Role.HANDLER], "/desk/first/"),
    ],
)
def test_a_role_has_its_page(roles, page) -> None:
    assert first_page_of(roles) == page


def test_the_name_of_the_site_leads_there(client, handler) -> None:
    client.force_login(handler.user)
    page = client.get(reverse("desk:notices")).content.decode()
    assert '<a class="desk-brand" href="/desk/first/">' in page


def test_another_place_begins_with_its_own_page(client, handler) -> None:
    other = make_member("handler", Role.LEADER, unit="water")
    client.force_login(handler.user)
    assert client.post(reverse("switch_member"), {"member": other.pk}).url == "/desk/lead/"


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("desk:me_name", {"name": "Mallory"}),
        ("desk:me_password", {}),
        ("desk:me_sign_out", {}),
        ("desk:account", {}),
        ("desk:factor", {}),
        ("desk:factor_remove", {}),
        ("desk:factor_codes", {}),
    ],
)
def test_a_visitor_leaves_the_account_as_it_is(client, handler, settings, page, given) -> None:
    settings.DEMO = True
    client.force_login(handler.user)
    before = User.objects.values().get()
    answer = client.post(reverse(page), given, headers={"referer": "http://testserver/desk/me/"})
    assert answer.url == "http://testserver/desk/me/"
    assert "This is a demonstration" in client.get(answer.url).content.decode()
    assert User.objects.values().get() == before
