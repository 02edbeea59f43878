"""Work on texts, line by line."""

import sys

import typer

from daodi.lib.masking import mask as mask_text

app = typer.Typer()


@app.command()
def mask() -> None:
    """A filter: reads a text, writes it with names, numbers and front doors masked."""
    for line in sys.stdin:
        typer.echo(mask_text(line), nl=False)
