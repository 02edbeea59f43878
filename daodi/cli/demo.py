"""The demo county."""

from datetime import timedelta
from typing import Annotated

import typer
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from daodi.core.matters.models import Matter
from daodi.demo.load import is_loaded, load_county
from daodi.demo.shelf import fill
from daodi.demo.simulate import simulate

app = typer.Typer()
ACTS_A_REQUEST = 7


@app.command()
def demo(
    requests: Annotated[int, typer.Option(help="How many requests come in.")] = 600,
    days: Annotated[int, typer.Option(help="Over how many days up to now.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed tells the same story.")] = 1,
) -> None:
    """Load Qi county with made-up people and requests, unless it is loaded already."""
    out = Console()
    if Matter.objects.exists():
        out.print("There are matters in this ledger already; nothing is added.")
        return
    # All or nothing: a county that was interrupted half-way is none.
    with transaction.atomic(), Progress(console=out) as progress:
        if not is_loaded():
            out.print("Units, staff and ledgers …")
            load_county(seed)
        task = progress.add_task("Requests", total=requests * ACTS_A_REQUEST)
        simulate(
            until=timezone.localtime() - timedelta(minutes=5),
            days=days,
            requests=requests,
            seed=seed,
            tell=lambda done: progress.update(task, completed=done),
        )
        fill(timezone.now(), seed)
    out.print(f"{Matter.objects.count()} matters.")
