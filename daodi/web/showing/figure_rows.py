"""One figure of many units, categories, towns or days: as rows, as a chart, and as tiles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from daodi.core.figures.comparing import FEW
from daodi.core.figures.counting import Figure, Scope, by, over_time
from daodi.core.figures.formulas import Formula
from daodi.core.ledgers.models import Category
from daodi.core.people.models import Division, Unit
from daodi.core.people.places import COUNTY_DIGITS, TOWN_DIGITS
from daodi.lib.windows import Window, periods
from daodi.web.showing.figures import Shown, show_figure

TILE_STEPS = 5
Counted = Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table by unit, category, town or time; without a scope nothing leads there."""

    name: str
    figure: Figure
    scope: Scope | None
    # What its page goes on with: the unit or category below which it is divided again.
    key: str = ""

    @property
    def is_few(self) -> bool:
        return self.figure.formula.is_rate and self.figure.of < FEW


def unit_rows(scope: Scope, rule: Formula, leading: QuerySet[Unit]) -> list[tuple[str, list[Row]]]:
    """Return the units of each kind, a unit with all below it; only one kind is compared.

    Within a unit: those directly below it. Else the leading ones that are given.
    """
    counted = by(scope, "unit", [rule])
    paths = _paths(counted)
    below = scope.unit and Unit.objects.get_queryset().directly_below(scope.unit)
    groups: dict[str, list[Row]] = {str(kind.label): [] for kind in Unit.Kind}
    for unit in leading if below is None else below:
        inside = [key for key, path in paths.items() if path.startswith(unit.path)]
        if inside:
            figure = _together(rule, counted, inside)
            row = Row(str(unit), figure, replace(scope, unit=unit), str(unit.pk))
            groups[str(unit.get_kind_display())].append(row)
    if scope.unit and str(scope.unit.pk) in counted:
        itself = _together(rule, counted, [str(scope.unit.pk)])
        groups[_("Not passed on")] = [Row(str(scope.unit), itself, None)]
    return [(label, rows) for label, rows in groups.items() if rows]


def category_rows(scope: Scope, rule: Formula) -> list[Row]:
    """Return the top categories, or those directly below the scope's, each with all below it."""
    counted = by(scope, "category", [rule])
    categories = Category.objects.filter(ledger=scope.ledger)
    codes = {
        str(pk): code for pk, code in categories.values_list("pk", "code") if str(pk) in counted
    }
    rows = []
    for category in categories.directly_below(scope.category):
        inside = [key for key, code in codes.items() if code.startswith(category.code)]
        if inside:
            figure = _together(rule, counted, inside)
            row = Row(str(category), figure, replace(scope, category=category), str(category.pk))
            rows.append(row)
    return rows + _unknown(counted, rule, _("not categorised yet"))


def town_rows(scope: Scope, rule: Formula) -> list[Row]:
    """Return the towns of the counties that matters come from, in the order of their codes."""
    counted = by(scope, "town", [rule])
    known = {key for key in counted if len(key) == TOWN_DIGITS}
    counties = {key[:COUNTY_DIGITS] for key in known}
    towns = [town for town in Division.objects.towns() if town.code[:COUNTY_DIGITS] in counties]
    rows = [
        Row(str(town), _together(rule, counted, [town.code]), replace(scope, town=town.code))
        for town in towns
    ]
    elsewhere = set(counted) - {town.code for town in towns}
    if elsewhere:
        rows.append(Row(_("town not known"), _together(rule, counted, elsewhere), None))
    return rows


def time_rows(scope: Scope, rule: Formula, step: str) -> list[Row]:
    """Return every day, week or month of the scope, also those without a case, oldest first."""
    counted = {
        max(first, scope.first): figures for first, figures in over_time(scope, [rule], step)
    }
    rows = []
    for each in periods(Window(scope.first, scope.last), step):
        figure = counted.get(each.first, {}).get(rule.code, Figure(rule, 0.0, 0))
        rows.append(Row(_days(each), figure, replace(scope, first=each.first, last=each.last)))
    return rows


def by_figure(rows: Iterable[Row]) -> list[Row]:
    """Put the highest first; what is too few to compare comes last."""
    return sorted(rows, key=lambda row: (row.is_few, -(row.figure.value or 0.0)))


def show_row(row: Row) -> Shown:
    """Return a line of the table."""
    shown = show_figure(row.figure, row.scope)
    return {
        **shown,
        "name": row.name,
        "few": row.is_few,
        "town": row.scope.town if row.scope else "",
    }


def show_chart(rows: Iterable[Row], kind: str, label: str) -> Shown:
    """Return what charts.js draws: a bar or a point for each row; what is too few is paler."""
    shown = list(rows)
    rate = any(row.figure.formula.is_rate for row in shown)
    scale = 100 if rate else 1
    intervals = [row.figure.interval or (0.0, 0.0) for row in shown] if rate else []
    return {
        "kind": kind,
        "label": label,
        "unit": "%" if rate else "",
        "names": [row.name for row in shown],
        "values": [_scaled(row.figure, scale) for row in shown],
        "few": [row.is_few for row in shown],
        "notes": [_note(row) for row in shown],
        "low": [round(low * scale, 1) for low, _high in intervals],
        "high": [round(high * scale, 1) for _low, high in intervals],
    }


def show_tiles(rows: Iterable[Row]) -> list[Shown]:
    """Return a tile for each row: its figure, and which of five steps from least to most."""
    shown = list(rows)
    known = [row.figure.value for row in shown if not row.is_few and row.figure.value is not None]
    return [{**show_row(row), "step": _step(row, known)} for row in shown]


def _step(row: Row, known: list[float]) -> int:
    """Return in which fifth of the known values this one is; 0: too little to compare.

    By fifths and not by size: one large town would leave all others in the same colour.
    """
    value = row.figure.value
    if row.is_few or value is None:
        return 0
    return 1 + TILE_STEPS * sum(each < value for each in known) // len(known)


def _scaled(figure: Figure, scale: int) -> float | None:
    return None if figure.value is None else round(figure.value * scale, 1)


def _note(row: Row) -> str:
    shown = show_row(row)
    if not shown["is_rate"]:
        return ""
    return _("%(hits)s of %(of)s; %(interval)s") % shown if row.figure.of else _("no case")


def _days(window: Window) -> str:
    if window.days == 1:
        return f"{window.first:%Y-%m-%d}"
    return f"{window.first:%Y-%m-%d} – {window.last:%m-%d}"


def _unknown(counted: Counted, rule: Formula, name: str) -> list[Row]:
    return [Row(name, counted[""][rule.code], None)] if "" in counted else []


def _paths(counted: Counted) -> dict[str, str]:
    units = Unit.objects.filter(pk__in=[key for key in counted if key])
    return {str(pk): path for pk, path in units.values_list("pk", "path")}


def _together(rule: Formula, counted: Counted, keys: Iterable[str]) -> Figure:
    figures = [counted[key][rule.code] for key in keys if key in counted]
    return Figure(rule, sum(each.hits for each in figures), sum(each.of for each in figures))
