"""The county's year: how much comes in on which day and at what hour, and of what."""

from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from daodi.demo.stories import leads, stories
from daodi.demo.texts import season_of
from daodi.lib.worktime import WorkCalendar

# How many of a day's requests come in each hour.
HOURS = (1, 1, 0, 0, 0, 1, 3, 8, 14, 16, 13, 9, 6, 7, 11, 13, 12, 9, 7, 7, 6, 4, 3, 2)
OFFICE_HOURS = (*(0,) * 9, 4, 5, 3, 0, 0, 2, 4, 4, *(0,) * 7)
# Monday is busy, the weekend quiet.
WEEK = (1.3, 1.15, 1.05, 1.0, 1.05, 0.65, 0.55)
QUIET = 0.35  # a public holiday
USUAL = 3
HEATED = ((11, 15), (3, 15))
HEATING = "GY0401"
# How much is said of a category in each month, January to December; 3 is as much as usual.
# fmt: off
MONTHS = {
    "CS0105": "001235995210",  # streets under water
    "CS0301": "344333333333",
    "CS0401": "122344433321",
    "GY0101": "533345653334",  # pipes freeze, summer needs more
    "GY0103": "633333333334",
    "GY0201": "522236983224",
    "GY0202": "422358843223",
    "GY0301": "943200000168",
    "GY0401": "996000000059",
    "GY0402": "221000115985",
    "HJ0101": "113456665531",
    "HJ0102": "223456665322",
    "HJ0203": "000039002920",  # straw, after the wheat and after the maize
    "HJ0301": "112345775322",
    "JT0203": "333333339333",
    "JT0204": "225323139433",
    "JY0101": "001248993100",  # who goes to which school
    "JY0102": "343222795322",
    "JY0201": "157322128433",  # terms begin in late February and in September
    "JY0202": "146444105544",
    "JY0206": "146443105544",
    "JY0302": "543222998322",
    "JY0401": "112210389521",
    "JY0402": "003489300000",
    "LD0101": "993222233358",  # before the Spring Festival
    "LD0102": "773222333357",
    "LD0401": "269433322322",
    "MZ0103": "654333333346",
    "MZ0402": "335822333223",  # the day of tending graves
    "NC0302": "013464468521",
    "NC0303": "014675773210",
    "NC0304": "000019405920",
    "NC0305": "113597436643",
    "WS0201": "421111138999",  # insurance is paid for the next year
    "WS0302": "423345864356",
    "WT0401": "444333333398",
    "ZA0303": "994000000014",  # fireworks
    "ZA0402": "000014995210",
    "ZA0403": "000012694310",
    "ZA0503": "852212222226",
    "JT0303": "222234664322",
    "WT0203": "226645545942",
}
# fmt: on


def share_of_day(day: date, calendar: WorkCalendar) -> float:
    """Say how busy a day is; 1 is an ordinary one."""
    if day in calendar.days_off:
        return QUIET
    after = any(day - timedelta(days=n) in calendar.days_off for n in (1, 2, 3))
    usual = WEEK[0] if day in calendar.make_up_days else WEEK[day.weekday()]
    # What people kept to themselves over a holiday comes in after it.
    return usual * (1.35 if after and day.weekday() < 5 else 1.0)


def moment_of(rng: Random, midnight: datetime, hours: tuple[int, ...] = HOURS) -> datetime:
    """Return when on a day something comes in."""
    hour = rng.choices(range(24), hours)[0]
    return midnight.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60))


def draw_category(rng: Random, day: date) -> str:
    """Draw what somebody asks about on a day."""
    codes, weights = _weights(day.month)
    while True:
        code = rng.choices(codes, weights)[0]
        if fits_day(code, day):
            return code


def fits_day(category: str, day: date) -> bool:
    """Say whether anybody would ask for this now: nobody freezes at home before it is heated."""
    if category == HEATING and day.month in (3, 11):
        return (day.month, day.day) >= HEATED[0] or (day.month, day.day) < HEATED[1]
    return bool(_weight(category, day.month))


def months_of(category: str) -> list[int]:
    """Return how much is said of a category in each month."""
    return [_weight(category, month) for month in range(1, 13)]


@cache
def _weights(month: int) -> tuple[list[str], list[int]]:
    weights = {code: _weight(code, month) for code in leads()}
    known = {code: weight for code, weight in weights.items() if weight}
    return list(known), list(known.values())


@cache
def _weight(category: str, month: int) -> int:
    usual = stories(category)[0].weight
    if category in MONTHS:
        return usual * int(MONTHS[category][month - 1])
    known = any(story.is_in(season_of(month)) for story in stories(category))
    return usual * USUAL * known
