"""Draw whose residents are called: by a seed for each day that nobody can choose or foresee.

The seed is made of the site's secret and the day of the hand-in, the lot of a matter of the seed,
its number and its round. So a draw comes out the same whoever repeats it, and whenever.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from daodi.core.followup.models import FollowUp, FollowUpRule
from daodi.core.matters.belongings import Contact
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State

# A share of one per cent is so many of the lots.
PER_CENT = 100
LOTS = 100 * PER_CENT
BATCH = 500
# What was judged and cleared before the job came round is drawn all the same, and counted.
REACH = timedelta(days=1)
Whom, Row = FollowUpRule.Whom, FollowUp.State


def seed_of(day: date) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"follow-up:{day}".encode(), hashlib.sha256)


def digest_of(seed: bytes) -> bytes:
    """Return what is recorded of a seed: it shows later that this was the one."""
    return hashlib.sha256(seed).digest()


def lot_of(seed: bytes, number: str, round_: int) -> int:
    """Return the lot of a matter's round, from 0 to LOTS - 1; each as likely as any other."""
    digest = hmac.digest(seed, f"{number}:{round_}".encode(), hashlib.sha256)
    return int.from_bytes(digest) % LOTS


def threshold_of(rule: FollowUpRule) -> int:
    """Return how many of the lots are drawn: those below this one."""
    return rule.share * PER_CENT if rule.whom == Whom.SHARE else LOTS


def draw(now: datetime) -> int:
    """Draw for every result that was handed in and not drawn for yet; return for how many.

    Any number of draws may run at once and be repeated: whoever comes second stores nothing.
    """
    rules = {rule.ledger_id: rule for rule in FollowUpRule.objects.all()}
    usual = FollowUpRule()
    done = 0
    while found := list(_undrawn(now)[:BATCH]):
        rows = [_row(matter, rules.get(matter.ledger_id, usual), now) for matter in found]
        FollowUp.objects.bulk_create(rows, ignore_conflicts=True)
        done += len(rows)
    return done


def verify(rows: Iterable[FollowUp]) -> Iterator[FollowUp]:
    """Draw again and yield what does not come out as it is recorded."""
    for row in rows:
        seed = seed_of(row.day)
        is_drawn = lot_of(seed, row.matter.number, row.round) < row.threshold
        if bytes(row.seed) != digest_of(seed) or row.drawn != is_drawn:
            yield row


def _undrawn(now: datetime) -> MatterQuerySet:
    drawn = FollowUp.objects.filter(matter=OuterRef("pk"), round=OuterRef("round"))
    lately = Q(state=State.CLEARED, handed_in_at__gt=now - REACH)
    matters = Matter.objects.filter(Q(state=State.HANDED_IN) | lately, ~Exists(drawn))
    # A task that the house set itself has no resident: it belongs to no sample.
    contact = Contact.objects.filter(matter=OuterRef("pk"))
    of_residents = matters.filter(Q(ledger__residents_file=True) | Exists(contact))
    # Nobody can be called without a number: that shows at once, and not after three tries.
    phone = contact.filter(phone_hash__isnull=False)
    needed = of_residents.only("number", "round", "handed_in_at", "ledger")
    return needed.annotate(has_phone=Exists(phone)).order_by("pk")


def _row(matter: Any, rule: FollowUpRule, now: datetime) -> FollowUp:
    """Return the draw for a matter that knows whether it `has_phone`."""
    at = matter.handed_in_at or now
    day = timezone.localtime(at).date()
    seed, threshold = seed_of(day), threshold_of(rule)
    drawn = lot_of(seed, matter.number, matter.round) < threshold
    silence = timedelta(days=rule.silent_days if rule.whom == Whom.CROSS else 0)
    state = (Row.WAITING if matter.has_phone else Row.NOT_REACHED) if drawn else Row.NOT_DRAWN
    return FollowUp(
        matter=matter, round=matter.round, day=day, seed=digest_of(seed), threshold=threshold,
        drawn=drawn, call_from=at + silence, state=state,
    )  # fmt: skip
