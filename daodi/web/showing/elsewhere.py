"""What is found outside the ledgers: answers of the knowledge base, and what domain apps have."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.knowledge.models import Entry
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
    if not words_of(asked):
        return []
    known = _entries(asked)
    return [*([known] if known.rows else []), *_found("finds", member, asked)]


def found_for_residents(asked: str) -> list[Hits]:
    """Return what everybody may read outside the ledgers that has these words (`public_finds`)."""
    return _found("public_finds", asked) if words_of(asked) else []


def _entries(asked: str) -> Hits:
    found = Entry.objects.published().saying(" ".join(words_of(asked)))
    rows = [
        Hit(reverse("desk:knowledge_entry", args=[entry.pk]), entry.question, str(entry.unit))
        for entry in found.select_related("unit").order_by("-pk")[:MOST]
    ]
    url = f"{reverse('desk:knowledge')}?{urlencode({'q': asked})}"
    return Hits(_("Knowledge base"), "books", url, rows)


def _found(name: str, *asked: object) -> list[Hits]:
    return [hits for find in plugged(name) if (hits := find(*asked, MOST)).rows]
