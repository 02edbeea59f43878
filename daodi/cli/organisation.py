"""Take units and members from a table."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exchange.organisation import read_organisation, take_organisation
from daodi.core.exchange.trial import Step, Verdict

app = typer.Typer()


@app.command()
def organisation(
    file: Path,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
) -> None:
    """All of it or nothing. Exit code 1: a line is wrong, and nothing was changed."""
    lines = read_organisation(file)
    outcome = take_organisation(lines, by=None, now=timezone.now(), dry_run=dry_run)
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
