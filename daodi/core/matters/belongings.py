"""What belongs to a matter: joint units' parts, the resident's contact, files."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.people.models import Member, Unit


class PartQuerySet(models.QuerySet["Part"]):
    def in_force(self) -> Self:
        """Keep the parts of a dispatch that still holds, handed in or not, each with its unit."""
        return self.filter(ended_at=None).select_related("unit")

    def open(self) -> Self:
        """Keep what still waits for its joint unit."""
        return self.filter(handed_in_at=None, ended_at=None)

    def in_house_of(self, member: Member) -> Self:
        return self.filter(unit__path__startswith=member.unit.path)

    def late(self) -> Self:
        """Keep what is past its day and not handed in."""
        return self.open().filter(card=Part.RED)

    def due_first(self) -> Self:
        return self.order_by(models.F("due_at").asc(nulls_last=True), "pk")


class Part(models.Model):
    """A joint unit's part in a matter: what it is to do, by when, and whether it has done so."""

    YELLOW, RED = "yellow", "red"

    matter = models.ForeignKey("core.Matter", models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    content = models.TextField(blank=True)
    added_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    card = models.CharField(max_length=6, blank=True)
    # When the sweep must tell somebody about it next; null: never again.
    alarm_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "unit"], condition=Q(ended_at=None), name="part_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["alarm_at"], condition=Q(alarm_at__isnull=False), name="part_alarm"
            ),
            models.Index(
                fields=["unit", "due_at"],
                condition=Q(handed_in_at=None, ended_at=None),
                name="part_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit}"


class Contact(models.Model):
    """Who filed a matter and how to reach them, encrypted; read only by `contacts.read_contact`."""

    matter = models.OneToOneField("core.Matter", models.CASCADE, primary_key=True)
    sealed = models.BinaryField()
    # For finding the caller's earlier matters without storing the number in clear.
    phone_hash = models.BinaryField(max_length=32, null=True, db_index=True)
    # By which carrier the resident is told; in clear, so that most acts need not open anything.
    tell_by = models.CharField(max_length=8, blank=True)

    def __str__(self) -> str:
        return str(self.matter_id)


class Attachment(models.Model):
    """A file that belongs to a matter, stored under a random name."""

    matter = models.ForeignKey("core.Matter", models.PROTECT, related_name="attachments")
    # The event it came with, by its place in the matter's history.
    seq = models.PositiveIntegerField()
    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)
    is_picture = models.BooleanField(default=False)
    is_public = models.BooleanField(_("the resident sees it"), default=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sound(self) -> bool:
        """Say whether it can be listened to."""
        return self.mime.startswith("audio/")
