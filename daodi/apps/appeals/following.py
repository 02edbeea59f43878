"""Who may look at a request without an account: whoever has shown its tracking code."""

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.intake.codes import code_fits
from daodi.core.matters.models import Matter

COOKIE, SALT = "following", "daodi.following"
MOST = 20
MONTH = 30 * 24 * 60 * 60
TRIES, TRIES_WINDOW = 10, 15 * 60


def followed(request: HttpRequest) -> list[int]:
    """Return the ids of the matters whose code this browser has shown, the latest first."""
    raw = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MONTH)
    return [int(part) for part in (raw or "").split(".") if part]


def follow(request: HttpRequest, answer: HttpResponse, matter: Matter) -> HttpResponse:
    """Let this browser look at a matter for a month."""
    known = [matter.pk, *(pk for pk in followed(request) if pk != matter.pk)][:MOST]
    answer.set_signed_cookie(
        COOKIE,
        ".".join(map(str, known)),
        salt=SALT,
        max_age=MONTH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


def find(number: str, code: str) -> Matter:
    """Return the matter with this number and code; raise Refused, the same for either mistake.

    After ten wrong codes for a number it refuses for a quarter of an hour.
    """
    number = number.strip().upper()
    key = f"wrong-codes:{signing.Signer().signature(number)}"
    if cache.get(key, 0) >= TRIES:
        raise Refused(_("Too many wrong codes for this number. Please wait 15 minutes."))
    found = Matter.objects.for_page().filter(number=number).first()
    if found and code_fits(found, code):
        cache.delete(key)
        return found
    cache.add(key, 0, TRIES_WINDOW)
    cache.incr(key)
    raise Refused(_("Number and code do not fit together. Please compare both with your receipt."))
