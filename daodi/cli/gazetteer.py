"""Names of places from a table, or to one."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from daodi.core.exchange.places import read_places, take_places, write_places
from daodi.core.exchange.trial import Step, Verdict

app = typer.Typer()


@app.command()
def gazetteer(
    file: Path,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write what there is into the file instead.")
    ] = False,
) -> None:
    """All of it or nothing. Exit code 1: a line is wrong, and nothing was changed."""
    if write:
        write_places(file)
        return
    outcome = take_places(read_places(file), by=None, dry_run=dry_run)
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
