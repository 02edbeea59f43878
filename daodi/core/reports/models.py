from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role

# Who writes reports, and who reads them once they are issued.
WRITERS = (Role.EDITOR, Role.SUPERVISOR, Role.MANAGER)
READERS = (*WRITERS, Role.LEADER)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, member: Member) -> Self:
        """Keep what concerns ledgers of the member's house; drafts for those who write only."""
        house = member.unit.path
        ours = Q(ledger__unit__path__startswith=house)
        ours |= Q(ledger__supervising_unit__path__startswith=house)
        if not member.has(*READERS):
            return self.none()
        found = self.filter(ours, ledger__is_confidential=False)
        return found if member.has(*WRITERS) else found.filter(state=Report.State.ISSUED)

    def drafts(self) -> Self:
        return self.filter(state=Report.State.DRAFT)

    def for_list(self) -> Self:
        return self.select_related("ledger", "issuing_unit")

    def for_page(self) -> Self:
        """Bring what writing and showing need along."""
        return self.select_related(
            "ledger__unit", "ledger__supervising_unit", "issuing_unit", "issued_by__user"
        )


class Report(models.Model):
    """What happened on a ledger in some days, as it was known at a moment: a draft, then frozen."""

    class Kind(models.TextChoices):
        DAILY = "daily", _("Daily study")
        WEEKLY = "weekly", _("Weekly push")
        MONTHLY = "monthly", _("Monthly comment")
        QUARTERLY = "quarterly", _("Quarterly report")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")

    kind = models.CharField(max_length=9, choices=Kind)
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    # The moment whose knowledge all figures were counted by.
    as_of = models.DateTimeField()
    # Counts the changes; whoever writes into a report must have seen the last one.
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    # Which issue of its kind in the year; only issued reports have them.
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)

    # The frame, as GB/T 9704 has it; what is empty is left out.
    title = models.CharField(_("title"), max_length=120)
    masthead = models.CharField(_("red head"), max_length=60)
    reference = models.CharField(_("document number"), max_length=60, blank=True)
    addressee = models.CharField(_("to"), max_length=200, blank=True)
    signatory = models.CharField(_("signed for by"), max_length=60, blank=True)
    copies = models.CharField(_("copies to"), max_length=200, blank=True)
    issuing_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    made_at = models.DateTimeField()
    # None: the worker, at the due time.
    made_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "kind", "first", "last"], name="report_once_a_window"
            ),
            models.UniqueConstraint(
                fields=["ledger", "kind", "year", "number"], name="report_number_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(last__gte=models.F("first")), name="report_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", number=None, year=None, issued_at=None)
                | Q(state="issued", number__isnull=False, year__isnull=False,
                    issued_at__isnull=False),
                name="report_issued_has_a_number",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Section(models.Model):
    """One part of a report: what the machine wrote, and what somebody made of it.

    In a text, `126[3]` is a number that comes from source 3. `data` holds: `figures`, every number
    used, as `sources.Source` keeps it; `table`: head and rows; `bars`: labels and values.
    """

    class Kind(models.TextChoices):
        OVERVIEW = "overview", _("Overall situation")
        CHANGE = "change", _("Compared with the period before")
        UNITS = "units", _("How the units handled them")
        CATEGORIES = "categories", _("What residents asked for")
        TOWNS = "towns", _("Where it came from")
        OVERDUE = "overdue", _("Red list: overdue matters")
        ORDERS = "orders", _("Orders of the supervisors")
        SUSPENDED = "suspended", _("Suspended matters")
        REPEATED = "repeated", _("What comes again")
        UNSATISFIED = "unsatisfied", _("What residents are not satisfied with")
        OUTLOOK = "outlook", _("What falls due next")

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections", db_index=False)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    heading = models.CharField(max_length=60)
    written = models.TextField()
    edited = models.TextField(blank=True)
    edited_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)
    data = models.JSONField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "kind"], name="section_once_in_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"

    @property
    def text(self) -> str:
        """Return what it says: a person's words, where there are any."""
        return self.edited if self.edited_at else self.written

    @property
    def figures(self) -> list[dict[str, Any]]:
        return list(self.data["figures"])
