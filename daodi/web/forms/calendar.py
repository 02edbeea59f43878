"""A year's holidays, as pasted from the announcement."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.clocks.models import CalendarDay
from daodi.core.clocks.services import FIRST_YEAR
from daodi.lib.dates import read_moment
from daodi.lib.text import Said
from daodi.lib.worktime import SATURDAY
from daodi.web.forms.base import DateInput, text_area
from daodi.web.showing.calendar import name_of

OFF, WORK = ("休", "放假", "off"), ("班", "上班", "work")
LAST_YEAR = 2100
MOST_ERRORS = 10
LONGEST_SPAN = timedelta(days=31)
LINE = re.compile(
    rf"(?P<first>[^\s~～至到]+)(?:\s*[~～至到]\s*(?P<last>\S+))?"
    rf"\s+(?P<word>{'|'.join((*OFF, *WORK))})(?:\s+(?P<name>.*))?",
    re.IGNORECASE,
)
Days = dict[date, tuple[bool, str]]


class WrongLine(ValueError):  # noqa: N818 -- it is an answer, not a fault
    """A line that makes no sense, and why."""


class YearForm(forms.Form):
    """A year with its exceptional days; cleans `days` to what `announce_year` takes."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("The notice that announces it, with its number."),
        max_length=200,
    )
    days = forms.CharField(
        label=gettext_lazy("Days off and days worked"),
        help_text=gettext_lazy(
            "One day or span a line: the date, 休 or off, 班 or work, and what for.\n"
            "2027-10-01~2027-10-07 休 国庆节\n"
            "2027-02-20 班 春节调休"
        ),
        max_length=20_000,
        widget=text_area(12),
    )

    def __init__(self, data: QueryDict | None = None, **initial: object) -> None:
        super().__init__(data, initial=initial)
        self.use_required_attribute = False

    def clean(self) -> dict[str, object]:
        year, text = self.cleaned_data.get("year"), self.cleaned_data.get("days")
        if year and text:
            days, wrong = read_days(year, text)
            if wrong:
                self.add_error("days", forms.ValidationError(wrong[:MOST_ERRORS]))
            self.cleaned_data["days"] = days
        return self.cleaned_data


class DayForm(forms.Form):
    """One day that is otherwise than it stands in the calendar."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DateInput())
    what = forms.ChoiceField(
        label=gettext_lazy("It is"),
        choices=(
            ("off", gettext_lazy("off")),
            ("worked", gettext_lazy("worked, a weekend day")),
            ("usual", gettext_lazy("as its weekday says")),
        ),
        widget=forms.RadioSelect,
        initial="off",
    )
    name = forms.CharField(label=gettext_lazy("What for"), max_length=60, required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="day_%s")
        self.use_required_attribute = False

    def given(self) -> dict[str, Any]:
        """Return what `change_day` takes."""
        worked = {"off": False, "worked": True, "usual": None}[self.cleaned_data["what"]]
        return {"is_worked": worked, "name": self.cleaned_data["name"]}


def read_days(year: int, text: str) -> tuple[Days, list[str]]:
    """Read the lines of an announcement: the days, and what is wrong with which line."""
    days: Days = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                _take(year, line.strip(), days)
            except WrongLine as error:
                wrong.append(_("Line %(number)s: %(why)s") % {"number": number, "why": error})
    return days, wrong


def write_days(days: Iterable[CalendarDay]) -> str:
    """Write days as the form reads them, neighbours of one kind on one line."""
    lines = []
    for first, last in spans(days):
        when = f"{first.day}" if first == last else f"{first.day}~{last.day}"
        lines.append(f"{when} {'班' if first.is_worked else '休'} {name_of(first)}".strip())
    return "\n".join(lines)


def spans(days: Iterable[CalendarDay]) -> list[tuple[CalendarDay, CalendarDay]]:
    """Join neighbouring days of one kind and name: the first and the last of each span."""
    joined: list[tuple[CalendarDay, CalendarDay]] = []
    for day in days:
        before = joined[-1][1] if joined else None
        if before and _goes_on(before, day):
            joined[-1] = (joined[-1][0], day)
        else:
            joined.append((day, day))
    return joined


def _goes_on(before: CalendarDay, day: CalendarDay) -> bool:
    same = (before.is_worked, before.name) == (day.is_worked, day.name)
    return same and day.day - before.day == timedelta(days=1)


def _take(year: int, line: str, days: Days) -> None:
    found = LINE.fullmatch(line)
    if not found:
        raise WrongLine(_("write it like “2027-01-01 休 元旦” or “2027-02-20 班 春节调休”."))
    worked = found["word"].lower() in WORK
    first = _day(found["first"])
    for day in _span(first, _day(found["last"]) if found["last"] else first):
        if day.year != year:
            raise WrongLine(_("%(day)s is not a day of %(year)s.") % {"day": day, "year": year})
        if day in days:
            raise WrongLine(_("%(day)s stands on an earlier line too.") % {"day": day})
        if worked and day.weekday() < SATURDAY:
            raise WrongLine(_("%(day)s is no weekend day: it is worked anyway.") % {"day": day})
        days[day] = (worked, (found["name"] or "").strip()[:60])


def _day(text: str) -> date:
    try:
        moment = read_moment(text, ZoneInfo(settings.TIME_ZONE))
    except Said as error:
        raise WrongLine(str(error)) from error
    if moment is None:
        raise WrongLine(_("the date is missing."))
    return moment.date()


def _span(first: date, last: date) -> Iterator[date]:
    if last < first or last - first > LONGEST_SPAN:
        raise WrongLine(_("the last day must come after the first, within a month."))
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
