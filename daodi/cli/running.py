"""What every command needs: Django, the database, and plain words when something fails."""

from importlib import import_module
from typing import Any, NoReturn

import django
import typer
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError
from procrastinate.exceptions import ConnectorException
from typer.main import get_group

from daodi.cli import Entry
from daodi.core.exceptions import Refused
from daodi.lib.embedded import ServerError, ensure_server
from daodi.lib.text import Said

OUR_NO = (Refused, Said, CommandError, FileNotFoundError, FileExistsError, PermissionError)
NO_SERVICE = (ServerError, OperationalError, ConnectorException, ImproperlyConfigured)


def load(name: str, entry: Entry) -> Any:
    """Get everything ready that the command stands on, and return it."""
    if entry.needs_database:
        start_database()
    django.setup()
    module = import_module(f"daodi.cli.{entry.module}")
    command = get_group(module.app).commands[name]
    command.help = f"{entry.help}\n\n{command.help or ''}"
    return command


def start_database() -> None:
    if settings.EMBEDDED_DATABASE:
        ensure_server(settings.EMBEDDED_DATABASE)


def explain(error: Exception) -> NoReturn:
    """Say in one line what went wrong and leave: 1 for a no, 2 for something out of order."""
    if isinstance(error, OUR_NO):
        code = 1
    elif isinstance(error, NO_SERVICE):
        code = 2
    elif isinstance(error, ProgrammingError) and "does not exist" in str(error):
        error, code = RuntimeError("The database is not ready: run `daodi init`."), 2
    else:
        raise error
    typer.echo(" ".join(str(error).split()), err=True)
    raise typer.Exit(code)
