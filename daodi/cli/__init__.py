"""The command line. A command lives in a module of its theme, which loads only when it runs."""

import os
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class Entry(NamedTuple):
    """A command: the module below daodi.cli that has it, and what it does."""

    module: str
    help: str
    needs_database: bool = True


# A new command is a line here and a function `@app.command()` in its module.
COMMANDS = {
    "init": Entry("site", "Make the site ready: database, static files, first manager."),
    "serve": Entry("server", "Serve the pages."),
    "worker": Entry("server", "Do the jobs: deadlines, notices, reports."),
    "demo": Entry("demo", "Load a made-up county to look around in."),
    "sweep": Entry("ledger", "Look at what has come due, once."),
    "close-days": Entry("ledger", "Close the days that are over with their check numbers."),
    "verify": Entry("ledger", "Check that the history is as it was written."),
    "erase": Entry("ledger", "Erase the personal data of a matter that has ended."),
    "figures": Entry("figures", "Print every figure of a ledger with what it is made of."),
    "report": Entry("reports", "Write a report on a ledger to a file, as Word or PDF."),
    "notices": Entry("notices", "Send what is due now, or show what could not be delivered."),
    "reindex": Entry("ledger", "Make the index for finding by words anew."),
    "rotate-keys": Entry("ledger", "Seal all contacts with the newest key."),
    "import": Entry("importing", "Take a table of filings into a ledger, Excel or CSV."),
    "categories": Entry("importing", "Take a table of categories into a ledger."),
    "divisions": Entry("importing", "Take in the official divisions of a prefecture."),
    "mask": Entry("text", "Mask what points to a person in a text.", needs_database=False),
    "check-reply": Entry("insight", "Say what replies leave open.", needs_database=False),
    "repeats": Entry("insight", "Find what stands in a table twice.", needs_database=False),
    "topics": Entry("insight", "Find what many people write about.", needs_database=False),
    "surges": Entry("surges", "Replay what would have stood out, by place.", needs_database=False),
    "gazetteer": Entry("gazetteer", "Take names of places from a table, or write them to one."),
    "organisation": Entry("organisation", "Take units and members from a table, Excel or CSV."),
    "suggest": Entry(
        "suggest", "Learn categories from a table, and see how well.", needs_database=False
    ),
    "stop": Entry("site", "Stop the embedded database.", needs_database=False),
    "manage": Entry("site", "Run one of Django's own commands."),
    "psql": Entry("site", "Open a session with the database."),
}


class Commands(TyperGroup):
    """Lists the commands without loading them, so that help comes at once."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        entry = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=entry.help) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        if name in COMMANDS:
            command = import_module("daodi.cli.running").load(name, COMMANDS[name])
        return name, command, rest

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if ctx.params["traceback"]:
                raise
            return import_module("daodi.cli.running").explain(error)


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def options(
    traceback: Annotated[
        bool, typer.Option("--traceback", help="When something fails, show where.")
    ] = False,
) -> None:
    """Daodi 到底: every matter followed to its end."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daodi.settings")
    app()
