"""Seed and read the calendar; bring in the policies that Daodi ships."""

from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import chinese_calendar
import yaml
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.clocks.models import CalendarDay, CalendarYear, PolicyVersion
from daodi.core.clocks.policy import Policy
from daodi.core.exceptions import Refused
from daodi.core.people.models import Member
from daodi.lib.worktime import SATURDAY, WorkCalendar

PRESETS = Path(__file__).parent / "presets"
FIRST_YEAR = 2019


def load_calendar() -> WorkCalendar:
    """Return the calendar as it is now in the database.

    One small query; the days are kept in the process as long as no year is announced anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT year, edition FROM core_calendaryear")
        editions: dict[int, UUID] = dict(cursor.fetchall())
    days_off, make_up_days = _days_of(frozenset(editions.items()))
    return WorkCalendar(
        zone=ZoneInfo(settings.TIME_ZONE),
        days_off=days_off,
        make_up_days=make_up_days,
        known_to=known_up_to(set(editions)),
        hours=tuple(
            (time.fromisoformat(a), time.fromisoformat(b)) for a, b in settings.OFFICE_HOURS
        ),
    )


@lru_cache(maxsize=4)
def _days_of(_editions: frozenset[tuple[int, UUID]]) -> tuple[frozenset[date], frozenset[date]]:
    """Return days off and make-up days, read once for these editions of the years."""
    days = list(CalendarDay.objects.values_list("day", "is_worked"))
    return (
        frozenset(day for day, is_worked in days if not is_worked),
        frozenset(day for day, is_worked in days if is_worked),
    )


def known_up_to(years: set[int]) -> int:
    """Return the last year of those that follow each other without a gap."""
    known_to = FIRST_YEAR - 1
    while known_to + 1 in years:
        known_to += 1
    return known_to


@transaction.atomic
def announce_year(
    year: int, days: dict[date, tuple[bool, str]], source: str, *, by: Member | None = None
) -> None:
    """Take in the holidays and make-up workdays of a year, in place of what was known of it.

    `days` says for each exceptional date whether it is worked, and why. Running deadlines that
    were provisional are not changed here: that is `sweep.provisional.settle_provisional`.
    """
    wrong = [day for day in days if day.year != year]
    if wrong:
        raise Refused(
            _("%(day)s is not a day of %(year)s.") % {"day": wrong[0].isoformat(), "year": year}
        )
    old = CalendarDay.objects.filter(day__year=year)
    before = {f"{day.day}": [day.is_worked, day.name] for day in old}
    after = {day.isoformat(): [worked, name[:60]] for day, (worked, name) in sorted(days.items())}
    old.delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, is_worked=worked, name=name[:60])
        for day, (worked, name) in days.items()
    )
    told = {"source": source[:200], "edition": uuid4()}
    CalendarYear.objects.update_or_create(year=year, defaults=told)
    changed = sorted(day for day in before | after if before.get(day) != after.get(day))
    note(
        Act.YEAR_ANNOUNCED,
        year,
        by=by,
        before={day: before[day] for day in changed if day in before},
        after={"source": source, **{day: after[day] for day in changed if day in after}},
    )


@transaction.atomic
def change_day(day: date, *, is_worked: bool | None, name: str, by: Member | None = None) -> None:
    """Say that one day of an announced year is worked or off; None: it is as its weekday.

    Deadlines that run keep the days they were computed with.
    """
    # A new edition: no process may go on with the days that it has read.
    if not CalendarYear.objects.filter(year=day.year).update(edition=uuid4()):
        raise Refused(_("The year %(year)s is not announced yet.") % {"year": day.year})
    if is_worked and day.weekday() < SATURDAY:
        raise Refused(_("%(day)s is no weekend day: it is worked anyway.") % {"day": day})
    there = CalendarDay.objects.filter(day=day).first()
    before = {f"{day}": [there.is_worked, there.name]} if there else {}
    CalendarDay.objects.filter(day=day).delete()
    after = {}
    if is_worked is not None:
        CalendarDay.objects.create(day=day, is_worked=is_worked, name=name[:60])
        after = {f"{day}": [is_worked, name[:60]]}
    note(Act.YEAR_ANNOUNCED, day, by=by, before=before, after=after)


def seed_calendar() -> list[int]:
    """Take in every year that the library knows and the database does not; return those years."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    added = []
    year = FIRST_YEAR
    while (days := _library_days(year)) is not None:
        if year not in known:
            announce_year(year, days, f"chinesecalendar: {year}")
            added.append(year)
        year += 1
    return added


def _library_days(year: int) -> dict[date, tuple[bool, str]] | None:
    """Return the exceptions of a year; None when its holidays are not announced yet."""
    days = {}
    day = date(year, 1, 1)
    try:
        while day.year == year:
            worked = chinese_calendar.is_workday(day)
            name = chinese_calendar.get_holiday_detail(day)[1] or ""
            # Weekend days inside a holiday are kept too, so that an explanation can name it.
            if name or worked != (day.weekday() < SATURDAY):
                days[day] = (worked, name)
            day += timedelta(days=1)
    except NotImplementedError:
        return None
    return days


def shipped_policies() -> dict[str, dict[str, Any]]:
    """Return the policies that come with Daodi, by code."""
    files = sorted(PRESETS.glob("*.yaml"))
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}


def install_policies() -> None:
    """Bring in the shipped policies; one that has changed becomes the next version."""
    for code, data in shipped_policies().items():
        publish_policy(code, data)


def check_policy(code: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the rules that `data` says; raise Refused where they make no sense."""
    try:
        rules = {"clocks": data["clocks"], "order": list(data["clocks"])}
        Policy.read(rules)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Refused(
            _("The policy %(code)s cannot be read: %(why)s") % {"code": code, "why": error}
        ) from error
    return rules


@transaction.atomic
def publish_policy(code: str, data: dict[str, Any], *, by: Member | None = None) -> PolicyVersion:
    """Make `data` the newest version of a policy, unless it says the same as the one there is."""
    rules = check_policy(code, data)
    newest = PolicyVersion.objects.filter(code=code).order_by("-version").first()
    if newest and newest.rules == rules:
        return newest
    made = PolicyVersion.objects.create(
        code=code,
        version=newest.version + 1 if newest else 1,
        name=data["name"],
        name_en=data.get("name_en", ""),
        source=data.get("source", ""),
        rules=rules,
    )
    facts = {"policy": code, "version": made.version}
    note(Act.POLICY_PUBLISHED, f"{made.name} v{made.version}", by=by, after=facts)
    return made
