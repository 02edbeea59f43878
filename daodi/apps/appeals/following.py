"""Who may look at a request without an account: whoever has shown its tracking code."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core import signing
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.intake.codes import code_fits
from daodi.core.intake.paper import PaperForm
from daodi.core.matters.models import Matter
from daodi.core.matters.numbers import number_as_typed
from daodi.core.matters.querysets import MatterQuerySet
from daodi.web.throttle import address_of

COOKIE, SALT = "following", "daodi.following"
MOST = 20
MONTH = 30 * 24 * 60 * 60
TRIES, TRIES_FROM, TRIES_WINDOW = 10, 100, 15 * 60


class WrongCode(Refused):
    message = gettext_lazy(
        "Number and code do not fit together. Please compare both with your receipt."
    )


def followed(request: HttpRequest) -> list[int]:
    """Return the ids of the matters whose code this browser has shown, the latest first."""
    raw = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MONTH)
    return [int(part) for part in (raw or "").split(".") if part]


def mine(request: HttpRequest) -> MatterQuerySet:
    """Keep the matters that this browser follows, and what was split off from them."""
    known = followed(request)
    return Matter.objects.filter(Q(pk__in=known) | Q(split_from__in=known))


def follow(request: HttpRequest, answer: HttpResponse, *matters: Matter) -> HttpResponse:
    """Let this browser look at matters for a month: at the whole, if one was split off."""
    wholes = [matter.split_from_id or matter.pk for matter in matters]
    known = list(dict.fromkeys([*wholes, *followed(request)]))[:MOST]
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


def find(request: HttpRequest, number: str, code: str) -> Matter:
    """Return the matter with this number and code; raise Refused, the same for either mistake.

    After ten wrong codes for a number it refuses for a quarter of an hour; after a hundred from
    one address, whatever the numbers: many telephones share one.
    """
    number = number_as_typed(number)
    with _few_tries(request, number):
        found = Matter.objects.for_page().filter(number=number).first()
        # What was split off has no code of its own: that of the whole opens it.
        if found is None or not code_fits(found.split_from or found, code):
            raise WrongCode
    return found


def find_by_strip(request: HttpRequest, sheet: PaperForm, code: str) -> Matter | None:
    """Return what was entered from a paper form, for whoever has its strip; None: nothing yet.

    Raise Refused as `find` does: without the code nobody learns whether it was entered.
    """
    with _few_tries(request, sheet.serial):
        if not sheet.is_opened_by(code):
            raise WrongCode
    return sheet.matter()


@contextmanager
def _few_tries(request: HttpRequest, number: str) -> Iterator[None]:
    """Count a wrong code of a number; refuse after too many."""
    wrong = {_key("number", number): TRIES, _key("from", address_of(request)): TRIES_FROM}
    known = cache.get_many(wrong)
    if any(known.get(key, 0) >= most for key, most in wrong.items()):
        raise Refused(_("Too many wrong codes. Please wait 15 minutes."))
    try:
        yield
    except WrongCode:
        for key in wrong:
            cache.add(key, 0, TRIES_WINDOW)
            cache.incr(key)
        raise
    cache.delete(_key("number", number))


def _key(what: str, value: str) -> str:
    return f"wrong-codes:{what}:{signing.Signer().signature(value)}"
