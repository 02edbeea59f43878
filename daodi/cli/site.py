"""Make a site ready, look into it, stop it."""

import secrets
import subprocess
import sys
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.utils import timezone

from daodi.cli.static import collect_static
from daodi.core.clocks.services import install_policies, seed_calendar
from daodi.core.history.indexing import reindex_courses
from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, add_unit
from daodi.core.search.writing import lacks_index, reindex
from daodi.core.sweep.provisional import settle_provisional
from daodi.lib.catalogues import compile_catalogues
from daodi.lib.embedded import TOOLS, dsn, stop_server

app = typer.Typer()
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command()
def init(
    manager: Annotated[str, typer.Option(help="Account name of the site's manager.")] = "",
    unit: Annotated[str, typer.Option(help="Name of the topmost unit.")] = "",
) -> None:
    """It may be run as often as you like; with --manager it makes that account."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    install_policies()
    if seed_calendar():
        settle_provisional(timezone.now())
    compile_catalogues(*settings.LOCALE_PATHS)
    collect_static()
    if lacks_index():
        typer.echo("The matters are made findable by their words, once: some minutes for 100,000.")
        list(reindex())
        list(reindex_courses())
    if manager:
        _add_manager(manager, unit or "到底")
    typer.echo("Daodi is ready.")


def _add_manager(name: str, unit: str) -> None:
    top = Unit.get_first_root_node() or add_unit(code="top", name=unit, kind=Unit.Kind.GOVERNMENT)
    asked = sys.stdin.isatty()
    password = (
        typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        if asked
        else secrets.token_urlsafe(12)
    )
    add_member(username=name, name=name, unit=top, roles=[Role.MANAGER], password=password)
    if not asked:
        typer.echo(f"Password of {name}, shown this once: {password}")


@app.command()
def stop() -> None:
    """Whoever is using it loses the connection; a site with DATABASE_URL has none."""
    stopped = settings.EMBEDDED_DATABASE and stop_server(settings.EMBEDDED_DATABASE)
    typer.echo("The database has stopped." if stopped else "No embedded database was running.")


@app.command(context_settings=PASS_ON | {"help_option_names": []})
def manage(ctx: typer.Context) -> None:
    execute_from_command_line(["daodi manage", *ctx.args])


@app.command(context_settings=PASS_ON)
def psql(ctx: typer.Context) -> None:
    """Arguments go to psql as they are."""
    folder = settings.EMBEDDED_DATABASE
    where = dsn(folder) if folder else settings.DATABASE_URL
    done = subprocess.run((str(TOOLS / "psql"), where, *ctx.args), check=False)
    raise typer.Exit(done.returncode)
