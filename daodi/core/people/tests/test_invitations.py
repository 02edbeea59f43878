"""Invitations: each link makes one account, once, for a week."""

from datetime import timedelta

import pytest

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.people.access import Invitation
from daodi.core.people.invitations import (
    InvitationOver,
    accept_invitation,
    find_invitation,
    invite,
    join_by_invitation,
    new_token,
    revoke_invitation,
)
from daodi.core.people.models import User
from daodi.core.people.roles import Role
from tests.makers import DAY, NOON, make_unit

GIVEN = {"username": "wang", "name": "Wang", "password": "a long way to go"}


@pytest.fixture
def bureau(manager):
    return make_unit("bureau")


@pytest.fixture
def token(manager, bureau) -> str:
    made = invite(bureau, [Role.HANDLER], by=manager, now=NOON, email="wang@example.cn")
    return new_token(made)


def test_an_invitation_becomes_an_account_once(token, bureau, manager) -> None:
    member = accept_invitation(token, now=NOON + DAY, **GIVEN)
    assert (member.unit, member.roles, str(member)) == (bureau, ["handler"], "Wang")
    assert member.user.email == "wang@example.cn"
    assert member.user.check_password(GIVEN["password"])
    with pytest.raises(InvitationOver):
        accept_invitation(token, now=NOON + DAY, **{**GIVEN, "username": "li"})
    assert User.objects.filter(username="li").count() == 0
    acts = AdminEvent.objects.filter(unit=bureau).order_by("pk").values_list("what", "by")
    assert list(acts)[1:] == [
        ("invited", manager.pk), ("member_added", manager.pk), ("invitation_used", member.pk),
    ]  # fmt: skip


def test_only_the_hash_of_a_token_is_kept(token) -> None:
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(AdminEvent.objects.values()))


def test_an_invitation_ends_after_seven_days_or_when_it_is_revoked(token, manager) -> None:
    invitation = find_invitation(token, NOON + timedelta(days=6, hours=23))
    with pytest.raises(InvitationOver):
        find_invitation(token, NOON + timedelta(days=7))
    revoke_invitation(invitation, by=manager, now=NOON)
    with pytest.raises(InvitationOver):
        find_invitation(token, NOON)
    with pytest.raises(Refused, match="used or revoked already"):
        revoke_invitation(invitation, by=manager, now=NOON)
    with pytest.raises(InvitationOver):
        find_invitation("not a token", NOON)


def test_a_new_link_makes_the_old_one_worthless(token) -> None:
    invitation = Invitation.objects.get()
    assert find_invitation(new_token(invitation), NOON) == invitation
    with pytest.raises(InvitationOver):
        find_invitation(token, NOON)


def test_a_refused_account_leaves_the_invitation_as_it_is(token, handler) -> None:
    for given, why in (
        ({**GIVEN, "username": "handler"}, "is taken"),
        ({**GIVEN, "password": "12345"}, "too short"),
    ):
        with pytest.raises(Refused, match=why):
            accept_invitation(token, now=NOON, **given)
    assert accept_invitation(token, now=NOON, **GIVEN).user.username == "wang"


def test_who_has_an_account_takes_one_more_place(token, operator, bureau) -> None:
    member = join_by_invitation(token, operator.user, now=NOON)
    assert (member.unit, member.user) == (bureau, operator.user)
    with pytest.raises(InvitationOver):
        join_by_invitation(token, operator.user, now=NOON)


def test_a_member_without_password_is_invited_and_keeps_the_account(handler, manager) -> None:
    first = new_token(invite(handler.unit, [], by=manager, now=NOON, member=handler))
    second = new_token(invite(handler.unit, [], by=manager, now=NOON, member=handler))
    with pytest.raises(InvitationOver):
        find_invitation(first, NOON)
    member = accept_invitation(second, now=NOON, **{**GIVEN, "username": "ignored"})
    assert (member, member.roles, member.user.username) == (handler, ["handler"], "handler")
    with pytest.raises(Refused, match="can sign in already"):
        invite(handler.unit, [], by=manager, now=NOON, member=member)


def test_nobody_invites_into_another_house(outsider, bureau) -> None:
    with pytest.raises(Refused, match="not in your house"):
        invite(bureau, [Role.MANAGER], by=outsider, now=NOON)
