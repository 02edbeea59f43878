"""Signing in safely: password, code, invitation, and what one sees of it afterwards."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.people.access import Invitation
from daodi.core.people.factors import MOST_WRONG, new_secret, set_up_factor
from daodi.core.people.invitations import mail_invitation
from daodi.core.people.models import DEMO_PREFIX, Member, User
from daodi.core.people.roles import Role
from daodi.core.people.tests.test_factors import code_at
from tests.makers import make_member, make_unit

PASSWORD = "a long way to go"


@pytest.fixture
def wang(manager) -> Member:
    """A manager of a bureau with a password."""
    member = make_member("wang", Role.MANAGER)
    User.objects.filter(pk=member.user_id).update(password=make_password(PASSWORD))
    member.user.refresh_from_db()
    return member


@pytest.fixture
def secret(wang) -> str:
    """The secret of Wang's phone, set up an hour ago."""
    secret, before = new_secret(), timezone.now() - timedelta(hours=1)
    set_up_factor(wang, secret, code_at(secret, before), now=before)
    return secret


def knock(client: Client, password: str = PASSWORD, to: str = "/desk/account/"):
    given = {"username": "wang", "password": password, "next": to}
    return client.post(reverse("login"), given)


def is_in(client: Client) -> bool:
    return client.get(reverse("desk:inbox")).status_code == 200


def test_without_a_second_factor_the_password_is_enough(client, wang) -> None:
    assert knock(client).headers["Location"] == "/desk/account/"
    shown = client.get("/desk/account/")
    assert [each["what"] for each in shown.context["sign_ins"]] == ["Signed in"]


def test_with_one_nobody_is_in_before_the_code(client, wang, secret) -> None:
    assert knock(client).headers["Location"] == reverse("login_code")
    assert not is_in(client)
    assert client.post(reverse("login_code"), {"code": "000000"}).status_code == 422
    assert not is_in(client)
    code = code_at(secret, timezone.now())
    answer = client.post(reverse("login_code"), {"code": code})
    assert answer.headers["Location"] == "/desk/account/"
    assert is_in(client)
    thief = Client()
    knock(thief)
    assert thief.post(reverse("login_code"), {"code": code}).status_code == 422
    assert not is_in(thief)


def test_codes_are_not_tried_out_even_with_the_password(client, wang, secret, settings) -> None:
    knock(client)
    for number in range(MOST_WRONG):
        client.post(reverse("login_code"), {"code": f"00000{number}"})
    # Another browser, another address, the right code.
    other = Client(REMOTE_ADDR="10.9.9.9")
    knock(other)
    right = {"code": code_at(secret, timezone.now())}
    answer = other.post(reverse("login_code"), right)
    assert "Too many wrong codes" in answer.text
    assert not is_in(other)


def test_the_second_step_needs_the_first_and_does_not_wait_for_ever(client, wang, secret) -> None:
    assert client.get(reverse("login_code")).headers["Location"] == reverse("login")
    knock(client)
    session = client.session
    session["half_signed_in"] |= {"until": timezone.now().timestamp() - 1}
    session.save()
    code = {"code": code_at(secret, timezone.now())}
    assert client.post(reverse("login_code"), code).headers["Location"] == reverse("login")


def test_passwords_are_not_tried_out(client, wang) -> None:
    for _number in range(10):
        knock(client, "wrong")
    assert knock(client).status_code == 429


# Setting up


def test_a_phone_is_set_up_with_picture_code_and_password(client, wang) -> None:
    knock(client)
    shown = client.get(reverse("desk:factor"))
    secret = shown.context["secret"].replace(" ", "")
    assert shown.context["picture"].startswith("data:image/svg")
    code = code_at(secret, timezone.now())
    wrong = client.post(reverse("desk:factor"), {"code": code, "password": "guess"})
    assert (wrong.status_code, "This is not your password." in wrong.text) == (422, True)
    done = client.post(reverse("desk:factor"), {"code": code, "password": PASSWORD})
    assert (len(done.context["codes"]), "no-store" in done.headers["Cache-Control"]) == (10, True)
    other = Client()
    knock(other)
    recovery = {"code": done.context["codes"][0]}
    assert other.post(reverse("login_code"), recovery).status_code == 302


