"""Count formulas in a scope, and find the matters behind each number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, CharField, F, FloatField, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, TruncMonth, TruncWeek

from daodi.core.figures.formulas import FORMULAS, Basis, Formula
from daodi.core.figures.models import Daily, Fact
from daodi.core.figures.summaries import AXES
from daodi.core.figures.tallying import tally, tally_groups
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member, Unit
from daodi.lib.statistics import wilson

QUANTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75, "p90": 0.9}
DAY = 86_400
STEPS: dict[str, Callable[[str], Combinable]] = {"day": F, "week": TruncWeek, "month": TruncMonth}


class FiledAt(Aggregate):
    """When what is as old as QUANTILES say was filed; between two the database interpolates."""

    name = "FiledAt"
    output_field = ArrayField(FloatField())

    def __init__(self) -> None:
        super().__init__(F("filed_at"))

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        shares = ", ".join(str(1 - share) for share in QUANTILES.values())
        order = "ORDER BY EXTRACT(EPOCH FROM %(expressions)s)"
        template = f"PERCENTILE_CONT(ARRAY[{shares}]) WITHIN GROUP ({order})"
        return super().as_sql(*args, **{**kwargs, "template": template})


@dataclass(frozen=True, slots=True)
class Scope:
    """Which matters: of a ledger, filed (answered, cleared) from `first` to `last`, both included.

    `unit` takes what lies below it along, `category` too; `town` is a division's code. `as_of`
    counts by what was known at that moment; None: by what is known now.
    """

    ledger: Ledger
    first: date
    last: date
    unit: Unit | None = None
    category: Category | None = None
    town: str = ""
    as_of: datetime | None = None

    def narrowed(self, axis: str, key: str) -> "Scope":
        """Return the part of the scope that a row of `by` stands for."""
        if axis == Daily.Axis.UNIT:
            return replace(self, unit=Unit.objects.get(pk=key))
        if axis == Daily.Axis.CATEGORY:
            return replace(self, category=Category.objects.get(pk=key))
        return replace(self, town=key)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a formula gives: `hits` of `of` matters; a plain count has as many hits as cases."""

    formula: Formula
    hits: float
    of: int

    @property
    def value(self) -> float | None:
        """Return the share from 0 to 1, or the count; None: there is no case."""
        if not self.formula.is_rate:
            return float(self.of)
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return the 95 % interval of a rate."""
        return wilson(self.hits, self.of) if self.formula.is_rate and self.of else None


def count(scope: Scope, formulas: Iterable[Formula] = FORMULAS.values()) -> dict[str, Figure]:
    """Count formulas; the result has one figure for each, by its code."""
    wanted = list(formulas)
    counted = {each.code: (0.0, 0) for each in wanted}
    kept = [each for each in wanted if _is_summed(scope, each)]
    if kept:
        rows = _daily(scope, kept).values("formula").annotate(hits=Sum("hits"), of=Sum("of"))
        counted |= {row["formula"]: (row["hits"], row["of"]) for row in rows.order_by()}
    for basis in Basis:
        direct = [each for each in wanted if each.basis is basis and each not in kept]
        if direct:
            counted |= tally(_facts_for(scope, basis, direct), direct)
    return {each.code: Figure(each, *counted[each.code]) for each in wanted}


def by(scope: Scope, axis: str, formulas: Sequence[Formula]) -> dict[str, dict[str, Figure]]:
    """Count formulas for each unit, category or town of the scope.

    The keys are ids of units or categories and codes of towns as text; matters without one stand
    under the empty key. Rows without any case are left out.
    """
    column = AXES[Daily.Axis(axis)] or "ledger_id"
    key = Coalesce(Cast(column, CharField()), Value(""))
    return _grouped(scope, formulas, axis, F("key"), lambda _basis: key)


def over_time(
    scope: Scope, formulas: Sequence[Formula], step: str
) -> list[tuple[date, dict[str, Figure]]]:
    """Count formulas for each day, week (from Monday) or month of the window that has a case.

    What stands at the moment (Basis.STOCK) has no course and is refused (ValueError).
    """
    if any(each.basis is Basis.STOCK for each in formulas):
        raise ValueError("a stock has no course over time")
    start = STEPS[step]
    return sorted(_grouped(scope, formulas, "", start("day"), start).items())


def _grouped(
    scope: Scope,
    formulas: Sequence[Formula],
    axis: str,
    of_sums: Combinable,
    of_facts: Callable[[str], Combinable],
) -> dict[Any, dict[str, Figure]]:
    """Count formulas for each group, from the daily sums where they have it."""
    counted: dict[Any, dict[str, Figure]] = defaultdict(dict)
    kept = [each for each in formulas if _is_summed(scope, each, axis)]
    sums_of = _daily(scope, kept, axis).annotate(group=of_sums).values_list("group", "formula")
    for group, code, hits, of in sums_of.annotate(Sum("hits"), Sum("of")).order_by():
        counted[group][code] = Figure(FORMULAS[code], hits, of)
    for basis in Basis:
        direct = [each for each in formulas if each.basis is basis and each not in kept]
        if direct:
            facts = _facts_for(scope, basis, direct).annotate(group=of_facts(basis.value))
            for (group,), found in tally_groups(facts, direct).items():
                counted[group] |= {each.code: Figure(each, *found[each.code]) for each in direct}
    return {
        group: {each.code: found.get(each.code, Figure(each, 0.0, 0)) for each in formulas}
        for group, found in counted.items()
        if any(figure.of for figure in found.values())
    }


def facts_in(scope: Scope, basis: Basis) -> QuerySet[Fact]:
    """Return the facts of a scope, as they are known at its moment, by one kind of day."""
    facts = Fact.objects.as_of(scope.as_of) if scope.as_of else Fact.objects.current()
    facts = facts.filter(ledger=scope.ledger)
    if basis is Basis.STOCK:
        facts = facts.filter(filed_on__lte=scope.last)
    else:
        facts = facts.filter(**{f"{basis}__gte": scope.first, f"{basis}__lte": scope.last})
    if scope.unit:
        facts = facts.filter(unit__path__startswith=scope.unit.path)
    if scope.category:
        facts = facts.filter(category__code__startswith=scope.category.code)
    if scope.town:
        facts = facts.filter(town__startswith=scope.town)
    return facts


def matters_behind(scope: Scope, formula: Formula, member: Member, *, hits: bool) -> MatterQuerySet:
    """Return the matters that a figure counts, as far as the member may see them.

    `hits`: those that count as hits; else all that they are counted of.
    """
    facts = facts_behind(scope, formula, hits=hits)
    return Matter.objects.visible_to(member).filter(pk__in=facts.values("matter"))


def facts_behind(scope: Scope, formula: Formula, *, hits: bool) -> QuerySet[Fact]:
    """Return the facts that a figure counts: its hits, or all that they are counted of."""
    condition = formula.hit() if hits and formula.is_rate else formula.over
    return facts_in(scope, formula.basis).filter(condition)


def _facts_for(scope: Scope, basis: Basis, formulas: Iterable[Formula]) -> QuerySet[Fact]:
    """Return the facts that formulas of one basis are counted from.

    A stock has no window: only what one of them counts is read, which an index has.
    """
    facts = facts_in(scope, basis)
    if basis is not Basis.STOCK:
        return facts
    return facts.filter(reduce(or_, {each.over for each in formulas}))


def age_of_open(scope: Scope, now: datetime) -> dict[str, float | None]:
    """Return quartiles and ninth decile of the age of what is open, in days."""
    facts = facts_in(scope, Basis.STOCK).filter(FORMULAS["open@1"].over)
    found = facts.aggregate(at=FiledAt())["at"]
    days = [(now.timestamp() - at) / DAY for at in found] if found else [None] * len(QUANTILES)
    return dict(zip(QUANTILES, days, strict=True))


def _is_summed(scope: Scope, formula: Formula, axis: str = "") -> bool:
    """Say whether the daily sums have it: they know one axis at a time, and only what is now."""
    narrowed = {
        Daily.Axis.UNIT.value: bool(scope.unit),
        Daily.Axis.CATEGORY.value: bool(scope.category),
        Daily.Axis.TOWN.value: bool(scope.town),
    }
    others = sum(on for name, on in narrowed.items() if name != axis)
    if scope.as_of or formula.basis is Basis.STOCK:
        return False
    return others == 0 if axis else others <= 1


def _daily(scope: Scope, formulas: Sequence[Formula], axis: str = "") -> QuerySet[Daily]:
    rows = Daily.objects.filter(
        ledger=scope.ledger,
        formula__in=[each.code for each in formulas],
        day__gte=scope.first,
        day__lte=scope.last,
    )
    if scope.unit:
        below = Unit.objects.filter(path__startswith=scope.unit.path).values_list("pk", flat=True)
        return rows.filter(axis=Daily.Axis.UNIT, key__in=[str(pk) for pk in below])
    if scope.category:
        within = scope.ledger.categories.within(scope.category.code).values_list("pk", flat=True)
        return rows.filter(axis=Daily.Axis.CATEGORY, key__in=[str(pk) for pk in within])
    if scope.town:
        return rows.filter(axis=Daily.Axis.TOWN, key__startswith=scope.town)
    return rows.filter(axis=axis or Daily.Axis.LEDGER)
