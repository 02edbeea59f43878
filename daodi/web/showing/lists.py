"""Lists of matters as a member wants them: which columns, and where the words were found."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from daodi.core.history.models import EventText
from daodi.core.ledgers.kinds import Channel, Kind, Satisfied, Urgency
from daodi.core.matters.models import Matter
from daodi.lib.marking import Part, marked, snippet
from daodi.web.showing.matters import Shown, show_row
from daodi.web.showing.times import moment

COLUMNS = {
    "number": _("Number"),
    "category": _("Category"),
    "place": _("Place"),
    "kind": _("Kind"),
    "channel": _("Came by"),
    "urgency": _("Urgency"),
    "state": _("State"),
    "unit": _("Lead unit"),
    "filed": _("Filed at"),
    "clock": _("Time left"),
    "satisfied": _("Satisfaction"),
    "redos": _("Redone"),
    "bounces": _("Sent back by units"),
}
USUAL_COLUMNS = ("state", "unit", "clock")
# What is said in the words of its choices, and what is left out when it is none. Django's own
# `get_…_display` hashes all choices each time: too much for a file of a whole list.
_LABELS: dict[str, type[TextChoices]] = {
    "urgency": Urgency,
    "kind": Kind,
    "channel": Channel,
    "satisfied": Satisfied,
}
_COUNTS = ("redos", "bounces")
# Where the words of a search may stand, in the order in which a reader wants to know.
_FACTS = ("title", "category", "place")
_WORDS = ("text", "answer", "account", "address")


def show_columns(names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the columns with these names that there are, in their own order; or the usual ones."""
    chosen = set(names) & COLUMNS.keys() or set(USUAL_COLUMNS)
    return [{"name": name, "label": COLUMNS[name]} for name in COLUMNS if name in chosen]


def show_list(
    matters: Iterable[Matter],
    now: datetime,
    columns: Sequence[dict[str, Any]],
    words: list[str],
) -> list[Shown]:
    """Return the rows of a matter table, with the words of a search marked."""
    names = [column["name"] for column in columns]
    rows = [_row(matter, now, names, words) for matter in matters]
    if words:
        _add_courses(rows, words)
    return rows


def _row(matter: Matter, now: datetime, names: list[str], words: list[str]) -> Shown:
    row = show_row(matter, now)
    row["cells"] = [{"name": name, "text": _cell(matter, row, name, now)} for name in names]
    # What has a column of its own need not stand below the title as well.
    row |= dict.fromkeys({"number", "category", "place"} & set(names), "")
    if words:
        row["found"] = {name: marked(str(row[name]), words) for name in _FACTS}
        row["found"]["text"] = _found(matter, words)
    return row


def _cell(matter: Matter, row: Shown, name: str, now: datetime) -> object:
    if name == "filed":
        return moment(matter.filed_at, now)
    if name in _LABELS and (value := getattr(matter, name)):
        return str(_LABELS[name](value).label)
    if name in _COUNTS:
        return getattr(matter, name) or ""
    return row.get(name, "")


def _add_courses(rows: list[Shown], words: list[str]) -> None:
    """Where a matter itself does not say it, show what was said in the course of it."""
    lacking = {row["pk"]: row["found"] for row in rows if not _is_shown(row["found"])}
    if not lacking:
        return
    lines = EventText.objects.filter(event__matter__in=lacking).order_by("event")
    for pk, text in lines.values_list("event__matter", "text"):
        lacking[pk]["text"] = lacking[pk]["text"] or snippet(text, words)


def _is_shown(found: dict[str, list[Part]]) -> bool:
    return any(part.is_hit for parts in found.values() for part in parts)


def _found(matter: Matter, words: list[str]) -> list[Part]:
    found = (snippet(getattr(matter, name), words) for name in _WORDS)
    return next(filter(None, found), [])
