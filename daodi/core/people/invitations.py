"""Invite people: a link that works once, and turns into an account with a place in a unit."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.people.access import Invitation
from daodi.core.people.locks import Lock, hold
from daodi.core.people.models import Member, Unit, User
from daodi.core.people.services import add_member, check_own_account
from daodi.lib.jobs import queue

VALID = timedelta(days=7)
TOKEN_BYTES = 32
PLACE = "TOKEN"
JOB = "daodi.core.tasks.mail_invitation_to"


class InvitationOver(Refused):
    message = gettext_lazy(
        "This invitation does not work any more: it was used, revoked, or is more than seven "
        "days old. Ask whoever invited you for a new one."
    )


@transaction.atomic
def invite(
    unit: Unit,
    roles: Sequence[str],
    *,
    by: Member,
    now: datetime,
    name: str = "",
    email: str = "",
    member: Member | None = None,
    address: str = "",
) -> Invitation:
    """Invite somebody to a place in a unit, or a member to whom no password was given yet.

    It has no token before `new_token` makes one: for paper at once, or in the job that mails it.
    With e-mail and the `address` of a link, PLACE standing for its token, a letter goes out.
    """
    if not by.reaches(unit):
        raise Refused(_("%(unit)s is not in your house.") % {"unit": unit})
    if member:
        check_own_account(member, by)
        if member.user.has_usable_password():
            raise Refused(_("%(name)s can sign in already.") % {"name": member})
        Invitation.objects.waiting().filter(member=member).update(revoked_at=now)
    made = Invitation.objects.create(
        unit=unit, roles=list(roles), name=name, email=email, member=member, by=by,
        made_at=now, expires_at=now + VALID,
    )  # fmt: skip
    after = {"roles": list(roles), "email": email}
    note(Act.INVITED, made, by=by, unit=unit, member=member, after=after)
    if email and address:
        queue(JOB, invitation_id=made.pk, address=address)
    return made


@transaction.atomic
def mail_invitation(invitation_id: int, address: str, *, now: datetime) -> bool:
    """Write the letter, with a token made for it; say whether one was still wanted.

    When it does not go out, no token stays: the list of invitations shows it as not sent.
    """
    wanted = Invitation.objects.waiting().filter(pk=invitation_id, expires_at__gt=now)
    found = wanted.select_related("unit", "by__user").first()
    if found is None:
        return False
    link = address.replace(PLACE, new_token(found))
    facts = {"unit": found.unit, "name": found.by, "link": link}
    subject = _("Your place in %(unit)s") % facts
    text = _(
        "%(name)s invites you to %(unit)s on Daodi.\n\n%(link)s\n\n"
        "The link works once, for seven days. If you do not know what this is about, do nothing."
    )
    send_mail(subject, text % facts, None, [found.email])
    return True


def new_token(invitation: Invitation) -> str:
    """Make the invitation's token anew and return it: only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = _hash(token)
    invitation.save(update_fields=["token_hash"])
    return token


def find_invitation(token: str, now: datetime) -> Invitation:
    """Return what a link stands for; raise InvitationOver if it does not work any more."""
    waiting = Invitation.objects.waiting().filter(token_hash=_hash(token), expires_at__gt=now)
    found = waiting.select_related("unit", "member__user").first()
    if found is None:
        raise InvitationOver
    return found


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Member, now: datetime) -> None:
    """Make the link worthless; raise Refused if it was used already."""
    hold(Lock.INVITATION, invitation.pk)
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(revoked_at=now):
        raise Refused(_("This invitation was used or revoked already."))
    note(Act.INVITATION_REVOKED, invitation, by=by, unit=invitation.unit)


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: Member, now: datetime) -> None:
    """Let it work for another week, whether or not it was too old; its next token is a new one."""
    hold(Lock.INVITATION, invitation.pk)
    wanted = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not wanted.update(expires_at=now + VALID, token_hash=None):
        raise InvitationOver
    note(Act.INVITED, invitation, by=by, unit=invitation.unit, after={"again": True})


@transaction.atomic
def accept_invitation(
    token: str, *, username: str, name: str, password: str, now: datetime
) -> Member:
    """Turn an invitation into an account that can sign in; it works this once."""
    invitation = _take(token, now)
    member = invitation.member
    if member is None and User.objects.filter(username=username).exists():
        raise Refused(_("The account %(name)s is taken: choose another name.") % {"name": username})
    user = member.user if member else User(username=username, email=invitation.email)
    user.name = name
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    if member is None:
        member = add_member(
            username=username, name=name, unit=invitation.unit, roles=invitation.roles,
            password=password, by=invitation.by, email=invitation.email,
        )  # fmt: skip
    else:
        user.set_password(password)
        user.save(update_fields=["name", "password"])
    return _used(invitation, member, now)


@transaction.atomic
def join_by_invitation(token: str, user: User, *, now: datetime) -> Member:
    """Give somebody who has an account already the place they are invited to."""
    invitation = _take(token, now)
    if invitation.member:
        raise InvitationOver
    member = add_member(
        username=user.username, name=user.name, unit=invitation.unit, roles=invitation.roles,
        by=invitation.by,
    )  # fmt: skip
    return _used(invitation, member, now)


def _take(token: str, now: datetime) -> Invitation:
    found = find_invitation(token, now)
    # Of two who use it at once, the second one finds it used.
    hold(Lock.INVITATION, found.pk)
    return find_invitation(token, now)


def _used(invitation: Invitation, member: Member, now: datetime) -> Member:
    invitation.used_at, invitation.member = now, member
    invitation.save(update_fields=["used_at", "member"])
    note(Act.INVITATION_USED, member, by=member, member=member)
    return member


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
