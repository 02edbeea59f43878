"""Send what is due: claim, hand over, write down how it went.

Any number may send at once, stop at any moment and begin again. A row is claimed before it is sent
and marked afterwards; one that is found claimed and left alone was sent by somebody who died, and
nobody can tell whether it arrived: it is marked as unsure and sent once more, never a third time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from daodi.core.clocks.services import load_calendar
from daodi.core.matters.contacts import ContactUnreadable, reach_of
from daodi.core.notices.carriers.base import Carrier, Down, Message, NotDelivered, Rejected, Unsure
from daodi.core.notices.carriers.known import hand_over, opened
from daodi.core.notices.models import LONG, Delivery
from daodi.core.notices.times import after_quiet, moment_to_send
from daodi.core.notices.words import (
    desk_link,
    line_of,
    link_of,
    resident_link,
    title_of,
    to_resident,
)
from daodi.lib.worktime import WorkCalendar

# Longer than any carrier waits for an answer.
LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
MOST_TOGETHER = 500
State = Delivery.State


@dataclass
class _Run:
    """One run of sending: its time, what is open, and which carriers do not answer."""

    now: datetime
    carriers: dict[str, Carrier]
    down: set[str] = field(default_factory=set)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return load_calendar()


def send_due(now: datetime, most: int | None = None) -> int:
    """Send all that is due, or `most` messages of it; return how many were claimed."""
    done = 0
    _take_back(now)
    with opened() as carriers, override(settings.LANGUAGE_CODE):
        run = _Run(now, carriers)
        while most is None or done < most:
            found = _claim(run)
            if found is None:
                break
            if found:
                _send(found, run)
                done += 1
    return done


@transaction.atomic
def _claim(run: _Run) -> list[Delivery] | None:
    """Take what is due first, and with it all that is due at the same address; None: nothing."""
    free = (
        Delivery.objects.due(run.now)
        .exclude(carrier__in=run.down)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("address", "notice__matter__merged_into", "notice__member")
        .order_by("due_at", "pk")
    )
    first = free.first()
    if first is None:
        return None
    found = [first]
    if first.address_id:
        same = free.filter(address=first.address_id, is_unsure=first.is_unsure)
        if first.is_unsure:
            # What may have arrived goes again as it was, so that the other side can know it again.
            same = same.filter(changed_at=first.changed_at)
        same = same.exclude(pk=first.pk)
        found += same[: MOST_TOGETHER - 1]
    gone = [delivery.pk for delivery in found if _has_left(delivery)]
    Delivery.objects.filter(pk__in=gone).delete()
    return _ready([delivery for delivery in found if delivery.pk not in gone], run)


def _has_left(delivery: Delivery) -> bool:
    """Say whether a person has lost the place in which they were to be told."""
    address, member = delivery.address, delivery.notice.member
    return bool(address and address.user_id and member and not member.is_active)


def _ready(found: list[Delivery], run: _Run) -> list[Delivery]:
    """Put off what falls into quiet hours or a day off, and mark the rest as being sent."""
    later: list[Delivery] = []
    ready: list[Delivery] = []
    for delivery in found:
        delivery.due_at = _moment(delivery, run)
        (ready if delivery.due_at <= run.now else later).append(delivery)
    Delivery.objects.bulk_update(later, ["due_at"])
    claimed = Delivery.objects.filter(pk__in=[delivery.pk for delivery in ready])
    claimed.update(state=State.SENDING, tries=F("tries") + 1, changed_at=run.now)
    return ready


def _moment(delivery: Delivery, run: _Run) -> datetime:
    if delivery.is_urgent:
        return run.now
    address = delivery.address
    if address is None:
        return after_quiet(run.now)
    quiet = address.quiet_from, address.quiet_to
    return moment_to_send(run.now, address.pace, quiet, run.calendar)


def _send(found: Sequence[Delivery], run: _Run) -> None:
    carrier = run.carriers[found[0].carrier]
    claimed = Delivery.objects.filter(pk__in=[delivery.pk for delivery in found])
    to = ""
    try:
        message = _message(found)
        if message is None:
            claimed.delete()
            return
        to = message.to
        hand_over(carrier, message)
    except (NotDelivered, ContactUnreadable) as error:
        if isinstance(error, Down):
            run.down.add(carrier.name)
        # What a server answers may name the address, which is nobody's to read.
        reason = str(error).replace(to, "…") if to else str(error)
        for delivery in found:
            _not_sent(delivery, error, reason[:LONG], run.now)
    else:
        claimed.update(state=State.SENT, changed_at=run.now, reason="")


def _message(found: Sequence[Delivery]) -> Message | None:
    """Return what is sent: to a resident a sentence, to staff a line for each notice."""
    first = found[0]
    notice, key = first.notice, f"daodi-{first.pk}"
    if first.address is None:
        reach = reach_of(notice.about)
        if reach is None:
            return None
        words = to_resident(notice)
        link = resident_link(notice, reach.code)
        return Message(key, reach.to, words, (words,), link)
    lines = tuple(line_of(delivery.notice) for delivery in found)
    secret = notice.matter is not None and notice.matter.is_confidential
    alone = len(found) == 1 and not secret
    link = link_of(notice) if alone else desk_link()
    title = lines[0] if alone else title_of(len(found))
    return Message(key, first.address.to, title, lines, link)


def _not_sent(delivery: Delivery, error: Exception, reason: str, now: datetime) -> None:
    """Try again later, or give up where that is of no use; a person can always try again."""
    tried = delivery.tries + 1
    gives_up = isinstance(error, Rejected) or tried > len(WAITS)
    if isinstance(error, Unsure):
        gives_up, delivery.is_unsure = delivery.is_unsure, True
    delivery.state = State.FAILED if gives_up else State.WAITING
    delivery.due_at = now if gives_up else now + WAITS[tried - 1]
    delivery.reason, delivery.changed_at = reason, now
    fields = ["state", "is_unsure", "due_at", "reason", "changed_at"]
    delivery.save(update_fields=fields)


def _take_back(now: datetime) -> None:
    """Take back what somebody claimed who died before they could say how it went."""
    left = Delivery.objects.sending_since(now - LEASE)
    left.filter(is_unsure=True).update(
        state=State.FAILED, changed_at=now, reason=_("Nobody can say whether it arrived.")
    )
    left.update(state=State.WAITING, is_unsure=True, due_at=now)
