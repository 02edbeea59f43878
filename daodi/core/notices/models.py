from datetime import datetime, time
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit, User

QUIET_FROM, QUIET_TO = time(21), time(8)
SHORT, LONG = 8, 200


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, member: Member) -> Self:
        return self.filter(member=member)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def for_list(self) -> Self:
        return self.select_related("matter").only(
            "name", "at", "data", "read_at", "member_id", "matter__number", "matter__title",
            "matter__state",
        )  # fmt: skip


class Notice(models.Model):
    """What somebody is told because of one line of a matter's history; without a member: what the
    resident is told; without a matter: that entries are to be looked at again.
    """

    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, db_index=False, related_name="notices"
    )
    seq = models.PositiveIntegerField()
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, db_index=False, related_name="notices"
    )
    name = models.CharField(max_length=24)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__isnull=False) | Q(member__isnull=False),
                name="notice_to_somebody",
            ),
            models.UniqueConstraint(fields=["matter", "seq", "member"], name="notice_once"),
            models.UniqueConstraint(
                fields=["matter", "seq"], condition=Q(member=None), name="notice_once_to_resident"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="notice_of_member"),
            models.Index(fields=["member"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id or ''}/{self.seq} {self.name}"

    @property
    def about(self) -> Matter:
        """Return the matter of what a resident is told: there always is one (else ValueError)."""
        if self.matter is None:
            raise ValueError(f"notice {self.pk} is about no matter")
        return self.matter


class AddressQuerySet(models.QuerySet["Address"]):
    def in_use(self) -> Self:
        return self.exclude(pace=Address.Pace.NEVER)


class Address(models.Model):
    """Where a person, or the group of a unit, is told besides the inbox, and when."""

    class Pace(models.TextChoices):
        ONCE = "once", _("At once")
        MORNING = "morning", _("Together, each working day in the morning")
        NEVER = "never", _("Not at all")

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="addresses")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="addresses")
    carrier = models.CharField(max_length=SHORT)
    to = models.CharField(max_length=LONG)
    pace = models.CharField(max_length=SHORT, choices=Pace, default=Pace.ONCE)
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_to = models.TimeField(default=QUIET_TO)
    tested_at = models.DateTimeField(null=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(unit=None), name="address_of_a_person_or_a_unit"
            ),
            models.UniqueConstraint(fields=["user", "carrier"], name="address_of_user_once"),
            models.UniqueConstraint(fields=["unit", "carrier"], name="address_of_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.user or self.unit}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=Delivery.State.WAITING, due_at__lte=now)

    def sending_since(self, before: datetime) -> Self:
        return self.filter(state=Delivery.State.SENDING, changed_at__lte=before)

    def failed(self) -> Self:
        return self.filter(state=Delivery.State.FAILED)

    def visible_to(self, member: Member) -> Self:
        """Keep what went to the member's house, or to residents on ledgers that it looks after."""
        path = member.unit.path
        ledger = "notice__matter__ledger"
        return self.filter(
            Q(notice__member__unit__path__startswith=path)
            | Q(address=None, **{f"{ledger}__unit__path__startswith": path})
            | Q(address=None, **{f"{ledger}__supervising_unit__path__startswith": path})
        )

    def for_list(self) -> Self:
        return self.select_related(
            "notice__matter", "notice__member__user", "notice__member__unit",
            "address__user", "address__unit",
        )  # fmt: skip


class Delivery(models.Model):
    """A notice on its way out of the house; without an address: to the resident's own contact."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    address = models.ForeignKey(Address, models.CASCADE, null=True, related_name="deliveries")
    carrier = models.CharField(max_length=SHORT)
    state = models.CharField(max_length=SHORT, choices=State, default=State.WAITING)
    # Nobody can say whether it arrived: a worker died, or the line broke, while it was sent.
    is_unsure = models.BooleanField(default=False)
    # Not even quiet hours hold it.
    is_urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=LONG, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "address"], name="delivery_once"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(address=None), name="delivery_once_to_resident"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=Q(state="waiting"), name="delivery_due"
            ),
            models.Index(
                fields=["changed_at"], condition=Q(state="sending"), name="delivery_sending"
            ),
            models.Index(fields=["-id"], condition=Q(state="failed"), name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.carrier} {self.state}"


class OneTimeCode(models.Model):
    """Six digits sent to a telephone, to show that it is in one's hand; kept as digests only."""

    phone = models.BinaryField(max_length=32)
    asked_from = models.BinaryField(max_length=32)
    code = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["phone", "sent_at"], name="code_to_phone"),
            models.Index(fields=["asked_from", "sent_at"], name="code_asked_from"),
        ]

    def __str__(self) -> str:
        return f"{self.sent_at:%Y-%m-%d %H:%M}"
