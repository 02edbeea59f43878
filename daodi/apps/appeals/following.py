"""Who may look at a request without an account: whoever has shown its tracking code."""

from django.core import signing
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.intake.codes import code_fits
from daodi.core.matters.models import Matter, MatterQuerySet

COOKIE, SALT = "following", "daodi.following"
MOST = 20
MONTH = 30 * 24 * 60 * 60
TRIES, TRIES_WINDOW = 10, 15 * 60


def followed(request: HttpRequest) -> list[int]:
    """Return the ids of the matters whose code this browser has shown, the latest first."""
    raw = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MONTH)
    return [int(part) for part in (raw or "").split(".") if part]


def mine(request: HttpRequest) -> MatterQuerySet:
    """Keep the matters that this browser follows, and what was split off from them."""
    known = followed(request)
    return Matter.objects.filter(Q(pk__in=known) | Q(split_from__in=known))


def follow(request: HttpRequest, answer: HttpResponse, matter: Matter) -> HttpResponse:
    """Let this browser look at a matter for a month: at the whole, if it was split off."""
    whole = matter.split_from_id or matter.pk
    known = [whole, *(pk for pk in followed(request) if pk != whole)][:MOST]
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
    # What was split off has no code of its own: that of the whole opens it.
    if found and code_fits(found.split_from or found, code):
        cache.delete(key)
        return found
    cache.add(key, 0, TRIES_WINDOW)
    cache.incr(key)
    raise Refused(_("Number and code do not fit together. Please compare both with your receipt."))
