from typing import Any, Self

from django.db import models
from django.db.models import Q

from daodi.core.history.chain import moment
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.people.models import Member, Unit


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        """Keep what the resident of the matter sees."""
        return self.filter(is_public=True)

    def for_page(self) -> Self:
        return self.select_related("by__user", "unit", "words").order_by("seq")

    def done_by_house_of(self, member: Member) -> Self:
        """Keep what members of this member's house did, on whatever matter."""
        return self.filter(by__isnull=False, by__unit__path__startswith=member.unit.path)

    def for_log(self) -> Self:
        lines = self.select_related("by__user", "unit", "matter__ledger").defer(
            "matter__text", "matter__account", "matter__answer", "matter__extra"
        )
        return lines.order_by("-recorded_at", "-id")

    def for_telling(self) -> Self:
        """With what is needed to say who did what to which matter, and to whom; without words."""
        return self.select_related("by__user", "matter").defer(
            "matter__text", "matter__account", "matter__answer", "matter__extra"
        )


class Event(models.Model):
    """One line of a matter's history. Rows are only ever added: the database refuses the rest."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=24)
    # When it happened, and when it was written down here: an import writes down old events.
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    side = models.CharField(max_length=10, choices=[(side, side) for side in Side])
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField()
    data = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=32, null=True)
    hash = models.BinaryField(max_length=32)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="event_seq_once")]
        indexes = [
            models.Index(fields=["recorded_at", "id"], name="event_recorded"),
            # Who did what: for the log, over all matters.
            models.Index(
                fields=["by", "recorded_at", "id"], condition=Q(by__isnull=False), name="event_by"
            ),
            models.Index(
                fields=["recorded_at", "id"],
                condition=Q(name="contact_read"),
                name="event_contact_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.seq} {self.name}"

    def line(self, number: str) -> dict[str, Any]:
        """Return what is hashed, for the matter with this number."""
        return {
            "number": number,
            "seq": self.seq,
            "name": self.name,
            "at": moment(self.at),
            "recorded_at": moment(self.recorded_at),
            "side": self.side,
            "by": self.by_id,
            "unit": self.unit_id,
            "public": self.is_public,
            "data": self.data,
            "digest": bytes(self.digest).hex() if self.digest else None,
        }


class EventText(models.Model):
    """The words of an event, kept outside the chain so that they can be erased by law."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()
    salt = models.BinaryField(max_length=16)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text[:40]


class DayRoot(models.Model):
    """One root over all lines written down on a day; published, so that nobody can rewrite them."""

    day = models.DateField(primary_key=True)
    events = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.hex}"

    @property
    def hex(self) -> str:
        return bytes(self.root).hex()
