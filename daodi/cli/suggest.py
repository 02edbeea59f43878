"""Learn categories from a table, and see how well; needs no database."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.judgement.tables import read_sorted
from daodi.lib.learning import Measured, load, measure, save, train

app = typer.Typer()
suggest = typer.Typer(no_args_is_help=True)
app.add_typer(suggest, name="suggest")

Where = Annotated[Path, typer.Option("--model", help="The model's file.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="title, text, label: where each stands."),
]
AsJson = Annotated[bool, typer.Option("--json", help="The figures as one line of JSON.")]


@suggest.command("train")
def learn(file: Path, model: Where, columns: Columns = None, as_json: AsJson = False) -> None:
    """Learn from a table of messages and their categories: .csv, .csv.gz or .xlsx."""
    begun = monotonic()
    rows = read_sorted(file, _pairs(columns or []))
    found = train(rows.messages, [(label,) for label in rows.labels], rows.cut_texts)
    save(found, model)
    figures = {
        "rows": len(rows.messages),
        "classes": sorted(found.labels),
        "seconds": round(monotonic() - begun, 1),
        "bytes": model.stat().st_size,
    }
    said = _("Learnt %(classes)s categories from %(rows)s messages in %(seconds)s s.") % {
        "classes": len(found.labels),
        "rows": figures["rows"],
        "seconds": figures["seconds"],
    }
    typer.echo(json.dumps(figures, ensure_ascii=False) if as_json else said)


@suggest.command("test")
def try_out(file: Path, model: Where, columns: Columns = None, as_json: AsJson = False) -> None:
    """Compare what a model suggests for a table of messages with their categories."""
    rows = read_sorted(file, _pairs(columns or []))
    if not rows.messages:
        raise Refused(_("There is no message with a category in this file."))
    begun = monotonic()
    found = load(model)
    loaded = monotonic()
    best = [found.guess(message, 1)[0] for message in rows.messages]
    figures = measure(
        [each.label for each in best], [each.probability for each in best], rows.labels
    )
    seconds = {
        "load": round(loaded - begun, 2),
        "suggest": round(monotonic() - loaded, 2),
        "each": round((monotonic() - loaded) / len(rows.messages), 5),
    }
    if as_json:
        typer.echo(json.dumps(_rounded(asdict(figures)) | {"seconds": seconds}, ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(figures)))


def _lines(figures: Measured) -> list[str]:
    return [
        _("macro-F1 %(f1).4f, accuracy %(accuracy).4f, calibration error %(error).4f, n=%(rows)s")
        % {
            "f1": figures.macro_f1,
            "accuracy": figures.accuracy,
            "error": figures.calibration_error,
            "rows": figures.rows,
        },
        *(
            f"{each.f1:.3f}  P {each.precision:.3f}  R {each.recall:.3f}  n={each.rows}  {name}"
            for name, each in figures.classes.items()
        ),
    ]


def _rounded(value: Any) -> Any:
    """Return figures with four digits behind the point."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = dict(one.split("=", 1) for one in given if "=" in one)
    if len(pairs) < len(given):
        raise Refused(_("Write --map FIELD=COLUMN."))
    return pairs
