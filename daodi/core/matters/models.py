from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone

from daodi.core.ledgers.kinds import Channel, Kind, Urgency
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.belongings import Part
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import END_STATES, OPEN_STATES, State
from daodi.core.people.models import Division, Member, Unit

LATITUDES, LONGITUDES = (-90, 90), (-180, 180)
# Nothing is due: sorts behind everything that is.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


class Matter(models.Model):
    """One item on a ledger. It changes only together with a line of its history."""

    number = models.CharField(max_length=24, unique=True)
    ledger = models.ForeignKey(Ledger, models.PROTECT)
    state = models.CharField(max_length=10, choices=State)
    # Counts the events; whoever changes a matter must have seen the version they change.
    version = models.PositiveIntegerField()
    head = models.BinaryField(max_length=32)

    title = models.CharField(max_length=200)
    text = models.TextField()
    salt = models.BinaryField(max_length=16)
    kind = models.CharField(max_length=12, choices=Kind)
    category = models.ForeignKey(Category, models.PROTECT, null=True)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    division = models.ForeignKey(Division, models.PROTECT, null=True)
    address = models.CharField(max_length=200, blank=True)
    # Where it is, as the phone or a map told it (WGS 84).
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    extra = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, choices=Channel)
    is_confidential = models.BooleanField(default=False)
    may_publish = models.BooleanField(default=False)

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # Who received it first stays answerable when it is forwarded in the house.
    first_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    seen_by_units = ArrayField(models.BigIntegerField(), default=list)
    seen_by_members = ArrayField(models.BigIntegerField(), default=list)
    is_final = models.BooleanField(default=False)
    pending = models.CharField(max_length=12, blank=True)
    card = models.CharField(max_length=6, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    # The filing that this matter was a part of; never itself a part of another.
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_off")
    account = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    filed_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=NEVER)
    promised_at = models.DateTimeField(null=True)
    clear_at = models.DateTimeField(null=True)
    # When the sweep must look at this matter next; null: never again.
    next_look_at = models.DateTimeField(null=True)
    bounces = models.PositiveSmallIntegerField(default=0)
    redos = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    # The round whose answer somebody has published, or decided to leave unpublished.
    publication_round = models.PositiveSmallIntegerField(default=0)
    solved = models.CharField(max_length=6, blank=True)
    satisfied = models.CharField(max_length=10, blank=True)
    is_excluded = models.BooleanField(default=False)

    code_hash = models.BinaryField(max_length=32, null=True)
    form_key = models.UUIDField(null=True, unique=True)
    source_key = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True)

    # The version up to which somebody who holds the matter knows the clocks that run, and these.
    known_clocks: tuple[int, list[Any]] | None = None

    # The parts in force, where a list has fetched them for all its rows.
    fetched_parts: list[Part]

    # When the reader's own joint part is due, where `joint_for` has said so.
    part_due: datetime

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State), name="matter_state_known"),
            models.UniqueConstraint(
                fields=["ledger", "source_key"],
                condition=~Q(source_key=""),
                name="matter_source_once",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False)
                | ~Q(state__in=("dispatched", "handling", "waiting", "suspended")),
                name="matter_with_a_unit_when_dispatched",
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None)
                | Q(lat__isnull=False, lon__isnull=False)
                & Q(lat__range=LATITUDES, lon__range=LONGITUDES),
                name="matter_position_on_earth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_look_at"],
                condition=Q(next_look_at__isnull=False),
                name="matter_next_look",
            ),
            models.Index(
                fields=["due_at", "id"], condition=Q(state__in=OPEN_STATES), name="matter_due"
            ),
            # Lists with conditions of one's own: any order, open or not, far back or not.
            models.Index(fields=["due_at", "id"], name="matter_any_due"),
            models.Index(fields=["id"], condition=Q(state__in=OPEN_STATES), name="matter_open"),
            models.Index(fields=["filed_at"], name="matter_filed"),
            models.Index(
                fields=["filed_at"],
                condition=Q(state__in=END_STATES, erased_at__isnull=True),
                name="matter_ended_kept",
            ),
            models.Index(
                fields=["state", "due_at", "id"],
                condition=Q(state__in=OPEN_STATES),
                name="matter_state_due",
            ),
            # Each list has an index with its own condition: then its first rows are the page.
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=(State.RECEIVED, State.LISTED)),
                name="matter_to_list",
            ),
            models.Index(
                fields=["unit", "due_at", "id"],
                condition=Q(state__in=(State.DISPATCHED, State.HANDLING)),
                name="matter_to_handle",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=OPEN_STATES) & ~Q(card=""),
                name="matter_card",
            ),
            # What units sent back, what is to be redone, and what was cleared where.
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=OPEN_STATES, bounces__gt=0),
                name="matter_bounced",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=OPEN_STATES, redos__gt=0),
                name="matter_redone",
            ),
            models.Index(
                fields=["category", "division", "address", "cleared_at"],
                condition=Q(state=State.CLEARED) & ~Q(address=""),
                name="matter_cleared_at_place",
            ),
            models.Index(fields=["-id"], condition=Q(is_excluded=True), name="matter_excluded"),
            models.Index(
                fields=["pending", "due_at", "id"],
                condition=~Q(pending=""),
                name="matter_pending",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(
                    state=State.CLEARED,
                    may_publish=True,
                    is_confidential=False,
                    publication_round__lt=models.F("round"),
                ),
                name="matter_to_publish",
            ),
            # What the public figures of the last days ask.
            models.Index(
                fields=["handed_in_at"],
                condition=Q(handed_in_at__isnull=False),
                name="matter_handed_in",
            ),
            # What else came from there lately, and where such matters were sent to.
            models.Index(fields=["division", "-id"], name="matter_place"),
            models.Index(fields=["category", "division", "-id"], name="matter_category_place"),
            GinIndex(fields=["seen_by_units"], name="matter_seen_units"),
            GinIndex(fields=["seen_by_members"], name="matter_seen_members"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def is_visible_to(self, member: Member) -> bool:
        """Say of a matter at hand what `visible_to` asks the database."""
        return member.unit_id in self.seen_by_units or member.pk in self.seen_by_members

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def whole(self) -> "Matter":
        """Return the matter whose result its resident judges: that which it was merged into."""
        return self.merged_into or self

    @property
    def is_due(self) -> bool:
        """Say whether any clock of the matter runs."""
        return self.is_open and self.due_at < NEVER

    def parts_in_force(self) -> list[Part]:
        """Return what joint units have to do, or have done, under the dispatch that holds."""
        if "fetched_parts" in self.__dict__:
            return self.fetched_parts
        return list(self.parts.in_force())

    def facts(self) -> dict[str, str]:
        """Return what a policy may ask about the matter."""
        code = self.category.code if self.category else ""
        return {"urgency": self.urgency, "kind": self.kind, "category": code}

    def filed_on(self) -> date:
        """Return the day on which it was filed, here and not in UTC."""
        return timezone.localtime(self.filed_at).date()
