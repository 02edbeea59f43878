"""Which days a report of a kind is about, and what it is called."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daodi.core.ledgers.models import Ledger
from daodi.core.reports.brief import span_words
from daodi.core.reports.models import Report
from daodi.lib.worktime import WorkCalendar

Kind = Report.Kind
Window = tuple[date, date]
DAY = timedelta(days=1)
QUARTER = 3


def window_of(kind: str, day: date) -> Window:
    """Return the day, week, month or quarter that a day lies in."""
    if kind == Kind.DAILY:
        return day, day
    if kind == Kind.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = QUARTER if kind == Kind.QUARTERLY else 1
    month = (day.month - 1) // months * months + 1
    first = day.replace(month=month, day=1)
    return first, _months_later(first, months) - DAY


def finished_before(kind: str, today: date, calendar: WorkCalendar) -> Window | None:
    """Return the last window that is over, as it is due today; None: nothing is due.

    A daily report comes on working days, about all days since the working day before.
    """
    if kind != Kind.DAILY:
        first, _last = window_of(kind, today)
        return window_of(kind, first - DAY)
    if not calendar.is_workday(today):
        return None
    first = today - DAY
    while not calendar.is_workday(first):
        first -= DAY
    return first, today - DAY


def title_of(kind: str, ledger: Ledger, first: date, last: date) -> str:
    """Return the title that a report begins with."""
    # A register is what is kept; a report is on what is kept there.
    subject = str(ledger).removesuffix("台账")
    if kind == Kind.MONTHLY and (first, last) == window_of(kind, first):
        month = date_format(first, pgettext("a month of a year", "F Y"))
        return _("%(subject)s: monthly comment, %(when)s") % {"subject": subject, "when": month}
    if kind == Kind.QUARTERLY and (first, last) == window_of(kind, first):
        values = {"subject": subject, "year": first.year, "quarter": first.month // QUARTER + 1}
        return _("%(subject)s: report on quarter %(quarter)s of %(year)s") % values
    values = {"subject": subject, "when": span_words(first, last), "year": first.year}
    return {
        Kind.DAILY: _("%(subject)s: daily study, %(when)s %(year)s"),
        Kind.WEEKLY: _("%(subject)s: weekly push, %(when)s %(year)s"),
        Kind.MONTHLY: _("%(subject)s: monthly comment, %(when)s %(year)s"),
        Kind.QUARTERLY: _("%(subject)s: report, %(when)s %(year)s"),
    }[Kind(kind)] % values


def _months_later(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)
