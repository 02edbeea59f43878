"""Try what a table would do: the very same code runs, and the database forgets it again."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused


class Verdict(models.TextChoices):
    """What a line of a table does."""

    NEW = "new", gettext_lazy("new")
    CHANGED = "changed", gettext_lazy("changed")
    SAME = "same", gettext_lazy("unchanged")
    WRONG = "wrong", gettext_lazy("wrong")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: where it stands, and the text of each field that it has."""

    sheet: str
    row: int
    cells: dict[str, str]
    # What the column of each field is called in this table.
    columns: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Step:
    """What one line does, or what is wrong with which of its cells."""

    sheet: str
    row: int
    verdict: str
    label: str
    why: str = ""
    column: str = ""


# A verdict, what it is about, and what is to be said of it.
Taken = tuple[str, object, str]


class WrongCell(Refused):
    """A cell that makes no sense; `field` says which."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.field = name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all lines do, in their order."""

    steps: list[Step]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(step.verdict for step in self.steps)
        return {verdict: found[verdict] for verdict in Verdict.values}

    @property
    def is_wrong(self) -> bool:
        return bool(self.counts[Verdict.WRONG])

    @property
    def changes_nothing(self) -> bool:
        return not (self.counts[Verdict.NEW] or self.counts[Verdict.CHANGED])

    @property
    def mark(self) -> str:
        """Return what stands for these steps: another one when they would be others."""
        text = json.dumps([asdict(step) for step in self.steps], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def carry_out(
    work: Callable[[], Iterable[Step]], *, mark: str | None = None, dry_run: bool = False
) -> Outcome:
    """Do the work in one transaction; undo it for a trial, or when any line is wrong.

    `mark` is that of the trial somebody said yes to: raise Refused if it would do something else.
    """
    with transaction.atomic():
        outcome = Outcome(list(work()))
        if dry_run or outcome.is_wrong:
            transaction.set_rollback(True)
        elif mark is not None and mark != outcome.mark:
            raise Refused(
                _("Something has changed since the trial. Look at what the table does now.")
            )
    return outcome


def step_of(line: Line, act: Callable[[Line], Taken]) -> Step:
    """Carry out one line, alone: what it began is undone when something is wrong with it."""
    try:
        with transaction.atomic():
            verdict, label, why = act(line)
    except Refused as refused:
        name = getattr(refused, "field", "")
        column = line.columns.get(name, "")
        return Step(line.sheet, line.row, Verdict.WRONG, _shown(line), str(refused), column)
    return Step(line.sheet, line.row, verdict, str(label), why)


def told(changes: dict[str, tuple[Any, Any]]) -> str:
    """Say what changes from what to what."""
    return "; ".join(f"{name}: {old or '—'} → {new or '—'}" for name, (old, new) in changes.items())


def _shown(line: Line) -> str:
    return " · ".join(text for text in list(line.cells.values())[:3] if text)
