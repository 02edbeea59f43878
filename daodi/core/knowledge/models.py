from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit


class EntryState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("No longer used")


class EntryQuerySet(models.QuerySet["Entry"]):
    def published(self) -> Self:
        return self.filter(state=EntryState.PUBLISHED)

    def public(self) -> Self:
        """Keep what everybody may read."""
        return self.published().filter(is_public=True)

    def visible_to(self, member: Member) -> Self:
        """Keep what is published, and whatever the member's own house keeps or answers for."""
        path = member.unit.path
        return self.filter(
            Q(state=EntryState.PUBLISHED)
            | Q(house__path__startswith=path)
            | Q(unit__path__startswith=path)
        )

    def kept_by(self, member: Member) -> Self:
        """Keep what the member's own house looks after."""
        return self.filter(house__path__startswith=member.unit.path)

    def saying(self, words: str) -> Self:
        """Keep what has all of these words somewhere."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(question__icontains=word)
                | Q(answer__icontains=word)
                | Q(keywords__icontains=word)
            )
        return found

    def of_house(self, unit: Unit) -> Self:
        """Keep what this unit or one below it answers for."""
        return self.filter(unit__path__startswith=unit.path)

    def due(self, today: date) -> Self:
        """Keep what is published and has to be looked at again, the longest overdue first."""
        return self.published().filter(review_on__lte=today).order_by("review_on", "pk")

    def proposed_to(self) -> Self:
        """Keep what somebody has proposed a change to that nobody has decided on."""
        return self.filter(pk__in=Proposal.objects.open().values("entry"))

    def with_use(self, since: date) -> Self:
        """Say how often each was shown, opened and helped since a day."""
        use = EntryUse.objects.filter(entry=models.OuterRef("pk"), day__gte=since).values("entry")
        return self.annotate(
            **{
                name: Coalesce(
                    models.Subquery(use.annotate(sum=Sum(count)).values("sum")), Value(0)
                )
                for name, count in (("shown", "shown"), ("opened", "opened"), ("helped", "helped"))
            }
        )

    def for_list(self) -> Self:
        return self.select_related("unit", "category")

    def for_page(self) -> Self:
        return self.select_related("unit", "house", "category", "matter")

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Entry(models.Model):
    """A question that many ask, and the answer of the unit that answers for it."""

    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("unit that answers for it")
    )
    # The unit in which it was written: its editors and managers look after it.
    house = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", verbose_name=_("category")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="entries")
    keywords = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("keywords"))
    is_public = models.BooleanField(_("residents read it too"), default=False)
    review_on = models.DateField(_("look at it again on"))
    # For which of these days somebody was told.
    reminded_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.DRAFT)
    # Counts the versions; whoever changes an entry must have seen the last one.
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EntryState), name="entry_state_known")
        ]
        indexes = [
            models.Index(
                fields=["review_on", "id"],
                condition=Q(state=EntryState.PUBLISHED),
                name="entry_review",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def content(self) -> dict[str, Any]:
        """Return what a version keeps, as it is written down."""
        return {
            "question": self.question,
            "answer": self.answer,
            "unit": str(self.unit),
            "category": str(self.category or ""),
            "source": self.source,
            "keywords": self.keywords,
            "is_public": self.is_public,
            "review_on": self.review_on.isoformat(),
        }


class EntryVersion(models.Model):
    """What an entry said after an act on it, and who did it when."""

    class Act(models.TextChoices):
        WRITTEN = "written", _("Written")
        CHANGED = "changed", _("Changed")
        TAKEN = "taken", _("Proposal taken")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Taken out of use")
        CONFIRMED = "confirmed", _("Looked at: still right")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=Act)
    note = models.CharField(max_length=300, blank=True)
    content = models.JSONField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.number} {self.act}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)


class Proposal(models.Model):
    """What the unit that answers for an entry would rather have it say."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="proposals")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    question = models.CharField(max_length=200)
    answer = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    is_taken = models.BooleanField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["entry"], condition=Q(decided_at=None), name="proposal_open")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.question}"


class EntryUse(models.Model):
    """How often an entry was shown, opened and of help on a day; nobody is counted by name."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    helped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "day"], name="entry_use_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.day}"
