"""Look after the ledger: alarms, days, history, keys."""

import json
from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from daodi.core.history.erasure import erase as erase_matter
from daodi.core.history.indexing import reindex_courses
from daodi.core.history.models import DayRoot
from daodi.core.history.roots import close_days
from daodi.core.history.verify import Fault, verify_days, verify_matters
from daodi.core.matters.contacts import rotate
from daodi.core.matters.models import Matter
from daodi.core.people.sealing import rotate_factors
from daodi.core.publishing.services import reindex_others
from daodi.core.search.writing import last_key
from daodi.core.search.writing import reindex as reindex_matters
from daodi.core.sweep.alarms import sweep as sweep_now
from daodi.lib.plugs import plugged

app = typer.Typer()
MOST_SHOWN = 50


@app.command()
def sweep() -> None:
    """Safe to run at any time, as often and as many at once as you like."""
    typer.echo(f"{sweep_now(timezone.now())} matters looked at.")


@app.command(name="close-days")
def close_finished_days() -> None:
    """The worker does it every hour; a day once closed stays as it is."""
    for day in close_days(timezone.now()):
        typer.echo(f"{day.day} {day.hex} ({day.events} lines)")


@app.command()
def verify(
    number: Annotated[str, typer.Argument(help="One matter's number; none: everything.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Exit code 0: all of it is as it was written; 1: something is not, and it is named."""
    faults = _faults_of_matters(number)
    if not number:
        faults += [fault for _day, found in verify_days() for fault in found]
    checked = {
        "matters": 1 if number else Matter.objects.count(),
        "days": 0 if number else DayRoot.objects.count(),
        "faults": [{"where": fault.where, "what": str(fault.what)} for fault in faults],
    }
    if as_json:
        typer.echo(json.dumps(checked, ensure_ascii=False))
    else:
        for fault in faults[:MOST_SHOWN]:
            typer.echo(str(fault))
        summary = f"{len(faults)} faults" if faults else "as it was written"
        typer.echo(f"{checked['matters']} matters, {checked['days']} days: {summary}.")
    raise typer.Exit(1 if faults else 0)


@app.command()
def reindex(
    after: Annotated[int, typer.Option(help="Begin behind this key, as a stopped run said.")] = 0,
    up_to: Annotated[int | None, typer.Option(help="End with this key.")] = None,
) -> None:
    """Safe at any time, as often as you like; after units or categories were given other names."""
    reached, end = after, last_key() if up_to is None else up_to
    try:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Index", total=end, completed=after)
            for reached in reindex_matters(after=after, up_to=end):
                progress.update(task, completed=reached)
            task = progress.add_task("Index of what was said", total=end, completed=after)
            for done in reindex_courses(after=after, up_to=end):
                progress.update(task, completed=done)
        if up_to is None:
            reindex_others()
            for reindex_app in plugged("reindex"):
                reindex_app()
    finally:
        typer.echo(f"The index is new up to key {reached}.")


@app.command(name="rotate-keys")
def rotate_keys() -> None:
    """Put the new key first in CONTACT_KEYS, run this, then take the old key out."""
    typer.echo(f"{rotate()} contacts are sealed with the newest key.")
    typer.echo(f"{rotate_factors()} second factors are sealed with the newest key.")


def _faults_of_matters(number: str) -> list[Fault]:
    matters = Matter.objects.filter(number=number.upper()) if number else None
    if matters is not None and not matters.exists():
        raise FileNotFoundError(f"There is no matter {number}.")
    found: list[Fault] = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("History", total=1 if number else Matter.objects.count())
        for _matter, faults in verify_matters(matters):
            found += faults
            progress.advance(task)
    return found


@app.command()
def erase(
    number: Annotated[str, typer.Argument(help="The matter's number.")],
    reason: Annotated[str, typer.Option(help="On what ground; it stays in the history.")],
) -> None:
    """The contact, the words and the files go for good; what happened and when stays provable."""
    matter = Matter.objects.select_related("ledger").filter(number=number.upper()).first()
    if matter is None:
        raise FileNotFoundError(f"There is no matter {number}.")
    erase_matter(matter, by=None, reason=reason, now=timezone.now())
    typer.echo(f"{matter.number} is erased.")
