"""Which years the calendar still lacks."""

from datetime import date

from daodi.core.clocks.services import load_calendar

# The State Council announces a year in November of the one before.
ANNOUNCED_IN = 11


def missing_year(today: date) -> int | None:
    """Return the first year that should be announced by now and is not."""
    known_to = load_calendar().known_to
    wanted = today.year + (today.month >= ANNOUNCED_IN)
    return known_to + 1 if known_to < wanted else None
