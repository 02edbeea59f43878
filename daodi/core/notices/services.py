"""What people do with notices: read them, choose how they are told, look after what failed."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import Func, OuterRef
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.notices.carriers.base import Message, NotDelivered
from daodi.core.notices.carriers.known import FOR_GROUPS, hand_over, opened, ready_carriers
from daodi.core.notices.models import Address, Delivery, Notice, OneTimeCode
from daodi.core.notices.words import desk_link
from daodi.core.notices.writing import queue_sending
from daodi.core.people.models import Member, MemberQuerySet, Unit
from daodi.core.people.roles import Role

MOST_COUNTED = 99
BETWEEN_TESTS = timedelta(minutes=1)
YEAR = timedelta(days=365)
DAY = timedelta(days=1)
BATCH = 1000
Pace = Address.Pace


def with_unread(members: MemberQuerySet) -> MemberQuerySet:
    """Add `unread` to each member, counted in the same query up to one more than MOST_COUNTED."""
    unread = Notice.objects.unread().filter(member=OuterRef("pk")).values("pk")
    counted = Func(
        ArraySubquery(unread[: MOST_COUNTED + 1]),
        function="CARDINALITY",
        output_field=models.IntegerField(),
    )
    return members.annotate(unread=counted)


def mark_read(member: Member, *, now: datetime, pk: int | None = None) -> None:
    """Mark one of a member's notices as read, or all of them."""
    unread = Notice.objects.of(member).unread()
    (unread.filter(pk=pk) if pk else unread).update(read_at=now)


@transaction.atomic
def choose(
    carrier: str, *, to: str, pace: str, quiet: tuple[time, time], by: Member, unit: Unit | None
) -> None:
    """Say where and when a member is told by a carrier, or the group of their unit (`unit`).

    What waits for an address that is not used any more is dropped: it stands in the inbox.
    """
    known = ready_carriers().get(carrier)
    if known is None or pace not in Pace:
        raise Refused(_("This site does not send notices that way."))
    if unit and (unit != by.unit or not may_choose_for_unit(by) or carrier not in FOR_GROUPS):
        raise NotYours
    whose = {"unit": unit} if unit else {"user": by.user}
    if pace == Pace.NEVER:
        Delivery.objects.filter(
            state=Delivery.State.WAITING, address__carrier=carrier,
            **{f"address__{key}": value for key, value in whose.items()},
        ).delete()  # fmt: skip
        Address.objects.filter(carrier=carrier, **whose).update(pace=pace)
        return
    values = {"to": known.clean(to), "pace": pace, "quiet_from": quiet[0], "quiet_to": quiet[1]}
    Address.objects.update_or_create(carrier=carrier, **whose, defaults=values)


def may_choose_for_unit(member: Member) -> bool:
    """Say whether a member answers for the group of their unit."""
    return member.has(Role.LEADER, Role.MANAGER)


def send_test(address: Address, *, now: datetime) -> None:
    """Send a message at once; raise Refused with what the other side answered if it fails."""
    mine = Address.objects.filter(pk=address.pk)
    if not mine.exclude(tested_at__gt=now - BETWEEN_TESTS).update(tested_at=now):
        raise Refused(_("It was tested a moment ago: please wait a minute."))
    with opened() as carriers:
        words = _("This is a test: notices reach you here.")
        key = f"daodi-test-{address.pk}-{now.timestamp():.0f}"
        message = Message(key, address.to, words, (words,), desk_link())
        try:
            hand_over(carriers[address.carrier], message)
        except NotDelivered as error:
            raise Refused(_("It could not be sent: %(why)s") % {"why": error}) from error


@transaction.atomic
def try_again(delivery: Delivery, *, now: datetime) -> None:
    """Let what could not be delivered be sent once more, with all its tries before it."""
    failed = Delivery.objects.failed().filter(pk=delivery.pk)
    waiting = Delivery.State.WAITING
    if not failed.update(state=waiting, tries=0, is_unsure=False, due_at=now, changed_at=now):
        raise Refused(_("It is on its way again already."))
    queue_sending()


def forget_old(now: datetime) -> int:
    """Delete notices older than a year, and codes older than a day; return how many notices.

    Rows are numbered as time goes: the oldest come first, and the first young one ends it.
    """
    OneTimeCode.objects.filter(sent_at__lt=now - DAY).delete()
    done = 0
    while True:
        oldest = Notice.objects.order_by("pk").values_list("pk", "at")[:BATCH]
        old = [pk for pk, at in oldest if at < now - YEAR]
        Notice.objects.filter(pk__in=old).delete()
        done += len(old)
        if len(old) < BATCH:
            return done
