"""Numbers and tracking codes."""

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.lib.text import letters_of

# No 0 O 1 I L: read out on the telephone and copied from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def next_ids(count: int, table: str = "core_matter") -> list[int]:
    """Take ids for new matters, or other rows, from their sequence; nobody waits for anybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [f"{table}_id_seq", count])
        return [row[0] for row in cursor.fetchall()]


def number_for(ledger: Ledger, matter_id: int, filed_at: datetime) -> str:
    """Return a number such as SQ-20261121-000123: prefix, day of filing here, id."""
    return f"{ledger.prefix}-{timezone.localtime(filed_at):%Y%m%d}-{matter_id:06d}"


def new_code(form_key: uuid.UUID | None = None) -> str:
    """Return a tracking code: eight characters, 39 bits.

    One made for a form comes out the same again, so that a form sent twice gets one receipt; it
    cannot be guessed without the server's secret.
    """
    if form_key is None:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"code" + form_key.bytes, hashlib.sha256)
    number = int.from_bytes(digest)
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def form_key_of(serial: str) -> uuid.UUID:
    """Return the key of a paper form; only the server's secret leads from the serial to it."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"paper" + serial.encode(), hashlib.sha256)
    return uuid.UUID(bytes=digest[:16])


def code_hash(matter_id: int, code: str) -> bytes:
    """Return what is stored of a code. Capitals, width, blanks and dashes do not matter."""
    plain = f"{matter_id}:{letters_of(code)}"
    return hmac.digest(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256)


def code_fits(matter: Matter, code: str) -> bool:
    """Say whether this is the matter's tracking code, in constant time."""
    stored = bytes(matter.code_hash or b"")
    return hmac.compare_digest(stored, code_hash(matter.pk, code))
