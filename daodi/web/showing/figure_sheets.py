"""Figures as sheets of a workbook: each with what it is made of, how it is counted, and as of when.

Numbers are numbers there and not words, so that they can be counted on with.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.figures.comparing import FEW, change
from daodi.core.figures.counting import Figure, Scope
from daodi.core.figures.formulas import formula
from daodi.web.showing.figure_rows import Row
from daodi.web.showing.figures import BASES, GROUPS, PERCENT, Shown, show_change

# The name of a sheet, the names of its columns, and its rows.
Sheet = tuple[str, Sequence[str], Sequence[Sequence[object]]]
DECIMALS = 2


def sheet_of_all(
    found: Mapping[str, Figure], before: Mapping[str, Figure], known: datetime | None
) -> Sheet:
    """Return every figure below its heading, beside that of the window before."""
    rows = []
    for label, names in GROUPS:
        for figure in (found[formula(name).code] for name in names):
            then = before.get(figure.formula.code)
            words = show_change(change(figure, then), figure.formula)["words"] if then else None
            earlier = _scaled(figure, then.value) if then else None
            rows.append([*_cells(str(label), figure, known), earlier, words])
    return _("Figures"), [*_heads(_("Group")), _("Before"), _("Against before")], rows


def sheets_of_ages(ages: Shown | None) -> list[Sheet]:
    """Return how old what is open is as a sheet of its own, where anything is open."""
    if ages is None:
        return []
    rows = [[label, days] for label, days in ages["days"]]
    return [(_("Age of what is open"), [_("How many"), _("Days")], rows)]


def sheets_of_rows(
    groups: Iterable[tuple[str, Sequence[Row]]], heading: str, known: datetime | None
) -> list[Sheet]:
    """Return a sheet for each group of units, categories, towns or days."""
    return [
        (label or heading, _heads(heading), [_cells(row.name, row.figure, known) for row in rows])
        for label, rows in groups
        if rows
    ]


def sheet_of_scope(scope: Scope, town: object, known: datetime | None, now: datetime) -> Sheet:
    """Return what was counted, and when it was taken out: a file travels without its page."""
    facts: list[tuple[str, object]] = [
        (_("Ledger"), scope.ledger),
        (_("First day"), scope.first),
        (_("Last day"), scope.last),
        (_("Lead unit"), scope.unit or _("any")),
        (_("Category"), scope.category or _("any")),
        (_("Town"), town or _("any")),
        (_("As known at"), _here(known)),
        (_("Taken out at"), _here(now)),
    ]
    return _("What is counted"), [_("What"), _("Value")], facts


def _heads(first: str) -> list[str]:
    return [
        first, _("Figure"), _("Value"), _("Counted in"), _("Numerator"), _("Denominator"),
        _("95-percent interval from"), _("95-percent interval to"), _("Remarks"),
        _("Meaning"), _("By which day"), _("Formula"), _("Source"), _("As known at"),
    ]  # fmt: skip


def _cells(name: str, figure: Figure, known: datetime | None) -> list[object]:
    rule = figure.formula
    low, high = figure.interval or (None, None)
    few = rule.is_rate and figure.of < FEW
    return [
        name,
        rule.label,
        _scaled(figure, figure.value),
        "%" if rule.is_rate else _("matters"),
        round(figure.hits, DECIMALS) if rule.is_rate else None,
        figure.of,
        _scaled(figure, low),
        _scaled(figure, high),
        _("too few to compare") if few else None,
        rule.means,
        BASES[rule.basis],
        rule.code,
        rule.source,
        _here(known),
    ]


def _scaled(figure: Figure, value: float | None) -> float | None:
    """Write a share in percent; a count stays what it is."""
    if value is None:
        return None
    return round(value * (PERCENT if figure.formula.is_rate else 1), DECIMALS)


def _here(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None
