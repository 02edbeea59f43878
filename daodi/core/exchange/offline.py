"""Work without network: a unit's matters as a table, filled in on the road and brought back.

Each filled line is done by whoever brings the table in, through the same acts as on the page, and
at the version that stood in the table: what changed meanwhile is refused and stays as it is.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exceptions import Refused
from daodi.core.exchange.trial import (
    Line,
    Outcome,
    Taken,
    Verdict,
    WrongCell,
    carry_out,
    step_of,
)
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.models import Member
from daodi.core.transfer.reading import as_text
from daodi.core.workflow.services import perform
from daodi.lib.dates import NotAMoment, read_moment
from daodi.lib.sheets import open_table, write_table
from daodi.lib.text import clean, listed

MOST_OUT, MOST_FILLED = 500, 200
TITLE = gettext_lazy("Work without network")
# What a column is called in the table, and how wide it is.
COLUMNS = {
    "number": (gettext_lazy("Number"), 22),
    "title": (gettext_lazy("Title"), 36),
    "text": (gettext_lazy("Text"), 48),
    "place": (gettext_lazy("Place"), 24),
    "state": (gettext_lazy("State"), 12),
    "due": (gettext_lazy("Due at"), 18),
    "version": (gettext_lazy("Version (leave it as it is)"), 14),
    "note": (gettext_lazy("Progress note"), 32),
    "contacted_on": (gettext_lazy("Contacted on"), 16),
    "agreed": (gettext_lazy("What was agreed with the resident"), 32),
    "account": (gettext_lazy("Internal account"), 32),
    "answer": (gettext_lazy("Answer to the resident"), 32),
}
FILLED = ("note", "contacted_on", "agreed", "account", "answer")
READ = ("number", "title", "state", "version", *FILLED)
WHY = gettext_lazy("Why it was not done")
Step = tuple[str, dict[str, Any]]


def workload(member: Member) -> MatterQuerySet:
    """Return what the member's house has in hand, due first; nothing confidential leaves it."""
    ours = Matter.objects.visible_to(member).in_house_of(member).in_hand()
    return ours.filter(is_confidential=False).due_first()


@transaction.atomic
def write_work(target: BinaryIO | Path, *, by: Member) -> int:
    """Write the matters that the member's house has in hand, with empty columns to be filled."""
    matters = workload(by).select_related("division").defer("account", "answer", "extra")
    names, widths = zip(*COLUMNS.values(), strict=True)
    heads = [str(name) for name in names]
    rows = (_row(matter) for matter in matters[:MOST_OUT])
    count = write_table(target, heads, rows, title=str(TITLE), widths=widths)
    note(Act.LIST_EXPORTED, TITLE, by=by, unit=by.unit, after={"n": count})
    return count


def read_work(path: Path) -> list[Line]:
    """Return the lines in which somebody has written something; Refused where there is none."""
    table = open_table(path)
    columns = {field: name for name in table.columns if (field := _field(name))}
    if not {"number", "version"} <= columns.keys():
        raise Refused(_("This is not the table for work without network. Download it here first."))
    lines = []
    for row in table.rows():
        cells = {name: _text(row.cells.get(columns.get(name, ""))) for name in READ}
        if any(cells[name] for name in FILLED):
            lines.append(Line(table.sheet or "", row.number, cells, columns))
    if not lines:
        raise Refused(_("Nothing is filled in: write into the empty columns of a line."))
    if len(lines) > MOST_FILLED:
        raise Refused(
            _("More than %(most)s lines are filled in. Bring them in with two tables.")
            % {"most": MOST_FILLED}
        )
    return lines


def try_work(lines: list[Line], *, by: Member, now: datetime) -> Outcome:
    """Say what each line would do, and do nothing."""
    return carry_out(lambda: (step_of(line, _Taking(by, now).take) for line in lines), dry_run=True)


def take_work(lines: list[Line], *, by: Member, now: datetime) -> Outcome:
    """Do what can be done, each line for itself: one that is refused keeps no other back."""
    return Outcome([step_of(line, _Taking(by, now).take) for line in lines])


def write_left(target: BinaryIO | Path, lines: list[Line]) -> None:
    """Write lines that were refused as they were filled in, and why: to be mended."""
    heads = [*(str(COLUMNS[name][0]) for name in READ), str(WHY)]
    rows = ([*(line.get(name) for name in READ), line.get("why")] for line in lines)
    write_table(target, heads, rows, title=str(WHY))


def _row(matter: Matter) -> list[object]:
    place = " ".join(str(part) for part in (matter.division or "", matter.address) if part)
    return [
        matter.number,
        matter.title,
        matter.text,
        place,
        matter.get_state_display(),
        timezone.localtime(matter.due_at) if matter.is_due else None,
        matter.version,
    ]


class _Taking:
    """What somebody does with the lines of their table at a moment."""

    def __init__(self, by: Member, now: datetime) -> None:
        self.by, self.now = by, now

    def take(self, line: Line) -> Taken:
        visible = Matter.objects.visible_to(self.by).for_page()
        matter = visible.filter(number=line.get("number")).first()
        if matter is None:
            raise WrongCell("number", _("You have no such matter."))
        if str(matter.version) != line.get("version"):
            raise WrongCell(
                "version",
                _(
                    "It has changed since you downloaded the table and is now “%(state)s”. Look at "
                    "it, and write there what still holds."
                )
                % {"state": matter.get_state_display()},
            )
        steps = list(self._steps(matter, line))
        for name, given in steps:
            perform(matter, name, by=self.by, now=self.now, **given)
        said = listed(MOVES[name].label for name, _given in steps)
        return Verdict.CHANGED, matter, said

    def _steps(self, matter: Matter, line: Line) -> Iterator[Step]:
        """Yield what the line asks for, in the order in which it happens on the road."""
        if line.get("contacted_on") or line.get("agreed"):
            day = self._day(matter, line)
            text = _("On %(day)s: %(text)s") % {"day": day, "text": _needed(line, "agreed")}
            yield "contact", {"text": text}
        if line.get("note"):
            yield "note", {"text": line.get("note")}
        if line.get("account") or line.get("answer"):
            name = "submit" if matter.ledger.leader_signs else "hand_in"
            yield name, {field: _needed(line, field) for field in ("account", "answer")}

    def _day(self, matter: Matter, line: Line) -> date:
        """Return the day on which the resident was contacted: none to come, none before it came."""
        try:
            at = read_moment(_needed(line, "contacted_on"), timezone.get_default_timezone())
        except NotAMoment as no:
            raise WrongCell("contacted_on", str(no)) from no
        day = at.date() if at else matter.filed_on()
        if not matter.filed_on() <= day <= timezone.localtime(self.now).date():
            raise WrongCell(
                "contacted_on", _("This day is before the matter was filed, or still to come.")
            )
        return day


def _needed(line: Line, name: str) -> str:
    if text := line.get(name):
        return text
    raise Refused(_("Please fill in “%(column)s” too.") % {"column": COLUMNS[name][0]})


def _text(cell: object) -> str:
    return clean(as_text(cell), lines=True)


def _field(name: str) -> str:
    """Return which column is called so, in any language of the site; empty: none."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            for field, (label, _width) in COLUMNS.items():
                if str(label) == name:
                    return field
    return ""
