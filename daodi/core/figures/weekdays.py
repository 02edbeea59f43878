"""What is unusual about a day: beside the same weekday of the four weeks before."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

from django.db.models import Count

from daodi.core.figures.counting import Scope, facts_in
from daodi.core.figures.formulas import Formula
from daodi.core.figures.models import Daily
from daodi.core.figures.summaries import AXES
from daodi.lib.statistics import Z

WEEKS = 4
# A second case in a place that usually has none is no news yet.
LEAST = 3


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many on a day, and how many on the same weekday of each of the weeks before."""

    key: str
    count: int
    usual: tuple[int, ...]

    @property
    def mean(self) -> float:
        return sum(self.usual) / len(self.usual)

    @property
    def is_unusual(self) -> bool:
        """Say whether chance alone would bring so many, or so few, on one day in twenty at most."""
        spread = sqrt(max(self.mean, 1.0) * (1 + 1 / len(self.usual)))
        apart = abs(self.count - self.mean)
        return max(self.count, self.mean) >= LEAST and apart > Z * spread


def weekday_counts(scope: Scope, formula: Formula, axis: str) -> list[DayCount]:
    """Count what a formula is counted of on the scope's last day, for each row of an axis.

    The rows are units, categories or towns that had any on one of the five days, by their id or
    code; what has none is left out. For the axis "ledger" there is one row, with the key "".
    """
    days = [scope.last - timedelta(weeks=weeks) for weeks in range(WEEKS, -1, -1)]
    facts = facts_in(replace(scope, first=days[0]), formula.basis).filter(formula.over)
    day = formula.basis.value
    column = AXES[Daily.Axis(axis)]
    rows = facts.filter(**{f"{day}__in": days}).order_by()
    counted: dict[str, dict[date, int]] = defaultdict(dict)
    if column is None:
        counted[""] = dict(rows.values_list(day).annotate(Count("pk")))
    else:
        for key, on, count in rows.values_list(column, day).annotate(Count("pk")):
            counted["" if key is None else str(key)][on] = count
    return [
        DayCount(key, found.get(days[-1], 0), tuple(found.get(each, 0) for each in days[:-1]))
        for key, found in counted.items()
    ]
