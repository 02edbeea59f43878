from collections.abc import Callable
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from daodi.core.clocks.models import PolicyVersion, rules_of
from daodi.core.clocks.policy import Policy
from daodi.core.ledgers.fields import Field
from daodi.core.ledgers.kinds import Kind
from daodi.core.people.models import Division, Member, Unit
from daodi.core.people.roles import Role, usual_filers


class LedgerQuerySet(models.QuerySet["Ledger"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def open_to_residents(self) -> Self:
        """Keep the ledgers in which anybody may file."""
        return self.active().filter(residents_file=True)

    def open_to(self, member: Member) -> Self:
        """Keep the ledgers in which a member may file for somebody else."""
        above = list(Unit.objects.filter(path__in=member.unit.line()).values_list("pk", flat=True))
        here = Q(filing_units=[]) | Q(filing_units__overlap=above)
        return self.active().filter(here, filing_roles__overlap=member.roles)

    def with_units(self) -> Self:
        """Bring what filing needs along, in one query."""
        return self.select_related("unit", "supervising_unit")

    def run_by(self, member: Member) -> Self:
        """Keep the ledgers that the member's own house lists and dispatches."""
        return self.filter(unit__path__startswith=member.unit.path)

    def for_list(self) -> Self:
        return self.with_units().select_related("policy").defer("policy__rules")


def _several(
    of: "models.Field[Any, Any]", label: Any, default: Callable[[], list[Any]] = list
) -> "ArrayField[Any, Any]":
    return ArrayField(of, verbose_name=label, default=default, blank=True)


class Ledger(models.Model):
    """A list of matters of one kind, with its own categories, clocks and rules: all of it data."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    # What residents read where they choose what to file: plain words, not an office's.
    public_name = models.CharField(_("name for residents"), max_length=60, blank=True)
    public_name_en = models.CharField(_("name for residents in English"), max_length=80, blank=True)
    purpose = models.TextField(_("what it is for"), blank=True)
    prefix = models.CharField(_("prefix of numbers"), max_length=6)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("unit that lists and dispatches")
    )
    supervising_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("unit that supervises")
    )
    policy = models.ForeignKey(
        PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("clocks")
    )
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind), verbose_name=_("kinds"))
    residents_file = models.BooleanField(_("residents may file"), default=False)
    # Who files for others: these roles, in these units and below; without a unit in all of them.
    filing_roles = _several(
        models.CharField(max_length=12, choices=Role), _("roles that file for others"), usual_filers
    )
    filing_units = _several(models.BigIntegerField(), _("units that file for others"))
    # Units that see its matters besides those that have to do with them; confidential ones never.
    readers = _several(models.BigIntegerField(), _("units that read it besides"))
    leader_dispatches = models.BooleanField(_("operators list, a leader dispatches"), default=False)
    is_public = models.BooleanField(
        _("matters may be published, with the resident's consent"), default=False
    )
    leader_signs = models.BooleanField(_("a leader signs before hand-in"), default=False)
    # The steps that are not taken without a photo or a file.
    evidence = _several(models.CharField(max_length=20), _("steps that need evidence"))
    is_confidential = models.BooleanField(_("every matter is confidential"), default=False)
    confidants = models.ManyToManyField(
        Member, blank=True, related_name="+", verbose_name=_("who lists confidential matters")
    )
    clear_after_satisfied = models.PositiveSmallIntegerField(
        _("days until a satisfied matter is cleared"), default=0
    )
    clear_after_silence = models.PositiveSmallIntegerField(
        _("days of silence until a matter is cleared"), null=True, blank=True, default=15
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("days in which a resident may ask for redo"), default=30
    )
    fields = models.JSONField(_("extra fields"), default=list, blank=True)
    decline_reasons = _several(models.CharField(max_length=200), _("reasons to decline"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(prefix__regex="^[A-Z]{1,6}$"), name="ledger_prefix")
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def plain_name(self) -> str:
        """Return what residents call it."""
        english = get_language() == "en" and self.public_name_en
        return english or self.public_name or str(self)

    @property
    def rules(self) -> Policy:
        """Return the clocks that matters filed or moved now get."""
        return rules_of(self.policy_id)

    @classmethod
    def label_of(cls, name: str) -> str:
        """Return what a field is called, as at the head of a line."""
        label = str(cls._field(name).verbose_name)
        return label[:1].upper() + label[1:]

    @classmethod
    def fitting(cls, name: str, value: Any) -> Any:
        """Return a value as a field keeps it; raise ValidationError if it does not fit."""
        return cls._field(name).clean(value, None)

    @classmethod
    def _field(cls, name: str) -> "models.Field[Any, Any]":
        return next(field for field in cls._meta.concrete_fields if field.name == name)

    def asks_for_evidence(self, step: str) -> bool:
        """Say whether a step needs a file; a draft for signature is a hand-in in all but name."""
        return ("hand_in" if step == "submit" else step) in self.evidence

    def extra_fields(self) -> list[Field]:
        return [Field.read(spec) for spec in self.fields]


class CategoryQuerySet(models.QuerySet["Category"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def within(self, code: str) -> Self:
        """Keep the category with this code and all below it."""
        return self.filter(code__startswith=code)

    def named(self, text: str) -> Self:
        """Keep the categories with these characters in their name, or with this code."""
        return self.filter(
            Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__iexact=text)
        )

    def directly_below(self, category: "Category | None") -> Self:
        return self.filter(parent=category)

    def for_list(self) -> Self:
        return self.select_related("parent__parent")

    def with_count_below(self) -> Self:
        # Counting would drop the usual order.
        return self.annotate(count_below=Count("below")).order_by("code")

    def without_lead(self) -> Self:
        """Keep the leaves for which the catalogue names nobody, neither here nor further up."""
        below = Category.objects.active().filter(parent=OuterRef("pk"))
        lines = CatalogueLine.objects.filter(
            Q(category=OuterRef("pk"))
            | Q(category=OuterRef("parent"))
            | Q(category=OuterRef("parent__parent"))
        )
        return self.active().filter(~Exists(below), ~Exists(lines))


class Category(models.Model):
    """What a matter is about, in up to three levels; a code begins with its parent's code."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="categories")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="below")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.PositiveSmallIntegerField()
    keywords = ArrayField(models.CharField(max_length=30), default=list)
    kind_hint = models.CharField(max_length=12, choices=Kind, blank=True)
    is_confidential = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "code"], name="category_code_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 3)), name="category_three_levels"),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name

    def way(self) -> list["Category"]:
        """Return what lies above this category and the category itself, the topmost first."""
        return [*self.parent.way(), self] if self.parent else [self]


class CatalogueLineQuerySet(models.QuerySet["CatalogueLine"]):
    def for_list(self) -> Self:
        lines = self.select_related("category__parent__parent", "area", "lead")
        return lines.prefetch_related("joint").order_by("number")

    def from_number(self, number: int) -> Self:
        """Keep what comes behind this number: the key to page by."""
        return self.filter(number__gt=number)


class CatalogueLine(models.Model):
    """One line of the dispatch catalogue: who leads for a category in an area, and why."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="catalogue")
    number = models.PositiveIntegerField()
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    area = models.ForeignKey(Division, models.PROTECT, null=True, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    joint = models.ManyToManyField(Unit, blank=True, related_name="+")
    basis = models.CharField(max_length=300, blank=True)

    objects = CatalogueLineQuerySet.as_manager()

    class Meta:
        ordering = ["ledger", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="catalogue_number_once"),
            models.UniqueConstraint(
                fields=["ledger", "category", "area"],
                name="catalogue_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.category} {self.area or ''} → {self.lead}"
