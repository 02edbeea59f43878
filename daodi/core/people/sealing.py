"""What is kept encrypted: residents' contacts, and the secrets of second factors."""

from functools import cache

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def box() -> MultiFernet:
    """Return what seals with the newest key and opens with each that is known."""
    return _box_of(tuple(settings.CONTACT_KEYS))


@cache
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class SealedFactors(DefaultMFAAdapter):
    """Tell allauth how secrets are kept, and what an authenticator shows beside its codes."""

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return f"到底 {settings.SITE_NAME}".strip()


def rotate_factors() -> int:
    """Seal the secrets of all second factors with the newest key; return how many."""
    rows = list(Authenticator.objects.all())
    for row in rows:
        sealed = {key: row.data[key] for key in ("secret", "seed") if key in row.data}
        row.data |= {key: box().rotate(text).decode() for key, text in sealed.items()}
    Authenticator.objects.bulk_update(rows, ["data"])
    return len(rows)
