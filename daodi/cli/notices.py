"""Look after the notices that leave the house."""

from typing import Annotated

import typer
from django.utils import timezone

from daodi.core.notices.models import Delivery
from daodi.core.notices.sending import send_due
from daodi.core.notices.services import try_again

app = typer.Typer()
notices = typer.Typer(no_args_is_help=True)
app.add_typer(notices, name="notices")
MOST_SHOWN = 50


@notices.command()
def send() -> None:
    """Send what is due now. Safe at any time, beside the worker and many at once."""
    typer.echo(f"{send_due(timezone.now())} messages handed over or tried.")


@notices.command()
def failed(
    again: Annotated[bool, typer.Option("--again", help="Let all of them be sent again.")] = False,
) -> None:
    """Show what could not be delivered, and why, the newest first."""
    found = Delivery.objects.failed().for_list().order_by("-pk")
    for delivery in found[:MOST_SHOWN]:
        to = delivery.address or f"{delivery.carrier} resident of {delivery.notice.about.number}"
        at = timezone.localtime(delivery.changed_at)
        typer.echo(f"{at:%Y-%m-%d %H:%M} {to}: {delivery.reason}")
    typer.echo(f"{found.count()} could not be delivered.")
    if again:
        for delivery in found:
            try_again(delivery, now=timezone.now())
