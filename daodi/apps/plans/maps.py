"""The three maps: what was decided, who does what by when, and how far it really is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from daodi.apps.plans.models import Plan
from daodi.apps.plans.showing import LIGHTS, Row
from daodi.lib.windows import Window, periods, window_of

NARROW = 12
CURVE = 100  # height of a curve: per cent


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left to right; a place on it is the number of days since its first one."""

    first: date
    last: date
    today: date

    @property
    def days(self) -> int:
        return self._window.days

    def at(self, day: date) -> int:
        """Return the place of a day, at an end of the axis if it lies outside."""
        return min(max((day - self.first).days, 0), self.days)

    @property
    def now(self) -> int:
        return self.at(self.today)

    @property
    def _window(self) -> Window:
        return Window(self.first, self.last)

    @property
    def weeks(self) -> list[int]:
        return [self.at(week.first) for week in periods(self._window, "week")]

    def months(self) -> list[tuple[int, str]]:
        """Return where each month begins, and what it is called."""
        found = []
        for month in periods(self._window, "month"):
            day, at = month.first, self.at(month.first)
            label = f"{day:%Y-%m}" if day.month == 1 or at == 0 else f"{day:%m}"
            # The rest of a month at the left end is too narrow for its name.
            is_narrow = at == 0 and month.days * NARROW < self.days
            found.append((at, "" if is_narrow else label))
        return found


@dataclass(frozen=True, slots=True)
class Bar:
    """A task on the axis: as planned, as it is, its steps, and when it will be done."""

    row: Row
    x: int
    width: int
    real: int
    steps: list[tuple[int, bool]]
    ends: int | None
    # How many days later than planned it was or will be done; not above 0: in time.
    late_by: int

    @property
    def forecast(self) -> date | None:
        if self.row.light.code == "ended":
            return None
        return self.row.really_done or self.row.outlook.ends


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together under a name."""

    name: str
    bars: list[Bar]

    @property
    def late(self) -> int:
        return sum(bar.row.light.is_late for bar in self.bars)


@dataclass(slots=True)
class Curve:
    """How many of a plan's tasks were to be done by each week's end, and how many were: points."""

    plan: Plan
    tasks: int
    planned: str = ""
    real: str = ""
    done: int = 0
    due: int = 0
    weeks: list[int] = field(default_factory=list)


def axis_of(plans: Sequence[Plan], today: date) -> Axis:
    first = min((plan.first_day for plan in plans), default=today)
    last = max((plan.last_day for plan in plans), default=today)
    return Axis(first, last, today)


def groups_of(rows: Sequence[Row], axis: Axis, by: str) -> list[Group]:
    """Return the tasks as bars, grouped by unit, by head or by the week in which they end."""
    tasks = [row for row in rows if row.line.is_task]
    tops = _tops(rows)
    keys: dict[str, Callable[[Row], tuple[object, str]]] = {
        "unit": _unit_key,
        "week": _week_key,
        "head": lambda row: tops[row.line.pk],
    }
    key = keys.get(by, keys["head"])
    # What is grouped keeps the order of the plan inside a group.
    ordered = sorted(tasks, key=lambda row: str(key(row)[0]))
    return [
        Group(name, [bar_of(row, axis) for row in found])
        for (_rank, name), found in groupby(ordered, key=key)
    ]


def bar_of(row: Row, axis: Axis) -> Bar:
    x, end = axis.at(row.first), axis.at(row.last + timedelta(days=1))
    share = row.outlook.share or 0.0
    really = row.really_done
    reached = axis.at(really) if really else x + round((end - x) * share)
    # What was dropped ends no more.
    ends = None if row.light.code == "ended" else really or row.outlook.ends
    return Bar(
        row=row,
        x=x,
        width=max(1, end - x),
        real=max(0, reached - x),
        steps=[
            (axis.at(step.day), step.done_on is not None)
            for step in row.line.steps.all()
            if step.day
        ],
        ends=axis.at(ends) if ends else None,
        late_by=(ends - row.last).days if ends else 0,
    )


def curves_of(plans: Sequence[Plan], rows: Sequence[Row], axis: Axis) -> list[Curve]:
    """Return for each plan what was to be done week by week, and what was."""
    return [
        _curve(plan, [row for row in rows if row.plan == plan and row.is_counted], axis)
        for plan in plans
    ]


def words_of(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    """Return lights as code, word and how many, in their order."""
    return [(code, str(light.word), counts[code]) for code, light in LIGHTS.items() if counts[code]]


def _curve(plan: Plan, tasks: Sequence[Row], axis: Axis) -> Curve:
    curve = Curve(plan, len(tasks))
    if not tasks:
        return curve
    planned, real = [], []
    for week in periods(Window(plan.first_day, plan.last_day), "week"):
        end, x = week.last, axis.at(week.last)
        curve.due = sum(row.last <= end for row in tasks)
        planned.append(f"{x},{CURVE - round(CURVE * curve.due / len(tasks))}")
        if week.first <= axis.today:
            curve.done = sum(bool(row.really_done and row.really_done <= end) for row in tasks)
            x = min(x, axis.now)
            real.append(f"{x},{CURVE - round(CURVE * curve.done / len(tasks))}")
    curve.due = sum(row.last <= axis.today for row in tasks)
    start = f"{axis.at(plan.first_day)},{CURVE}"
    curve.planned, curve.real = " ".join([start, *planned]), " ".join([start, *real])
    return curve


def _tops(rows: Sequence[Row]) -> dict[int, tuple[object, str]]:
    """Return for each line the head that it stands under, and its rank."""
    found: dict[int, tuple[object, str]] = {}
    for rank, row in enumerate(rows):
        above = found.get(row.line.parent_id or 0)
        name = f"{row.plan} · {row.line}" if not row.line.is_task else str(row.plan)
        found[row.line.pk] = above or (f"{rank:06}", name)
    return found


def _unit_key(row: Row) -> tuple[object, str]:
    unit = row.line.matter.unit if row.line.matter else row.line.lead
    return (unit.path, str(unit)) if unit else ("~", _("No unit"))


def _week_key(row: Row) -> tuple[object, str]:
    week = window_of("week", row.last)
    return week.first, f"{week.first:%Y-%m-%d} – {week.last:%m-%d}"
