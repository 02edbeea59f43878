"""Print the figures of a ledger, each with what it is made of."""

import json
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from daodi.core.exceptions import Refused
from daodi.core.figures.counting import Figure, Scope, age_of_open, count
from daodi.core.figures.projecting import project
from daodi.core.ledgers.models import Ledger
from daodi.core.reports.sources import whole

app = typer.Typer()
DAY = ["%Y-%m-%d"]
PERCENT = 100


@app.command()
def figures(
    code: Annotated[str, typer.Option("--ledger", help="The code of the ledger.")],
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="First day.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="Last day.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(help="Count by what was known at this moment.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Print every figure with numerator, denominator, formula version and interval.

    Without days: the last thirty. The facts are brought up to date first.
    """
    ledger = Ledger.objects.filter(code=code).first()
    if ledger is None:
        known = ", ".join(Ledger.objects.values_list("code", flat=True))
        raise Refused(f"No ledger has the code {code}. There are: {known}.")
    now = timezone.localtime()
    project(now)
    to = last.date() if last else now.date()
    since = first.date() if first else to - timedelta(days=29)
    if since > to:
        raise Refused(f"The first day, {since}, is after the last, {to}.")
    # As the site's clock shows it, wherever the command is run.
    scope = Scope(ledger, since, to, as_of=as_of and timezone.make_aware(as_of))
    found = count(scope)
    if as_json:
        typer.echo(json.dumps(_as_json(scope, found, now), ensure_ascii=False))
    else:
        Console().print(_as_table(scope, found))


def _as_json(scope: Scope, found: dict[str, Figure], now: datetime) -> dict[str, Any]:
    return {
        "ledger": scope.ledger.code,
        "from": scope.first.isoformat(),
        "to": scope.last.isoformat(),
        "as_of": (scope.as_of or now).isoformat(),
        "figures": [_figure(figure) for figure in found.values()],
        "age_of_open_days": age_of_open(scope, scope.as_of or now),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    formula = figure.formula
    low, high = figure.interval or (None, None)
    return {
        "name": formula.name,
        "version": formula.version,
        "label": str(formula.label),
        "numerator": figure.hits,
        "denominator": figure.of if formula.is_rate else None,
        "value": figure.value,
        "low": low,
        "high": high,
        "means": str(formula.means),
        "source": formula.source,
        "by": formula.basis.value or "at the moment",
    }


def _as_table(scope: Scope, found: dict[str, Figure]) -> Table:
    table = Table(title=f"{scope.ledger} {scope.first} – {scope.last}")
    table.add_column("figure")
    for name in ("value", "hits", "of", "95 %"):
        table.add_column(name, justify="right")
    table.add_column("formula")
    for figure in found.values():
        made_of = (whole(figure.hits), str(figure.of)) if figure.formula.is_rate else ("", "")
        table.add_row(
            str(figure.formula.label), _value(figure), *made_of, _interval(figure),
            figure.formula.code,
        )  # fmt: skip
    return table


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    return f"{figure.value * PERCENT:.1f} %" if figure.formula.is_rate else str(figure.of)


def _interval(figure: Figure) -> str:
    if figure.interval is None:
        return ""
    low, high = figure.interval
    return f"{low * PERCENT:.1f} – {high * PERCENT:.1f}"
