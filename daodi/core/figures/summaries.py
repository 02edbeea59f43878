"""The daily sums: every formula for each day, and for each unit, category and town of a ledger."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, FloatField, QuerySet, Sum, Value, When

from daodi.core.figures.formulas import FORMULAS, Basis, Formula
from daodi.core.figures.models import Daily, Fact
from daodi.core.transfer.bulk import copy_in

Day = tuple[int, date]
AXES = {
    Daily.Axis.LEDGER: None,
    Daily.Axis.UNIT: "unit_id",
    Daily.Axis.CATEGORY: "category_id",
    Daily.Axis.TOWN: "town",
}
DAYS_AT_ONCE = 50


def sums(formula: Formula) -> dict[str, Any]:
    """Return the aggregates that count a formula: its hits and what they are counted of."""
    counted: dict[str, Any] = {_of(formula): Count("pk", filter=formula.over)}
    if formula.is_rate:
        weights = [When(condition, then=Value(float(w))) for w, condition in formula.hits]
        weight = Case(*weights, default=Value(0.0), output_field=FloatField())
        counted[_hits(formula)] = Sum(weight, filter=formula.over, default=0.0)
    return counted


def read_sums(formula: Formula, row: dict[str, Any]) -> tuple[float, int]:
    """Return hits and number of cases from a row that was asked for `sums`."""
    of = int(row[_of(formula)])
    return (float(row[_hits(formula)]) if formula.is_rate else float(of)), of


def _of(formula: Formula) -> str:
    return f"of_{formula.name}_{formula.version}"


def _hits(formula: Formula) -> str:
    return f"hits_{formula.name}_{formula.version}"


def sum_up(days: Iterable[Day]) -> None:
    """Count these days of these ledgers anew."""
    by_ledger = defaultdict(list)
    for ledger, day in sorted(days):
        by_ledger[ledger].append(day)
    for ledger, all_days in by_ledger.items():
        for start in range(0, len(all_days), DAYS_AT_ONCE):
            _sum_up(ledger, all_days[start : start + DAYS_AT_ONCE])


def _sum_up(ledger: int, days: list[date]) -> None:
    Daily.objects.filter(ledger=ledger, day__in=days).delete()
    for basis in Basis:
        if basis is not Basis.STOCK:
            facts = Fact.objects.current().filter(ledger=ledger, **{f"{basis}__in": days})
            for axis, column in AXES.items():
                copy_in(Daily, _rows(ledger, axis, column, basis, facts))


def _rows(
    ledger: int, axis: str, column: str | None, basis: Basis, facts: QuerySet[Fact]
) -> list[Daily]:
    formulas = [each for each in FORMULAS.values() if each.basis is basis]
    counted: dict[str, Any] = {}
    for formula in formulas:
        counted |= sums(formula)
    by = ["day", "key"] if column else ["day"]
    grouped = facts.annotate(day=F(basis.value), **({"key": F(column)} if column else {}))
    rows = []
    for row in grouped.order_by().values(*by).annotate(**counted):
        key = "" if row.get("key") is None else str(row["key"])
        for formula in formulas:
            hits, of = read_sums(formula, row)
            if of:
                rows.append(
                    Daily(ledger_id=ledger, axis=axis, key=key, formula=formula.code,
                          day=row["day"], hits=hits, of=of)
                )  # fmt: skip
    return rows
