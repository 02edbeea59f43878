"""Rows on single matters: without a resident's name, number or front door."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from daodi.core.matters.models import Matter
from daodi.core.matters.states import WITH_US
from daodi.core.reports.brief import Draft
from daodi.lib.dates import day_and_clock
from daodi.lib.masking import mask

MOST_ROWS = 50
LONGEST_TITLE = 40
HOUR = 3600


def matters_of(pks: Iterable[int]) -> dict[int, Matter]:
    """Return matters as rows need them, in the order given."""
    wanted = list(pks)
    found = Matter.objects.select_related("unit").in_bulk(wanted)
    return {pk: found[pk] for pk in wanted}


def add_row(draft: Draft, matter: Matter, *more: str) -> None:
    """Add a matter to a table, with what else is said of it."""
    if matter.is_confidential:
        title = _("(confidential)")
    else:
        title = mask(matter.title)
        if len(title) > LONGEST_TITLE:
            title = title[: LONGEST_TITLE - 1] + "…"
    unit = str(matter.unit) if matter.unit and matter.state not in WITH_US else "–"
    draft.add(matter.number, title, unit, *more, matter=matter.number)


def length_words(length: timedelta) -> str:
    """Return how long, in days; below one day in hours."""
    if length.days:
        return ngettext("%(n)s day", "%(n)s days", length.days) % {"n": length.days}
    hours = max(1, length.seconds // HOUR)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def short_moment(moment: datetime | None) -> str:
    """Return a moment as tables have it, or a dash."""
    if moment is None:
        return "–"
    day, clock = day_and_clock(timezone.localtime(moment))
    words = date_format(day, pgettext("a day in a table", "j M"))
    return f"{words} {clock}"
