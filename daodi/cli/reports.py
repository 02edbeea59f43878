"""Write a report to a file."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import Ledger
from daodi.core.reports.document import document_of
from daodi.core.reports.models import Report
from daodi.core.reports.services import make_report
from daodi.core.reports.windows import SPANS
from daodi.lib.documents import find_fonts
from daodi.lib.documents.paper import write_pdf
from daodi.lib.documents.word import write_word
from daodi.lib.windows import DAY, window_of

app = typer.Typer()


@app.command()
def report(
    kind: Annotated[str, typer.Argument(help="daily, weekly, monthly or quarterly.")],
    code: Annotated[str, typer.Option("--ledger", help="The code of the ledger.")],
    out: Annotated[Path, typer.Option(help="The file to write: .docx or .pdf.")],
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="A day of its window; else yesterday."),
    ] = None,
) -> None:
    """Make a report, unless it is there already, and write it to a file as Word or PDF.

    It stays on the desk as a draft; what editors have written into it is kept.
    """
    ledger = Ledger.objects.with_units().filter(code=code).first()
    if ledger is None or kind not in Report.Kind.values:
        known = ", ".join(Ledger.objects.values_list("code", flat=True))
        raise Refused(f"There are reports {', '.join(Report.Kind.values)}, on the ledgers {known}.")
    if out.suffix not in {".docx", ".pdf"}:
        raise Refused("A report is written as .docx or as .pdf.")
    now = timezone.localtime()
    window = window_of(SPANS[Report.Kind(kind)], day.date() if day else now.date() - DAY)
    last = min(window.last, now.date())
    made = make_report(ledger, kind, window.first, last, by=None, now=now)
    fonts = find_fonts()
    paper, pictures = document_of(made, fonts)
    if out.suffix == ".docx":
        out.write_bytes(write_word(paper, pictures))
    else:
        out.write_bytes(write_pdf(paper, fonts=fonts, pictures=pictures))
    typer.echo(f"{made.title} → {out}")
