"""Seal and open what is known of a resident."""

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import asdict, dataclass

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daodi.core.exceptions import Refused
from daodi.core.matters.belongings import Contact
from daodi.core.matters.models import Matter
from daodi.core.people.sealing import box


@dataclass(frozen=True, slots=True)
class Person:
    """A resident, as far as they told us."""

    name: str = ""
    phone: str = ""
    email: str = ""
    # By which carrier they want to be told how it goes; empty: they look themselves.
    notify: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email)


NOBODY = Person()
# The carriers that reach a resident, and what of a person each needs.
TELL_BY = {"sms": "phone", "mail": "email"}


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a message to a resident goes, and the tracking code for the link in it."""

    to: str
    code: str


class ContactUnreadable(Refused):
    message = _(
        "The contact cannot be decrypted: the key it was sealed with is missing "
        "from CONTACT_KEYS. Ask the operator of the server."
    )


def seal(matter_id: int, person: Person, code: str = "") -> Contact:
    """Return the row that keeps `person`, encrypted with the newest key.

    Who wants to be told gets links that open their request: its tracking code is sealed with them.
    """
    known = asdict(person) | ({"code": code} if person.notify else {})
    return _sealed(matter_id, known)


def unseal(contact: Contact) -> Person:
    """Return who it is; raise ContactUnreadable when none of the keys fits."""
    known = _opened(contact)
    known.pop("code", None)
    return Person(**known)


def reach_of(matter: Matter) -> Reach | None:
    """Return where the resident's own notices go; None: they want none, or were erased.

    Only what sends them asks. No person gets to see it, and the resident asked for it: so it leaves
    no line in the history, where a line for each message would hide those of people who looked.
    """
    contact = Contact.objects.filter(pk=matter.pk).exclude(tell_by="").first()
    if contact is None:
        return None
    known = _opened(contact)
    return Reach(known[TELL_BY[contact.tell_by]], known.get("code", ""))


def digits(phone: str) -> str:
    """Return what counts of a number: full-width digits are digits, and +86 is where we are."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", phone).replace("+86", ""))


def carry_over(matter: Matter, to_id: int) -> None:
    """Seal the contact of a matter for another one too; nobody gets to read it."""
    if contact := Contact.objects.filter(pk=matter.pk).first():
        seal(to_id, unseal(contact)).save(force_insert=True)


def phone_hashes(phone: str) -> list[bytes]:
    """Return what a number may be stored as, the newest key first; without digits, nothing."""
    number = digits(phone)
    keys = settings.CONTACT_KEYS if number else []
    return [hmac.digest(key.encode(), number.encode(), hashlib.sha256) for key in keys]


def rotate(batch: int = 1000) -> int:
    """Seal every contact again with the newest key; return how many. Safe to stop and to repeat."""
    done, last = 0, 0
    while True:
        rows = list(Contact.objects.filter(pk__gt=last).order_by("pk")[:batch])
        if not rows:
            return done
        fresh = [_sealed(row.pk, _opened(row)) for row in rows]
        Contact.objects.bulk_update(fresh, ["sealed", "phone_hash"])
        done, last = done + len(rows), rows[-1].pk


def same_phone(phone: str) -> "list[int]":
    """Return the ids of the matters that came from this number."""
    hashes = phone_hashes(phone)
    return list(Contact.objects.filter(phone_hash__in=hashes).values_list("pk", flat=True))


def has_contact(matter: Matter) -> bool:
    return Contact.objects.filter(pk=matter.pk).exists()


def _sealed(matter_id: int, known: dict[str, str]) -> Contact:
    wanted = known.get("notify", "")
    can_be_told = wanted in TELL_BY and known[TELL_BY[wanted]]
    return Contact(
        matter_id=matter_id,
        sealed=box().encrypt(json.dumps(known).encode()),
        phone_hash=next(iter(phone_hashes(known["phone"])), None),
        tell_by=wanted if can_be_told else "",
    )


def _opened(contact: Contact) -> dict[str, str]:
    try:
        text = box().decrypt(bytes(contact.sealed))
    except InvalidToken as error:
        raise ContactUnreadable from error
    known: dict[str, str] = json.loads(text)
    return known
