"""What became of a table, line by line, for whoever sits at the command line."""

from typing import NoReturn

import typer
from django.utils.translation import gettext as _

from daodi.core.exchange.trial import Outcome, Step, Verdict


def end_with(outcome: Outcome) -> NoReturn:
    """Print what changed, then the counts, and end; exit code 1: a line is wrong."""
    for step in outcome.steps:
        if step.verdict != Verdict.SAME:
            typer.echo(_told(step))
    typer.echo(
        _("%(new)s new, %(changed)s changed, %(same)s unchanged, %(wrong)s wrong.") % outcome.counts
    )
    raise typer.Exit(1 if outcome.is_wrong else 0)


def _told(step: Step) -> str:
    where = " ".join(str(part) for part in (step.sheet, step.row, step.column) if part)
    return f"{where}: {Verdict(step.verdict).label} {step.label} {step.why}".rstrip()
