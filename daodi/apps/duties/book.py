"""The handbook: the duties in force of one unit or of all, in one format, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.apps.duties.models import Duty, Version
from daodi.apps.duties.querysets import DutyQuerySet
from daodi.apps.duties.steps import Step, total_days
from daodi.core.people.models import Unit

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One duty as it stands in the book."""

    number: str
    title: str
    duties: list[str]
    steps: list[Step]
    cautions: list[str]
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A unit's list."""

    name: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Book:
    """A handbook: cover, chapters by unit."""

    title: str
    publisher: str
    edition: str
    counts: str
    chapters: list[Chapter]


def labels() -> dict[str, str]:
    """Return the words that every entry of a book has in common."""
    return {
        "contents": _("Contents"), "duties": _("Main duties"), "process": _("Process"),
        "cautions": _("Cautions"), "nothing": _("None"), "step": _("Step"), "who": _("Done by"),
        "papers": _("Takes in → gives out"), "form": _("Form"), "limit": _("Limit"),
        "begin": _("Process begins"), "end": _("Process ends"),
        "update": _("Without page numbers: right-click here and choose “Update field”."),
    }  # fmt: skip


def book_of(duties: DutyQuerySet, today: date, unit: Unit) -> Book:
    """Gather what is in force into a book of this unit, chapter by chapter."""
    rows = duties.in_force().select_related("unit", "current").in_order()
    chapters = [
        Chapter(str(keeper), [_entry(duty, duty.current) for duty in group if duty.current])
        for keeper, group in groupby(rows, key=lambda duty: duty.unit)
    ]
    return Book(
        title=_("Work list handbook"),
        publisher=str(unit),
        edition=_("As in force on %(day)s") % {"day": f"{today:%Y-%m-%d}"},
        counts=_counts(chapters),
        chapters=chapters,
    )


def _entry(duty: Duty, version: Version) -> Entry:
    steps = version.process()
    days = total_days(steps)
    facts = (
        (_("Legal basis"), version.basis),
        (_("Limit of all steps"), _("%(n)s working days") % {"n": days} if days else ""),
        (_("Papers to bring"), "；".join(version.papers.splitlines())),
        (_("Where"), version.place),
    )
    return Entry(
        number=str(duty.number),
        title=version.title,
        duties=version.duties.splitlines(),
        steps=steps,
        cautions=version.cautions.splitlines(),
        facts=[(label, value) for label, value in facts if value],
    )


def _counts(chapters: Iterable[Chapter]) -> str:
    entries = [entry for chapter in chapters for entry in chapter.entries]
    processes = sum(bool(entry.steps) for entry in entries)
    return ", ".join(
        (
            ngettext("%(n)s duty", "%(n)s duties", len(entries)) % {"n": len(entries)},
            ngettext("%(n)s process", "%(n)s processes", processes) % {"n": processes},
        )
    )