def test_it_is_removed_and_its_codes_renewed_with_the_password_only(client, wang, secret) -> None:
    knock(client)
    client.post(reverse("login_code"), {"code": code_at(secret, timezone.now())})
    for page in ("desk:factor_remove", "desk:factor_codes"):
        assert client.post(reverse(page), {"password": "guess"}).status_code == 422
    renewed = client.post(reverse("desk:factor_codes"), {"password": PASSWORD})
    assert len(renewed.context["codes"]) == 10
    client.post(reverse("desk:factor_remove"), {"password": PASSWORD})
    assert knock(Client()).headers["Location"] == "/desk/account/"


# What the site asks


def test_a_role_is_asked_in_time_then_made_to(client, wang, settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["manager"]
    today = timezone.localtime().date()
    settings.SECOND_FACTOR_FROM = today + timedelta(days=3)
    knock(client)
    assert is_in(client)
    assert f"From {today + timedelta(days=3)} on" in client.get("/desk/account/").text
    settings.SECOND_FACTOR_FROM = today
    answer = client.get(reverse("desk:units"))
    assert answer.headers["Location"] == reverse("desk:factor")
    page = client.get(reverse("desk:factor"))
    assert "Your role needs a second factor now" in page.text
    code = code_at(page.context["secret"].replace(" ", ""), timezone.now())
    client.post(reverse("desk:factor"), {"code": code, "password": PASSWORD})
    assert client.get(reverse("desk:units")).status_code == 200
    refused = client.post(reverse("desk:factor_remove"), {"password": PASSWORD}, follow=True)
    assert "you can only replace it" in refused.text


def test_other_roles_are_left_alone(client, handler, settings) -> None:
    settings.SECOND_FACTOR_ROLES, settings.SECOND_FACTOR_FROM = ["manager"], date(2020, 1, 1)
    client.force_login(handler.user)
    assert is_in(client)


def test_a_session_from_before_the_phone_signs_in_again(client, wang, settings) -> None:
    settings.SECOND_FACTOR_ROLES, settings.SECOND_FACTOR_FROM = ["manager"], date(2020, 1, 1)
    knock(client)
    secret = new_secret()
    set_up_factor(wang, secret, code_at(secret, timezone.now()), now=timezone.now())
    answer = client.get(reverse("desk:inbox"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("login"))


def test_one_click_of_the_demonstration_is_never_asked(client, db, settings) -> None:
    settings.DEMO = True
    settings.SECOND_FACTOR_ROLES, settings.SECOND_FACTOR_FROM = ["manager"], date(2020, 1, 1)
    make_member(f"{DEMO_PREFIX}manager", Role.MANAGER)
    client.post(reverse("sign_in_as", args=[f"{DEMO_PREFIX}manager"]))
    assert is_in(client)


def test_the_demand_costs_no_query(client, wang, settings, django_assert_num_queries) -> None:
    settings.SECOND_FACTOR_ROLES, settings.SECOND_FACTOR_FROM = ["manager"], date(2020, 1, 1)
    knock(client)
    # Session, account, places.
    with django_assert_num_queries(3):
        client.get(reverse("desk:units"))


def test_a_manager_resets_a_lost_phone(client, manager, wang, secret) -> None:
    client.force_login(manager.user)
    assert "Reset the second factor" in client.get(reverse("desk:member", args=[wang.pk])).text
    client.post(reverse("desk:member_factor", args=[wang.pk]))
    assert knock(Client()).headers["Location"] == "/desk/account/"


def test_the_own_password_is_changed_and_the_session_goes_on(client, wang) -> None:
    knock(client)
    given = {"password": PASSWORD, "new": "another long way", "again": "another long way"}
    short = client.post("/desk/account/", {**given, "new": "short", "again": "shirt"})
    assert set(short.context["form"].errors) == {"new"}
    client.post("/desk/account/", given)
    assert is_in(client)
    assert knock(Client(), "another long way").status_code == 302


def test_who_only_manages_begins_with_what_needs_attention(client, wang) -> None:
    assert knock(client, to="").headers["Location"] == reverse("desk:manage")
    wang.roles = ["manager", "leader"]
    wang.save(update_fields=["roles"])
    assert knock(Client(), to="").headers["Location"] == reverse("desk:lead")


# Invitations


def invited(client: Client, unit: int, **given: str) -> str:
    given = {"name": "Li", "roles": ["handler"], **given}
    answer = client.post(reverse("desk:invite_new", args=[unit]), given)
    return answer.context["slips"][0]["link"].removeprefix("http://testserver")


def test_an_invited_person_chooses_name_and_password_and_is_in(client, manager) -> None:
    client.force_login(manager.user)
    bureau = make_unit("bureau")
    link = invited(client, bureau.pk)
    assert link not in client.get(reverse("desk:invitations")).text
    person = Client()
    assert "Welcome to Bureau" in person.get(link).text
    given = {"username": "li", "name": "Li", "password": PASSWORD, "again": PASSWORD}
    wrong = person.post(link, {**given, "again": "another"})
    assert (wrong.status_code, 'value="li"' in wrong.text) == (422, True)
    assert person.post(link, given).headers["Location"] == reverse("desk:first")
    assert is_in(person)
    assert Client().get(link).status_code == 410
    assert Member.objects.get(user__username="li").unit == bureau


def test_who_is_signed_in_takes_the_place_with_the_account(client, manager, operator) -> None:
    client.force_login(manager.user)
    link = invited(client, make_unit("bureau").pk)
    client.force_login(operator.user)
    assert "You are signed in as Operator" in client.get(link).text
    client.post(link)
    assert operator.user.members.count() == 2


def test_a_letter_goes_out_with_a_link_that_nothing_else_knows(client, manager) -> None:
    client.force_login(manager.user)
    given = {"name": "Li", "roles": ["handler"], "email": "li@example.cn"}
    client.post(reverse("desk:invite_new", args=[manager.unit_id]), given)
    assert "not sent yet" in client.get(reverse("desk:invitations")).text
    job = ProcrastinateJob.objects.latest("id")
    assert mail_invitation(**job.args, now=timezone.now())
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[0].body)[1]
    assert Client().get(link).status_code == 200
    assert (mail.outbox[0].to, Invitation.objects.get().email) == (
        ["li@example.cn"],
        given["email"],
    )


def test_a_letter_that_is_not_wanted_any_more_is_not_sent(client, manager) -> None:
    client.force_login(manager.user)
    given = {"name": "Li", "roles": ["handler"], "email": "li@example.cn"}
    client.post(reverse("desk:invite_new", args=[manager.unit_id]), given)
    client.post(reverse("desk:invitation_revoke", args=[Invitation.objects.get().pk]))
    job = ProcrastinateJob.objects.latest("id")
    assert not mail_invitation(**job.args, now=timezone.now())
    assert mail.outbox == []


def test_an_old_link_is_made_anew(client, manager) -> None:
    client.force_login(manager.user)
    link = invited(client, manager.unit_id)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert Client().get(link).status_code == 410
    assert "too old" in client.get(reverse("desk:invitations")).text
    row = Invitation.objects.get()
    answer = client.post(reverse("desk:invitation_renew", args=[row.pk]))
    fresh = answer.context["slips"][0]["link"].removeprefix("http://testserver")
    assert (Client().get(fresh).status_code, Client().get(link).status_code) == (200, 410)


def test_slips_are_printed_for_all_who_cannot_sign_in(client, manager, handler, leader) -> None:
    client.force_login(manager.user)
    make_member("handler", Role.EDITOR, unit="county", parent=None)
    address = reverse("desk:invite_many", args=[handler.unit_id])
    slips = client.post(address).context["slips"]
    assert [str(slip["invitation"].member) for slip in slips] == ["Handler", "Leader"]
    assert "or is invited" in client.post(address, follow=True).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_invitations_asks_as_often_for_many_as_for_one(
    client, manager, count, django_assert_num_queries
) -> None:
    client.force_login(manager.user)
    for _number in range(count):
        invited(client, manager.unit_id)
    with django_assert_num_queries(5):
        assert len(client.get(reverse("desk:invitations")).context["rows"]) == count
