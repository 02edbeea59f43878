"""One-time codes: six digits sent to a telephone show that it is in one's hand."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.matters.contacts import digits, phone_hashes
from daodi.core.notices.carriers.base import Message, NotDelivered
from daodi.core.notices.carriers.known import ready_carriers
from daodi.core.notices.models import OneTimeCode

LIFE = timedelta(minutes=10)
WINDOW = timedelta(minutes=15)
MOST_TRIES = 5
USED = MOST_TRIES + 1
MOST_TO_A_PHONE, MOST_FROM_AN_ADDRESS = 3, 20
DIGITS = 6


class TooMany(Refused):
    """Somebody asks too often."""


def send_code(phone: str, now: datetime, asked_from: str = "") -> None:
    """Send a new code to a telephone at once, whatever the hour; only the newest one counts.

    `asked_from` is the network address of whoever asks. Raise Refused when the number or the
    address has asked too often, or the message cannot be sent. Whether anything was ever filed
    from the number is not asked here, so that the answer tells nobody.
    """
    sms = ready_carriers().get("sms")
    if sms is None:
        raise Refused(_("This site cannot send text messages: please use number and code."))
    to, code = sms.clean(phone), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = _keep(to, code, asked_from, now)
    words = _("Your code is %(code)s, good for %(minutes)s minutes. Tell it to nobody.")
    text = words % {"code": code, "minutes": LIFE // timedelta(minutes=1)}
    try:
        sms.send(Message(f"daodi-code-{row.pk}", to, text, (text,)))
    except NotDelivered as error:
        raise Refused(_("The message could not be sent now. Please try again later.")) from error


def code_fits(phone: str, code: str, now: datetime) -> bool:
    """Say whether this is the code that the telephone got; a code opens once, and has five tries.

    The try is counted before it is compared: guessing at once from many sides gains nothing.
    """
    hashes = phone_hashes(phone)
    sent = OneTimeCode.objects.filter(phone__in=hashes, sent_at__gt=now - LIFE)
    newest = sent.order_by("-sent_at", "-pk").first()
    if newest is None:
        return False
    mine = OneTimeCode.objects.filter(pk=newest.pk, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1):
        return False
    if not hmac.compare_digest(bytes(newest.code), _digest(bytes(newest.phone), digits(code))):
        return False
    # Of two who bring the right code at the same moment one gets in.
    return bool(OneTimeCode.objects.filter(pk=newest.pk, tries__lt=USED).update(tries=USED))


@transaction.atomic
def _keep(phone: str, code: str, asked_from: str, now: datetime) -> OneTimeCode:
    hashed = phone_hashes(phone)[0]
    origin = _digest(b"", asked_from)
    limits = (("phone", hashed, MOST_TO_A_PHONE), ("asked_from", origin, MOST_FROM_AN_ADDRESS))
    for column, value, most in limits:
        _one_at_a_time(value)
        since = OneTimeCode.objects.filter(**{column: value}, sent_at__gt=now - WINDOW)
        if (column == "phone" or asked_from) and since.count() >= most:
            raise TooMany(_("Too many codes were asked for. Please wait 15 minutes."))
    digest = _digest(hashed, code)
    return OneTimeCode.objects.create(phone=hashed, asked_from=origin, code=digest, sent_at=now)


def _one_at_a_time(value: bytes) -> None:
    """Let those who ask at the same moment count one after the other."""
    key = int.from_bytes(value[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _digest(phone: bytes, text: str) -> bytes:
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, b"one-time:" + phone + text.encode(), hashlib.sha256)
