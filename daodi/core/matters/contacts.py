"""Seal and open what is known of a resident."""

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daodi.core.exceptions import Refused
from daodi.core.matters.belongings import Contact
from daodi.core.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Person:
    """A resident, as far as they told us."""

    name: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone)


NOBODY = Person()


class ContactUnreadable(Refused):
    message = _(
        "The contact cannot be decrypted: the key it was sealed with is missing "
        "from CONTACT_KEYS. Ask the operator of the server."
    )


def seal(matter_id: int, person: Person) -> Contact:
    """Return the row that keeps `person`, encrypted with the newest key."""
    text = json.dumps({"name": person.name, "phone": person.phone})
    return Contact(
        matter_id=matter_id,
        sealed=_box().encrypt(text.encode()),
        phone_hash=next(iter(phone_hashes(person.phone)), None),
    )


def unseal(contact: Contact) -> Person:
    """Return who it is; raise ContactUnreadable when none of the keys fits."""
    try:
        text = _box().decrypt(bytes(contact.sealed))
    except InvalidToken as error:
        raise ContactUnreadable from error
    return Person(**json.loads(text))


def phone_hashes(phone: str) -> list[bytes]:
    """Return what a number may be stored as, the newest key first; only its digits count.

    Full-width digits are digits, and +86 is where we are. Without any digit there is nothing.
    """
    number = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone).replace("+86", ""))
    keys = settings.CONTACT_KEYS if number else []
    return [hmac.digest(key.encode(), number.encode(), hashlib.sha256) for key in keys]


def rotate(batch: int = 1000) -> int:
    """Seal every contact again with the newest key; return how many. Safe to stop and to repeat."""
    done, last = 0, 0
    while True:
        rows = list(Contact.objects.filter(pk__gt=last).order_by("pk")[:batch])
        if not rows:
            return done
        fresh = [seal(row.pk, unseal(row)) for row in rows]
        Contact.objects.bulk_update(fresh, ["sealed", "phone_hash"])
        done, last = done + len(rows), rows[-1].pk


def same_phone(phone: str) -> "list[int]":
    """Return the ids of the matters that came from this number."""
    hashes = phone_hashes(phone)
    return list(Contact.objects.filter(phone_hash__in=hashes).values_list("pk", flat=True))


def has_contact(matter: Matter) -> bool:
    return Contact.objects.filter(pk=matter.pk).exists()


def _box() -> MultiFernet:
    return _box_of(tuple(settings.CONTACT_KEYS))


@cache
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
