"""The public figures: how much came in, how much was answered, in time, and to whose satisfaction.

Answered in time: handed in by the day that the resident was promised. Satisfied: "satisfied" or
"basically" among those who said anything. Every share comes with the number that it rests on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import Coalesce, Left
from django.utils.translation import get_language

from daodi.core.ledgers.kinds import Satisfied
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division, Unit

WINDOW, UNITS_WINDOW = timedelta(days=30), timedelta(days=90)
KEPT = 10 * 60
TOWN_CODE = 9
# Fewer than this could point to a person and make no share; fewer than that say nothing of a unit.
FEWEST, FEWEST_OF_UNIT, FEWEST_UNITS = 5, 10, 4
# A difference of less than this from the middle says nothing.
NEAR = {"in_time": 5, "satisfied": 5, "days": 0.5}
COMPARED = (Unit.Kind.DEPARTMENT, Unit.Kind.TOWN, Unit.Kind.ENTERPRISE)
DAY = timedelta(days=1)


class Median(Aggregate):
    """The middle value of a group."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of figures."""

    label: str
    pk: int
    filed: int
    answered: int
    timed: int
    in_time: int
    judged: int
    satisfied: int

    @property
    def in_time_share(self) -> int | None:
        return _share(self.in_time, self.timed)

    @property
    def satisfied_share(self) -> int | None:
        return _share(self.satisfied, self.judged)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page of figures."""

    total: Row
    topics: list[Row]
    towns: list[Row]
    # The names of towns with too few to be shown.
    small_towns: list[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands among those of its kind, in one measure."""

    measure: str
    value: float
    n: int
    low: float
    quarter: float
    median: float
    three_quarters: float
    high: float
    units: int

    @property
    def place(self) -> str:
        """Say in which part of its kind's range the value lies; near the middle is in it."""
        if abs(self.value - self.median) <= NEAR[self.measure]:
            return "middle"
        if self.value < self.quarter:
            return "low"
        return "high" if self.value > self.three_quarters else "middle"


def figures(now: datetime) -> Figures:
    """Return the figures of the last 30 days; they are worked out every ten minutes."""
    key = f"figures:portal:{get_language()}"
    return cast("Figures", cache.get_or_set(key, lambda: _figures(now), KEPT))


def standings(unit: Unit, now: datetime) -> list[Standing]:
    """Return where a unit stands among those of its kind; measures with too few are left out."""
    every: Any = cache.get_or_set("figures:units", lambda: _units(now), KEPT)
    mine = [row for row in every if row["level"] == unit.kind]
    return [
        standing
        for measure, n in (("in_time", "timed"), ("satisfied", "judged"), ("days", "answered"))
        if (standing := _standing(unit.pk, mine, measure, n))
    ]


def _public() -> QuerySet[Matter]:
    return Matter.objects.filter(ledger__is_public=True, ledger__residents_file=True)


def _counts(since: datetime) -> dict[str, Any]:
    answered = Q(handed_in_at__gte=since)
    timed = answered & Q(promised_at__isnull=False)
    return {
        "filed": Count("pk", filter=Q(filed_at__gte=since)),
        "answered": Count("pk", filter=answered),
        "timed": Count("pk", filter=timed),
        "in_time": Count("pk", filter=timed & Q(handed_in_at__lte=F("promised_at"))),
        "judged": Count("pk", filter=answered & ~Q(satisfied="")),
        "satisfied": Count(
            "pk", filter=answered & Q(satisfied__in=(Satisfied.YES, Satisfied.BASICALLY))
        ),
    }


def _figures(now: datetime) -> Figures:
    since = now - WINDOW
    matters = _public().filter(Q(filed_at__gte=since) | Q(handed_in_at__gte=since))
    counts = _counts(since)
    top = Coalesce("category__parent__parent", "category__parent", "category")
    by_topic: Any = matters.values(key=top).annotate(**counts)
    by_town: Any = matters.values(key=Left("division__code", TOWN_CODE)).annotate(**counts)
    topics = {each.pk: each for each in Category.objects.filter(level=1)}
    towns = {each.code: each for each in Division.objects.filter(level="town")}
    in_towns = _rows(by_town, towns)
    return Figures(
        Row(label="", pk=0, **matters.aggregate(**counts)),
        _rows(by_topic, topics),
        [row for row in in_towns if row.filed >= FEWEST],
        [row.label for row in in_towns if row.filed < FEWEST],
    )


def _rows(found: Iterable[dict[str, Any]], known: dict[Any, Any]) -> list[Row]:
    """Give each line its name, the largest first; what has no place or topic is in the total."""
    named = [(known.get(row.pop("key")), row) for row in found]
    rows = [Row(label=str(there), pk=there.pk, **row) for there, row in named if there]
    return sorted(rows, key=lambda row: -row.filed)


def _units(now: datetime) -> list[dict[str, Any]]:
    since = now - UNITS_WINDOW
    matters = _public().filter(handed_in_at__gte=since, first_unit__kind__in=COMPARED)
    found: Any = matters.values(house=F("first_unit"), level=F("first_unit__kind")).annotate(
        **_counts(since), took=Median(F("handed_in_at") - F("filed_at"))
    )
    return [
        {
            **row,
            "in_time": _share(row["in_time"], row["timed"]),
            "satisfied": _share(row["satisfied"], row["judged"]),
            "days": round(row["took"] / DAY, 1),
        }
        for row in found
    ]


def _standing(unit: int, rows: list[dict[str, Any]], measure: str, n: str) -> Standing | None:
    enough = [row for row in rows if row[n] >= FEWEST_OF_UNIT]
    own = next((row for row in enough if row["house"] == unit), None)
    if own is None or len(enough) < FEWEST_UNITS:
        return None
    values = sorted(row[measure] for row in enough)
    quarter, median, three_quarters = quantiles(values, n=4, method="inclusive")
    return Standing(
        measure, own[measure], own[n], values[0], quarter, median, three_quarters, values[-1],
        len(enough),
    )  # fmt: skip


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole >= FEWEST else None
