"""Tables as an office fills them in."""

from pathlib import Path

import openpyxl

from daodi.core.exchange.organisation import read_organisation, take_organisation
from daodi.core.exchange.trial import Outcome
from tests.makers import NOON


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def take(path: Path, by, **how) -> Outcome:
    return take_organisation(read_organisation(path), by=by, now=NOON, **how)


def said(outcome: Outcome) -> list[tuple[str, str]]:
    return [(step.label, step.verdict) for step in outcome.steps]
