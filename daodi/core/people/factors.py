"""Second factors: codes of a phone that change, and recovery codes that work once each."""

import re
import unicodedata
from datetime import datetime, timedelta
from hmac import compare_digest

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.people.access import SignIn
from daodi.core.people.locks import Lock, hold
from daodi.core.people.models import Member, User
from daodi.core.people.services import check_own_account
from daodi.core.people.visits import Visit, remember

PERIOD = 30  # seconds that a code is shown
DRIFT = 1  # periods that a phone's clock may be wrong
DIGITS = 6
MOST_WRONG = 5
PAUSE = timedelta(minutes=15)

Result = SignIn.Result
Type = Authenticator.Type


class WrongCode(Refused):
    message = _("This code is not right. Wait for the next one, or use a recovery code.")


class TooManyCodes(Refused):
    message = _("Too many wrong codes. Wait a quarter of an hour, then try again.")


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Type.TOTP).exists())


def without_factor(members: QuerySet[Member]) -> QuerySet[Member]:
    """Keep those who sign in with a password alone; who cannot sign in at all is left out."""
    have = Authenticator.objects.filter(user=OuterRef("user"), type=Type.TOTP)
    able = members.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return able.filter(~Exists(have))


def new_secret() -> str:
    return str(generate_totp_secret())


def address_of(user: User, secret: str) -> str:
    """Return what a phone reads from the picture to show codes."""
    return str(get_adapter().build_totp_url(user, secret))


@transaction.atomic
def set_up_factor(member: Member, secret: str, code: str, *, now: datetime) -> list[str]:
    """Make the phone that shows this code the account's second factor, in place of any other.

    Return the recovery codes: they are made anew. Raise WrongCode if the code does not fit.
    """
    hold(Lock.CODES, member.user_id)
    counter = _counter_of(secret, _digits(code), now)
    if counter is None:
        raise WrongCode
    Authenticator.objects.filter(user=member.user).delete()
    factor = TOTP.activate(member.user, secret).instance
    _keep_counter(factor, counter)
    note(Act.FACTOR_SET_UP, member, by=member, member=member)
    return list(RecoveryCodes.activate(member.user).generate_codes())


@transaction.atomic
def renew_codes(member: Member) -> list[str]:
    """Make new recovery codes; the old ones do not work any more."""
    hold(Lock.CODES, member.user_id)
    Authenticator.objects.filter(user=member.user, type=Type.RECOVERY_CODES).delete()
    note(Act.CODES_RENEWED, member, by=member, member=member)
    return list(RecoveryCodes.activate(member.user).generate_codes())


def codes_left(user: User) -> int:
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0


@transaction.atomic
def remove_factor(member: Member, *, by: Member) -> None:
    """Take the second factor away: one's own, or that of somebody who has lost the phone.

    A manager may only for accounts that have no place outside the house.
    """
    if by != member:
        check_own_account(member, by)
    if Authenticator.objects.filter(user=member.user).delete()[0]:
        act = Act.FACTOR_REMOVED if by == member else Act.FACTOR_RESET
        note(act, member, by=by, member=member)


def check_code(user: User, code: str, *, now: datetime, visit: Visit) -> SignIn.Result:
    """Take a code of the phone or a recovery code, each once; it is remembered either way.

    Raise WrongCode, or TooManyCodes after some: who has the password cannot try them all.
    """
    with transaction.atomic():
        hold(Lock.CODES, user.pk)
        if SignIn.objects.wrong_codes(user, now - PAUSE).count() >= MOST_WRONG:
            raise TooManyCodes
        result = _result_of(user, _digits(code), now)
        remember(user, result, now=now, visit=visit)
    # Only now: the wrong one must stay on record.
    if result == Result.WRONG_CODE:
        raise WrongCode
    return result


def _result_of(user: User, code: str, now: datetime) -> SignIn.Result:
    kind = Type.TOTP if len(code) == DIGITS else Type.RECOVERY_CODES
    factor = Authenticator.objects.filter(user=user, type=kind).first()
    if factor is None:
        return Result.WRONG_CODE
    if kind == Type.RECOVERY_CODES:
        return Result.WITH_RECOVERY if factor.wrap().validate_code(code) else Result.WRONG_CODE
    secret = get_adapter().decrypt(factor.data["secret"])
    counter = _counter_of(secret, code, now)
    # A code seen over the shoulder, or an older one, does not work again.
    if counter is None or counter <= factor.data.get("counter", 0):
        return Result.WRONG_CODE
    _keep_counter(factor, counter)
    return Result.WITH_CODE


def _keep_counter(factor: Authenticator, counter: int) -> None:
    factor.data["counter"] = counter
    factor.save(update_fields=["data"])


def _counter_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the period whose code this is, among those near now."""
    present = int(now.timestamp()) // PERIOD
    for counter in range(present - DRIFT, present + DRIFT + 1):
        if compare_digest(code, format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


def _digits(code: str) -> str:
    """Full-width digits are digits, and the gaps that phones show do not count."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", code))
