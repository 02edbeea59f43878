"""What residents filed is erased when the years are over for which a site keeps it."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.history.erasure import erase
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter

log = logging.getLogger(__name__)
YEAR = timedelta(days=365.25)
# The first night of a site with many years behind it is not to last until morning.
MOST_A_NIGHT = 2000


def erase_old(now: datetime) -> int:
    """Erase what ended and lay untouched for ERASE_AFTER_YEARS; return how many matters.

    Nothing is done on a site that has set no years.
    """
    years = settings.ERASE_AFTER_YEARS
    if not years:
        return 0
    until, done = now - years * YEAR, 0
    touched = Event.objects.filter(matter=OuterRef("pk"), recorded_at__gte=until)
    old = Matter.objects.kept_since(until).exclude(Exists(touched)).select_related("ledger")
    for matter in old[:MOST_A_NIGHT]:
        try:
            erase(matter, by=None, reason=_("kept for %(n)s years") % {"n": years}, now=now)
            done += 1
        except Refused:  # somebody did something on it this moment: it is not untouched
            log.info("%s was not erased: it changed meanwhile", matter.number)
    return done
