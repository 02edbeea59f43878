"""Take units and members from a table."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from daodi.cli.outcomes import end_with
from daodi.core.exchange.organisation import read_organisation, take_organisation

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
    end_with(take_organisation(lines, by=None, now=timezone.now(), dry_run=dry_run))
