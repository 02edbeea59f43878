"""Which days a report of a kind is about, and what it is called."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daodi.core.ledgers.models import Ledger
from daodi.core.reports.brief import span_words
from daodi.core.reports.models import Report
from daodi.lib.windows import DAY, MONTHS_IN_QUARTER, Window, begin_of, window_of
from daodi.lib.worktime import WorkCalendar

Kind = Report.Kind
# What a report of each kind is about.
SPANS = {
    Kind.DAILY: "day",
    Kind.WEEKLY: "week",
    Kind.MONTHLY: "month",
    Kind.QUARTERLY: "quarter",
}


def finished_before(kind: str, today: date, calendar: WorkCalendar) -> Window | None:
    """Return the last window that is over, as it is due today; None: nothing is due.

    A daily report comes on working days, about all days since the working day before.
    """
    if kind != Kind.DAILY:
        span = SPANS[Kind(kind)]
        return window_of(span, begin_of(span, today) - DAY)
    if not calendar.is_workday(today):
        return None
    first = today - DAY
    while not calendar.is_workday(first):
        first -= DAY
    return Window(first, today - DAY)


def title_of(kind: str, ledger: Ledger, first: date, last: date) -> str:
    """Return the title that a report begins with."""
    # A register is what is kept; a report is on what is kept there.
    subject = str(ledger).removesuffix("台账")
    is_whole = Window(first, last) == window_of(SPANS[Kind(kind)], first)
    if kind == Kind.MONTHLY and is_whole:
        month = date_format(first, pgettext("a month of a year", "F Y"))
        return _("%(subject)s: monthly comment, %(when)s") % {"subject": subject, "when": month}
    if kind == Kind.QUARTERLY and is_whole:
        quarter = first.month // MONTHS_IN_QUARTER + 1
        values = {"subject": subject, "year": first.year, "quarter": quarter}
        return _("%(subject)s: report on quarter %(quarter)s of %(year)s") % values
    values = {"subject": subject, "when": span_words(first, last), "year": first.year}
    return {
        Kind.DAILY: _("%(subject)s: daily study, %(when)s %(year)s"),
        Kind.WEEKLY: _("%(subject)s: weekly push, %(when)s %(year)s"),
        Kind.MONTHLY: _("%(subject)s: monthly comment, %(when)s %(year)s"),
        Kind.QUARTERLY: _("%(subject)s: report, %(when)s %(year)s"),
    }[Kind(kind)] % values
