"""Which matters may be the same one, with the reasons in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import Q, Value
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from daodi.core.ledgers.models import Category
from daodi.core.matters.belongings import Contact
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import OPEN_STATES
from daodi.core.people.models import Member

LOOK_BACK = timedelta(days=30)
# How many are read at most, and shown at most.
MOST_OF_A_CALLER, MOST_OF_A_PLACE, MOST_SHOWN = 20, 200, 5
# Of longer texts the beginning is compared.
COMPARED = 400
# From which score on it is shown; texts about the same town share some words anyhow.
ALIKE, TOLD_FROM = 0.3, 0.1
SAME_CALLER, SAME_KIND = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """A matter that may be the same one: why, how much so, and whether they can become one."""

    matter: Matter
    reasons: tuple[str, ...]
    can_merge: bool


class Row(NamedTuple):
    """What is compared of a matter."""

    pk: int
    same_caller: bool = False
    title: str = ""
    text: str = ""
    category: int | None = None
    division: int | None = None


def likely_duplicates(
    matter: Matter, member: Member, now: datetime, category: Category | None = None
) -> list[Likeness]:
    """Return which of the matters that `member` sees may be the same as this one, likeliest first.

    Compared are those of the same caller, and the open and recent ones of the same ledger and
    place. `category` stands in for one that the matter has not been given yet.
    """
    near = Matter.objects.visible_to(member).filter(ledger=matter.ledger_id).exclude(pk=matter.pk)
    near = near.filter(Q(state__in=OPEN_STATES) | Q(filed_at__gt=now - LOOK_BACK))
    phone = Contact.objects.filter(pk=matter.pk, phone_hash__isnull=False).values("phone_hash")
    callers = _rows(near.filter(contact__phone_hash__in=phone), MOST_OF_A_CALLER, same=True)
    place = _rows(near.filter(division=matter.division_id), MOST_OF_A_PLACE, same=False)
    # One may be in both: then that of the caller comes later and stays.
    rows = {row.pk: row for row in sorted(starmap(Row, callers.union(place, all=True)))}
    about = matter.category_id or (category.pk if category else None)
    this = Row(matter.pk, category=about, division=matter.division_id)
    words = pairs(matter.title + matter.text[:COMPARED])
    found = {pk: _compared(this, words, row) for pk, row in rows.items()}
    best = sorted(found, key=lambda pk: (-found[pk][0], -pk))[:MOST_SHOWN]
    return _loaded(matter, {pk: found[pk][1] for pk in best if found[pk][0] >= ALIKE})


def pairs(text: str) -> set[str]:
    """Return the pairs of characters that stand together in a text, signs and blanks left out."""
    plain = "".join(filter(str.isalnum, text))
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _rows(matters: MatterQuerySet, most: int, *, same: bool) -> Any:
    columns = ("pk", Value(same), "title", Left("text", COMPARED), "category", "division")
    return matters.newest_first().values_list(*columns)[:most]


def _compared(this: Row, words: set[str], other: Row) -> tuple[float, tuple[str, ...]]:
    """Return how much alike two matters are, and what makes them so."""
    reasons, score = [], 0.0
    if other.same_caller:
        reasons.append(_("same telephone"))
        score += SAME_CALLER
    if this.category and (this.category, this.division) == (other.category, other.division):
        reasons.append(_("same category and place"))
        score += SAME_KIND
    theirs = pairs(other.title + other.text)
    # Of the shorter text, so that a short call fits a long letter.
    shared = len(words & theirs) / max(1, min(len(words), len(theirs)))
    if shared > TOLD_FROM:
        reasons.append(_("%(percent)s %% of the words") % {"percent": int(shared * 100)})
        score += shared
    return score, tuple(reasons)


def _loaded(matter: Matter, found: dict[int, tuple[str, ...]]) -> list[Likeness]:
    others = Matter.objects.for_list().in_bulk(list(found)) if found else {}
    return [
        Likeness(others[pk], reasons, _can_merge(matter, others[pk]))
        for pk, reasons in found.items()
        if pk in others
    ]


def _can_merge(matter: Matter, other: Matter) -> bool:
    return other.is_open and other.is_confidential == matter.is_confidential
