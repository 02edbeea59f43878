"""Which year the calendar still lacks."""

from datetime import date

from daodi.core.clocks.models import CalendarYear
from daodi.core.clocks.services import FIRST_YEAR, known_up_to

# The State Council announces a year in November of the one before.
ANNOUNCED_IN = 11


def missing_year(today: date) -> int | None:
    """Return the first year that should be announced by now and is not."""
    years = CalendarYear.objects.filter(year__gte=FIRST_YEAR).values_list("year", flat=True)
    known_to = known_up_to(set(years))
    wanted = today.year + (today.month >= ANNOUNCED_IN)
    return known_to + 1 if known_to < wanted else None
