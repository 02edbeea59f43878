"""The chain of a matter's events and the root of a day's, as anybody can compute them. Pure.

A line is hashed together with the hash of the line before it. Its words are not part of the line,
only their salted digest is: so personal words can be erased without breaking the chain.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

START = bytes(32)
# The one way in which a line is written before it is hashed.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def words_digest(salt: bytes, *words: str) -> bytes:
    """Return the digest that stands for words; the salt keeps short ones from being guessed.

    No text in the database can hold a NUL, so nothing can be moved from one text to the next.
    """
    return hmac.digest(salt, "\0".join(words).encode(), hashlib.sha256)


def line_hash(before: bytes, line: Mapping[str, Any]) -> bytes:
    """Return the hash of a line of history that follows the line with the hash `before`."""
    text = _CANONICAL.encode(line)
    return hashlib.sha256(before + text.encode()).digest()


def moment(at: datetime) -> str:
    """Write a moment the one way in which it is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over hashes in their order, built as in RFC 6962; of none it is START."""
    if not leaves:
        return START
    level = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest()
            for i in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]
