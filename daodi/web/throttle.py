"""How often one address may ask for something; the address itself is not kept."""

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

HOUR = 60 * 60
TOO_MANY = 429


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def is_too_often(request: HttpRequest, what: str, *, most: int, seconds: int) -> bool:
    """Count one more question and say whether it is more than `most` within `seconds`."""
    key = f"asked:{what}:{signing.Signer().signature(address_of(request))}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        return False


def files_too_often(request: HttpRequest, form: BaseForm) -> bool:
    """Count one more filing of an address; when it is one too many, say so in the form."""
    most = settings.FILINGS_AN_HOUR
    if not is_too_often(request, "file", most=most, seconds=HOUR):
        return False
    said = _(
        "More than %(most)s requests came from your connection within an hour. Please try again "
        "in an hour: what you wrote is still here. If it presses, call the hotline."
    )
    form.add_error(None, said % {"most": most})
    return True
