"""The demo county, or ten of them."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import typer
from django.db import connection, transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from daodi.core.matters.models import Matter
from daodi.demo.halves import Year, live_in_halves
from daodi.demo.learnt import learn_and_look_back
from daodi.demo.load import is_loaded, load_county, load_prefecture
from daodi.demo.shelf import fill
from daodi.demo.sisters import PREFECTURE, QI
from daodi.lib.plugs import plugged

app = typer.Typer()


class Scale(StrEnum):
    """How large a demonstration: one county, or ten for trying how much a site bears."""

    COUNTY = "county"
    PREFECTURE = "prefecture"


@app.command()
def demo(
    requests: Annotated[int, typer.Option(help="How many requests come in, in a county.")] = 3000,
    days: Annotated[int, typer.Option(help="Over how many days up to now.")] = 365,
    seed: Annotated[int, typer.Option(help="The same seed tells the same story.")] = 1,
    scale: Annotated[Scale, typer.Option(help="One county, or a prefecture of ten.")] = (
        Scale.COUNTY
    ),
) -> None:
    """Load Qi county with made-up people and a year of requests, unless it is loaded already."""
    out = Console()
    if Matter.objects.exists():
        out.print("There are matters in this ledger already; nothing is added.")
        return
    sisters = (QI,) if scale is Scale.COUNTY else PREFECTURE
    if not is_loaded(sisters[0]):
        out.print("Units, staff and ledgers …")
        load_county(seed) if scale is Scale.COUNTY else load_prefecture(seed)
    until = timezone.localtime() - timedelta(minutes=5)
    year = Year(until - timedelta(days=days), until, requests, seed, sisters)
    told = [one(until, seed) for one in plugged("story")] if scale is Scale.COUNTY else []
    with Progress(console=out) as progress:
        task = progress.add_task("A year of requests", total=1)
        live_in_halves(year, tell=lambda done: progress.update(task, completed=done), stories=told)
    out.print("What was learnt, published and reported …")
    _fill(scale)
    with connection.cursor() as cursor:
        # All of it came in a few transactions, and the planner has not seen anything yet.
        cursor.execute("VACUUM (ANALYZE)")
    out.print(f"{Matter.objects.count()} matters, {Matter.objects.open().count()} of them open.")


@transaction.atomic
def _fill(scale: Scale) -> None:
    """Add what is made of the year: knowledge, reports, the domain apps, what is learnt."""
    if scale is Scale.COUNTY:
        fill(timezone.now())
        for fill_app in plugged("demo"):
            fill_app(timezone.now())
    learn_and_look_back(timezone.now())
