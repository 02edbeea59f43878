from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Floor, Least, TruncWeek

from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Unit

LEAST_SURE, MOST_SURE = 50, 100  # percent
TENTHS = 10


class Learning(models.Model):
    """What a ledger lets be done with what was learnt; without a row nothing is done by itself."""

    ledger = models.OneToOneField(Ledger, models.CASCADE, primary_key=True, related_name="learning")
    # Percent from which a category is listed without an operator; null: never.
    list_from = models.PositiveSmallIntegerField(null=True, blank=True)
    # A person went back: what is learnt from then on waits until a person takes the newest.
    is_held = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(list_from=None) | Q(list_from__range=(LEAST_SURE, MOST_SURE)),
                name="learning_list_from",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ledger_id} {self.list_from}"


class ModelVersionQuerySet(models.QuerySet["ModelVersion"]):
    def of(self, ledger: Ledger) -> Self:
        return self.filter(ledger=ledger)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def newest_first(self) -> Self:
        return self.order_by("-number")


class ModelVersion(models.Model):
    """What was learnt for a ledger one night, and how well it did on weeks it had not seen."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    file = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    # On the same rows: this one, and what was in use that night.
    figures = models.JSONField()
    rival = models.JSONField()
    is_active = models.BooleanField(default=False)

    objects = ModelVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="model_number_once"),
            models.UniqueConstraint(
                fields=["ledger"], condition=Q(is_active=True), name="model_one_active"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger_id} v{self.number}"


class AdviceQuerySet(models.QuerySet["Advice"]):
    def decided(self) -> Self:
        """Keep what a person has decided on since: only that says how good a suggestion was."""
        return self.filter(is_listed=False, matter__category__isnull=False).exclude(
            matter__state__in=(State.RECEIVED, State.DECLINED, State.MERGED, State.WITHDRAWN)
        )

    def listed_alone(self) -> Self:
        """Keep what was listed without an operator, whatever people made of it since."""
        return self.filter(is_listed=True)

    def counted(self) -> dict[str, int]:
        """Count what was suggested and what of it was taken."""
        return self.aggregate(
            n=Count("pk", filter=Q(category__isnull=False)),
            right=Count("pk", filter=_TAKEN),
            units=Count("pk", filter=Q(unit__isnull=False, matter__first_unit__isnull=False)),
            units_right=Count("pk", filter=Q(unit=F("matter__first_unit"))),
        )

    def by_category(self) -> list[dict[str, Any]]:
        """Count by the category that people chose, the commonest first."""
        return _rows(
            self.values(code=F("matter__category__code"))
            .annotate(n=Count("pk"), right=Count("pk", filter=_TAKEN))
            .order_by("-n", "code")
        )

    def by_sureness(self) -> list[dict[str, Any]]:
        """Count by tenths of confidence, the least sure first."""
        return _rows(
            self.filter(category__isnull=False)
            .annotate(tenth=Least(Floor(F("confidence") * TENTHS), TENTHS - 1.0))
            .values("tenth")
            .annotate(
                n=Count("pk"), right=Count("pk", filter=_TAKEN), sure=models.Avg("confidence")
            )
            .order_by("tenth")
        )

    def by_week(self) -> list[dict[str, Any]]:
        return _rows(
            self.filter(category__isnull=False)
            .annotate(week=TruncWeek("at"))
            .values("week")
            .annotate(n=Count("pk"), right=Count("pk", filter=_TAKEN))
            .order_by("week")
        )

    def instead(self) -> list[dict[str, Any]]:
        """Count what people chose in place of what was suggested, the commonest first."""
        return _rows(
            self.filter(category__isnull=False)
            .exclude(_TAKEN)
            .values(said=F("category__code"), chosen=F("matter__category__code"))
            .annotate(n=Count("pk"))
            .order_by("-n", "said", "chosen")
        )


_TAKEN = Q(category=F("matter__category"))


def _rows(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [dict(row) for row in found]


class Advice(models.Model):
    """What was suggested for a matter when it came in; what was chosen stands on the matter."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="advice")
    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    # Null: nothing had been learnt yet, the words of the category scheme spoke.
    version = models.ForeignKey(ModelVersion, models.SET_NULL, null=True, related_name="+")
    category = models.ForeignKey(Category, models.SET_NULL, null=True, related_name="+")
    confidence = models.FloatField(default=0)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    unit_reason = models.CharField(max_length=400, blank=True)
    # The likeliest categories with their words: [{"category": 1, "confidence": 0.9, "words": […],
    # "learnt": true}].
    guesses = models.JSONField(default=list)
    # The places that the text names, as `daodi.core.gazetteer.matching.Found` keeps them.
    places = models.JSONField(default=list)
    # Whether the gazetteer has learnt from this matter: it does so once.
    is_learnt_from = models.BooleanField(default=False)
    # Listed without an operator, because it was sure enough.
    is_listed = models.BooleanField(default=False)
    # Why an operator chose something else, if they said so.
    why = models.CharField(max_length=200, blank=True)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["ledger", "-at"], name="advice_ledger_at")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.category_id} {self.confidence:.2f}"


def advice_of(matter: Matter) -> Advice | None:
    """Return what a worker wrote down for a matter, read once; None: it has not been there yet."""
    try:
        return matter.advice
    except Advice.DoesNotExist:
        return None
