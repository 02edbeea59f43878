"""How often one address may ask for something; the address itself is not kept."""

from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 60 * 60
DAY = 24 * HOUR
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
