"""Limits of time as an office writes them: hours, days, working days or months."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

Day = TypeVar("Day", bound=date)
_WRITTEN = re.compile(
    r"P(?:(?P<months>\d+)M|(?P<workdays>\d+)W|(?P<days>\d+)D"
    r"|T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take; exactly one of the three is not zero.

    Written like an ISO 8601 duration, with one departure: `W` counts *working days*, not weeks,
    because offices count in them and never in weeks (`PT1H`, `P7D`, `P5W`, `P1M`).
    """

    months: int = 0
    workdays: int = 0
    time: timedelta = timedelta(0)

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read `PT1H`, `P7D`, `P5W` or `P1M`; raise ValueError for anything else or for zero."""
        found = _WRITTEN.fullmatch(text)
        parts = (
            {name: int(value or 0) for name, value in found.groupdict().items()} if found else {}
        )
        if not any(parts.values()):
            raise ValueError(f"{text!r} is no limit of time: write PT1H, P7D, P5W or P1M")
        months, workdays = parts.pop("months"), parts.pop("workdays")
        return cls(months=months, workdays=workdays, time=timedelta(**parts))

    def __str__(self) -> str:
        if self.months:
            return f"P{self.months}M"
        if self.workdays:
            return f"P{self.workdays}W"
        minutes = int(self.time.total_seconds()) // 60
        if minutes % 1440 == 0:
            return f"P{minutes // 1440}D"
        hours, minutes = divmod(minutes, 60)
        return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def add_months(start: Day, months: int) -> Day:
    """Return the same day, and time, `months` later, or the last day of a shorter month."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return start.replace(year=year, month=month, day=day)
