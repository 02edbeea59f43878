from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from daodi.core.clocks.models import CalendarDay, CalendarYear
from daodi.core.clocks.outlook import missing_year
from daodi.core.clocks.services import announce_year, change_day
from daodi.core.deadlines.models import Clock
from daodi.core.exceptions import NotYours
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.sweep.provisional import settle_provisional
from daodi.web.forms.base import tried
from daodi.web.forms.calendar import DayForm, YearForm, spans, write_days
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.calendar import months_of, name_of, workdays_of

MOST = 999


@page_for(Role.MANAGER)
def calendar(request: MemberRequest) -> HttpResponse:
    """Show the exceptional days of a year; announce or correct one, settle what waited."""
    years = list(CalendarYear.objects.order_by("-year"))
    year = _chosen(request.POST.get("year") or request.GET.get("year", ""), years)
    days = list(CalendarDay.objects.filter(day__year=year.year)) if year else []
    form = _form(request, year, days)
    if form.is_bound:
        if not _may_announce(request.member):
            raise NotYours
        if form.is_valid():
            tried(form, lambda: announce_year(by=request.member, **form.cleaned_data))
        if form.is_valid():
            _tell(request, settle_provisional(timezone.now()))
            return redirect(f"{reverse('desk:calendar')}?year={form.cleaned_data['year']}")
    return _page(request, form, year=year, years=years, days=days)


@require_POST
@page_for(Role.MANAGER)
def calendar_day(request: MemberRequest) -> HttpResponse:
    """Correct one day of a year."""
    if not _may_announce(request.member):
        raise NotYours
    one = DayForm(request.POST)
    if one.is_valid():
        day = one.cleaned_data["day"]
        tried(one, lambda: change_day(day, by=request.member, **one.given()))
    if one.is_valid():
        messages.success(request, _("Saved. Deadlines that run keep the days they had."))
        return redirect(f"{reverse('desk:calendar')}?year={day.year}")
    years = list(CalendarYear.objects.order_by("-year"))
    year = _chosen("", years)
    days = list(CalendarDay.objects.filter(day__year=year.year)) if year else []
    form = YearForm(year=year.year if year else timezone.localtime().year)
    return _page(request, form, year=year, years=years, days=days, one=one)


def _page(
    request: MemberRequest,
    form: YearForm,
    *,
    year: CalendarYear | None,
    years: list[CalendarYear],
    days: list[CalendarDay],
    one: DayForm | None = None,
) -> HttpResponse:
    missing = missing_year(timezone.localtime().date())
    context = {
        "year": year,
        "months": months_of(year.year, days) if year else [],
        "workdays": workdays_of(year.year, days) if year else 0,
        "missing": missing,
        "waiting": Clock.objects.provisional()[: MOST + 1].count() if missing else 0,
        "one": one or DayForm(),
        "tabs": [_tab(each, year) for each in years],
        "spans": [_span(first, last) for first, last in spans(days)],
        "form": form,
        "may_announce": _may_announce(request.member),
        "is_new": "new" in request.GET,
    }
    wrong = form.errors or (one and one.errors)
    return render(request, "desk/manage/calendar.html", context, status=422 if wrong else 200)


def _may_announce(member: Member) -> bool:
    """Say whether the member manages the whole site: its calendar is one for all houses."""
    return bool(member.unit.is_root())


def _chosen(asked: str, years: list[CalendarYear]) -> CalendarYear | None:
    wanted = asked if asked.isdigit() else str(timezone.localtime().year)
    return next((each for each in years if str(each.year) == wanted), years[0] if years else None)


def _form(request: MemberRequest, year: CalendarYear | None, days: list[CalendarDay]) -> YearForm:
    if request.method == "POST":
        return YearForm(request.POST)
    if year is None or "new" in request.GET:
        return YearForm(year=year.year + 1 if year else timezone.localtime().year)
    return YearForm(year=year.year, source=year.source, days=write_days(days))


def _tell(request: MemberRequest, settled: int) -> None:
    text = ngettext(
        "The year was taken in. %(n)s deadline became definite.",
        "The year was taken in. %(n)s deadlines became definite.",
        settled,
    )
    messages.success(request, text % {"n": settled})


def _tab(each: CalendarYear, chosen: CalendarYear | None) -> dict[str, Any]:
    return {
        "label": str(each.year),
        "url": f"?year={each.year}",
        "count": None,
        "current": each == chosen,
    }


def _span(first: CalendarDay, last: CalendarDay) -> dict[str, Any]:
    count = (last.day - first.day).days + 1
    days = [first] if first == last else [first, last]
    return {
        "when": " – ".join(f"{d.day:%m-%d} {date_format(d.day, 'D')}" for d in days),
        "count": ngettext("%(n)s day", "%(n)s days", count) % {"n": count},
        "is_worked": first.is_worked,
        "name": name_of(first),
    }
