"""Which matters may be the same one, with the reasons in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.intake.same import Row, Same, alike_rows, all_compared, days_apart, this_row
from daodi.core.ledgers.models import Category
from daodi.core.matters.belongings import Contact
from daodi.core.matters.models import Matter
from daodi.core.matters.states import OPEN_STATES
from daodi.core.people.models import Member
from daodi.lib.sameness import SAME
from daodi.lib.text import listed

LOOK_BACK = timedelta(days=30)
MOST_SHOWN = 5
# From which share on words in common are told of; texts of one town share some anyhow.
TOLD_FROM = 0.1
SOON = 7  # days


@dataclass(frozen=True, slots=True)
class Likeness:
    """A matter that may be the same one: why, how much so, and whether they can become one."""

    matter: Matter
    reasons: tuple[str, ...]
    can_merge: bool


def likely_duplicates(
    matter: Matter,
    member: Member,
    now: datetime,
    category: Category | None = None,
    *,
    knows_caller: bool = True,
) -> list[Likeness]:
    """Return which of the matters that `member` sees may be the same as this one, likeliest first.

    Looked at are the open and recent ones of the same ledger: those of the same caller if the
    member may know who called (`knows_caller`), of the same area, and of like words. `category`
    stands in for one that the matter has not been given yet.
    """
    near = Matter.objects.visible_to(member).filter(ledger=matter.ledger_id).exclude(pk=matter.pk)
    near = near.filter(Q(state__in=OPEN_STATES) | Q(filed_at__gt=now - LOOK_BACK))
    phone = Contact.objects.filter(pk=matter.pk, phone_hash__isnull=False).values("phone_hash")
    callers = near.filter(contact__phone_hash__in=phone) if knows_caller else None
    this = this_row(matter, category.pk if category else None)
    found = all_compared(this, alike_rows(matter, near, callers))
    shown = [(row, same) for row, same in found if row.by_caller or _is_worth_a_look(same)]
    shown.sort(key=lambda each: -(each[1].score + each[0].by_caller))
    return _loaded(matter, {
        row.pk: tuple(_reasons(this, row, same))
        for row, same in shown[:MOST_SHOWN]
    })  # fmt: skip


def _is_worth_a_look(same: Same) -> bool:
    """Say whether it is likely the same; or of the same place, and not of another thing."""
    return same.score >= SAME or (same.is_one_place and not same.words.is_of_another_thing)


def _reasons(this: Row, other: Row, same: Same) -> Iterator[str]:
    days = days_apart(this, other)
    if other.by_caller:
        yield _("same telephone")
    yield from _in_common(same)
    if same.is_same_area_and_category:
        yield _("same category and area")
    if same.score >= SAME and days <= SOON:
        yield _apart(days)


def _in_common(same: Same) -> Iterator[str]:
    words = same.words
    if words.places:
        yield _("same place: %(names)s") % {"names": listed(words.places[:2])}
    elif same.is_same_address:
        yield _("same address")
    if words.things:
        yield _("same thing: %(names)s") % {"names": listed(words.things[:3])}
    elif words.shared > TOLD_FROM:
        yield _("%(percent)s %% of the words") % {"percent": int(words.shared * 100)}


def _apart(days: int) -> str:
    if not days:
        return _("on the same day")
    return ngettext("%(n)s day apart", "%(n)s days apart", days) % {"n": days}


def _loaded(matter: Matter, found: dict[int, tuple[str, ...]]) -> list[Likeness]:
    others = Matter.objects.for_list().in_bulk(list(found)) if found else {}
    return [
        Likeness(others[pk], reasons, _can_merge(matter, others[pk]))
        for pk, reasons in found.items()
        if pk in others
    ]


def _can_merge(matter: Matter, other: Matter) -> bool:
    return other.is_open and other.is_confidential == matter.is_confidential
