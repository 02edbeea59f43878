"""Names of places from a table, or to one."""

from pathlib import Path
from typing import Annotated

import typer

from daodi.cli.outcomes import end_with
from daodi.core.exchange.places import read_places, take_places, write_places

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
    end_with(take_places(read_places(file), by=None, dry_run=dry_run))
