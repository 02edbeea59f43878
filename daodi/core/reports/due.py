"""Reports that are made by themselves, once each, when their days are over."""

from datetime import datetime

from django.utils import timezone

from daodi.core.clocks.services import load_calendar
from daodi.core.figures.models import Fact
from daodi.core.ledgers.models import Ledger
from daodi.core.reports.models import Report
from daodi.core.reports.services import make_report
from daodi.core.reports.windows import finished_before
from daodi.lib.windows import Window

HOUR = 8


def make_due(now: datetime) -> int:
    """Make the drafts that are due and not there yet; return how many.

    Asked every hour, so that a worker that stood still makes up for the last one of each kind.
    Ledgers on which nothing has ever happened, and confidential ones, have none.
    """
    here = timezone.localtime(now)
    if here.hour < HOUR:
        return 0
    calendar, made = load_calendar(), 0
    for ledger in Ledger.objects.active().filter(is_confidential=False).with_units():
        for kind in Report.Kind:
            window = finished_before(kind, here.date(), calendar)
            if window and _is_missing(ledger, kind, window):
                make_report(ledger, kind, window.first, window.last, by=None, now=now)
                made += 1
    return made


def _is_missing(ledger: Ledger, kind: str, window: Window) -> bool:
    """Say whether a report is to be made: anything was filed by then, and nobody has made it."""
    there = Report.objects.filter(ledger=ledger, kind=kind, first=window.first, last=window.last)
    lived = Fact.objects.filter(ledger=ledger, filed_on__lte=window.last)
    return lived.exists() and not there.exists()
