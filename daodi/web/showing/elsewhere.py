"""What domain apps find when somebody looks for words: their configs name how."""

from dataclasses import dataclass

from daodi.core.people.models import Member
from daodi.lib.pairs import words_of
from daodi.lib.plugs import plugged

MOST = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that has the words: where it is, what it is called and to whom it belongs."""

    url: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """What an app has found: the first few of its hits, and the page that lists them all."""

    label: str
    icon: str
    url: str
    rows: list[Hit]


def found_elsewhere(member: Member, asked: str) -> list[Hits]:
    """Return what a member may read outside the ledgers that has these words (`finds`)."""
    return _found("finds", member, asked) if words_of(asked) else []


def found_for_residents(asked: str) -> list[Hits]:
    """Return what everybody may read outside the ledgers that has these words (`public_finds`)."""
    return _found("public_finds", asked) if words_of(asked) else []


def _found(name: str, *asked: object) -> list[Hits]:
    return [hits for find in plugged(name) if (hits := find(*asked, MOST)).rows]
