"""What the owner of a table should know about how it was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.lib.sheets.delimited import Delimited
from daodi.lib.sheets.heading import Heading
from daodi.lib.sheets.kinds import Format, Kind
from daodi.lib.sheets.survey import survey
from daodi.lib.sheets.workbook import Workbook
from daodi.lib.text import Sentence


class About(StrEnum):
    MACROS = "macros"
    SHEETS = "sheets"
    HIDDEN_SHEETS = "hidden sheets"
    HIDDEN_ROWS = "hidden rows"
    MERGED = "merged"
    FORMULAS = "formulas"
    NO_VALUES = "no values"
    ABOVE = "above"
    UNNAMED = "unnamed"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing worth telling; `str(note.text)` is in the language of the reader."""

    about: About
    text: Sentence


_TEXTS: dict[About, Promise] = {
    About.MACROS: _("The file holds macros. They were not run and are not kept."),
    About.SHEETS: _("The sheet “%(sheet)s” was read; the file also holds: %(others)s."),
    About.HIDDEN_SHEETS: _("The file holds hidden sheets: %(sheets)s."),
    About.HIDDEN_ROWS: _("%(count)s hidden rows were read like the others."),
    About.MERGED: _("%(count)s merged ranges were filled with their value."),
    About.FORMULAS: _("%(count)s formulas were read as the values Excel last stored."),
    About.NO_VALUES: _(
        "%(count)s formulas have no stored value and are read as empty. "
        "Please open the file in Excel and save it once."
    ),
    About.ABOVE: _("The column names stand in row %(row)s; what is above was not read."),
    About.UNNAMED: _("These columns have no name and are called by their letter: %(letters)s."),
    About.ENCODING: _("The text was read as %(encoding)s."),
}


def notes_on(source: Workbook | Delimited, kind: Kind, heading: Heading) -> list[Note]:
    """List what is worth telling about this reading, in a fixed order."""
    found = list(_on_workbook(source, kind, heading)) if isinstance(source, Workbook) else []
    if isinstance(source, Delimited) and source.encoding != "utf-8-sig":
        found.append(_note(About.ENCODING, encoding=source.encoding.upper()))
    if heading.first > 1:
        found.append(_note(About.ABOVE, row=heading.first))
    if heading.unnamed:
        found.append(_note(About.UNNAMED, letters=", ".join(heading.unnamed)))
    return found


def _on_workbook(source: Workbook, kind: Kind, heading: Heading) -> Iterator[Note]:
    if kind.has_macros:
        yield _note(About.MACROS)
    others = [name for name in source.sheets if name not in {source.sheet, *source.hidden}]
    if others:
        yield _note(About.SHEETS, sheet=source.sheet, others=", ".join(others))
    if source.hidden:
        yield _note(About.HIDDEN_SHEETS, sheets=", ".join(source.hidden))
    if filled := sum(each.top >= heading.last for each in source.merged):
        yield _note(About.MERGED, count=filled)
    if kind.format is Format.XLSX:
        yield from _on_cells(source)


def _on_cells(source: Workbook) -> Iterator[Note]:
    seen = survey(source.path, source.sheet)
    if seen.hidden_rows:
        yield _note(About.HIDDEN_ROWS, count=seen.hidden_rows)
    if seen.formulas:
        yield _note(About.FORMULAS, count=seen.formulas)
    if seen.unvalued:
        yield _note(About.NO_VALUES, count=seen.unvalued)


def _note(about: About, **values: object) -> Note:
    return Note(about, Sentence(_TEXTS[about], **values))
