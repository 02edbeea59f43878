"""Moments as spreadsheets and offices write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from django.utils.translation import gettext_lazy as _

from daodi.lib.text import Said

FIRST_YEAR = 1990

_EXCEL_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_EXCEL_SERIALS = range(32_874, 2_958_465)  # 1990-01-01 to 9999-12-30
_WRITTEN = re.compile(
    r"""(?P<year>\d{4}) \s*[-/.年]\s* (?P<month>\d{1,2}) \s*[-/.月]\s* (?P<day>\d{1,2}) \s*[日号]?
    (?:\s* \(? (?:星期|周)[一二三四五六日天] \)? )?
    (?: [\sT]* (?P<half>上午|下午|晚上|AM|PM)? \s* (?P<hour>\d{1,2})
        \s* (?: [:时点] \s* (?: (?P<minute>\d{1,2}) \s*分? (?:\s*:?\s* (?P<second>\d{1,2})
            (?:\.\d+)? \s*秒? )? )? )
    )?
    \s* (?P<zone>Z|[+-]\d\d:?\d\d)?""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MORNING = ("上午", "AM")
_AFTERNOON = ("下午", "晚上", "PM")
_NOON = 12
_TOO_MANY_DIGITS = 10**15
_LONGEST_SHOWN = 40


class NotAMoment(Said):
    message = _("“%(value)s” is not a date. Write it like 2019-02-28 or 2019-02-28 11:25.")


class NoSuchDay(NotAMoment):
    message = _("“%(value)s” is not in the calendar. Please check day and time.")


class TooLongAgo(NotAMoment):
    message = _("“%(value)s” is before the year %(year)s. Please check the year.")


def read_moment(value: object, zone: tzinfo) -> datetime | None:
    """Return what a cell or a form says as a moment in `zone`, None when it says nothing.

    Takes dates, Excel's serial numbers and text in the forms offices use; a day alone means its
    midnight. Raises NotAMoment for the rest. Moments to come are let through: the caller judges.
    """
    found = _moment(value, zone)
    if found is not None and found.year < FIRST_YEAR:
        raise TooLongAgo(value=_shown(value), year=FIRST_YEAR)
    return found


def _moment(value: object, zone: tzinfo) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return _in_zone(value if value.tzinfo else value.replace(tzinfo=zone), zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, zone)
    if isinstance(value, str):
        return _from_text(value, zone)
    raise NotAMoment(value=_shown(value))


def _from_number(value: float, zone: tzinfo) -> datetime:
    if _EXCEL_SERIALS.start <= value < _EXCEL_SERIALS.stop:
        # Excel keeps a part of a day as a fraction: whole seconds are what was meant.
        seconds = round(value * 86_400)
        return (_EXCEL_DAY_ZERO + timedelta(seconds=seconds)).replace(tzinfo=zone)
    whole = str(int(value)) if abs(value) < _TOO_MANY_DIGITS and value == int(value) else ""
    found = _COMPACT.fullmatch(whole)
    if not found:
        raise NotAMoment(value=_shown(value))
    return _from_parts(found.groupdict(), _shown(value), zone)


def _from_text(value: str, zone: tzinfo) -> datetime | None:
    # Full-width digits, colons and spaces become plain ones.
    text = unicodedata.normalize("NFKC", value).strip()
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), zone)
    found = _COMPACT.fullmatch(text) or _WRITTEN.fullmatch(text)
    if not found:
        raise NotAMoment(value=_shown(value))
    return _from_parts(found.groupdict(), _shown(value), zone)


def _from_parts(parts: dict[str, str | None], shown: str, zone: tzinfo) -> datetime:
    year, month, day, hour, minute, second = (
        int(parts.get(name) or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    hour = _hour_of_day(hour, (parts.get("half") or "").upper())
    # Offices end a day at 24:00.
    next_day = timedelta(days=(hour, minute, second) == (24, 0, 0))
    try:
        here = _zone(parts.get("zone")) or zone
        moment = datetime(year, month, day, 0 if next_day else hour, minute, second, tzinfo=here)
        return (moment + next_day).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise NoSuchDay(value=shown) from error


def _hour_of_day(hour: int, half: str) -> int:
    if half in _AFTERNOON and hour < _NOON:
        return hour + _NOON
    return 0 if half in _MORNING and hour == _NOON else hour


def _in_zone(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError as error:
        raise NoSuchDay(value=_shown(moment)) from error


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written in "Zz":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _shown(value: object) -> str:
    if isinstance(value, int) and abs(value) >= _TOO_MANY_DIGITS:
        return "…"
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def day_and_clock(local: datetime) -> tuple[date, str]:
    """Return day and time of day; midnight is said as offices do: 24:00 of the day that ends."""
    if local.hour or local.minute:
        return local.date(), f"{local:%H:%M}"
    return local.date() - timedelta(days=1), "24:00"
