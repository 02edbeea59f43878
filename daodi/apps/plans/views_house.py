"""The contact places of a house: whom to remind, and the report of a quarter."""

from datetime import date
from io import BytesIO
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daodi.apps.plans.contacts import KEEPERS, ContactPlace
from daodi.apps.plans.forms_contacts import QUARTERS_BACK, QuarterForm
from daodi.apps.plans.showing_contacts import MOST_REMINDED, house_reminders
from daodi.apps.plans.views import FILES
from daodi.apps.plans.visits_report import (
    MOST_SHOWN,
    Report,
    document_of,
    quarter_words,
    quarters_before,
    report_of,
    sheets_of,
)
from daodi.lib.documents.word import write_word
from daodi.lib.sheets import write_tables
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest


@page_for(*KEEPERS)
def house(request: MemberRequest) -> HttpResponse:
    """Show whom of the house to remind of what, and its places, the newest first."""
    member = request.member
    reminded = house_reminders(member, timezone.now())
    seen = ContactPlace.objects.visible_to(member).kept().with_last_visit().for_list()
    context = {
        "unit": member.unit,
        "reminded": reminded[:MOST_REMINDED],
        "has_more": len(reminded) > MOST_REMINDED,
        "page": by_newest(seen, request),
    }
    return render(request, "plans/house.html", context)


@page_for(*KEEPERS)
def visits_report(request: MemberRequest) -> HttpResponse:
    """Show what happened at the contact places in a quarter."""
    quarters = list(quarters_before(_today(), QUARTERS_BACK))
    day = _day(request)
    found = report_of(request.member, day)
    choices = [(f"{first:%Y-%m-%d}", quarter_words(first)) for first in quarters]
    context = {
        "report": found,
        "visits": found.visits[:MOST_SHOWN],
        "more": max(0, len(found.visits) - MOST_SHOWN),
        "form": QuarterForm(choices, {"quarter": f"{found.first:%Y-%m-%d}"}),
        "query": f"quarter={found.first:%Y-%m-%d}",
    }
    return render(request, "plans/visits_report.html", context)


@page_for(*KEEPERS)
def visits_file(request: MemberRequest, kind: str) -> HttpResponse:
    """Answer with the report as a workbook or as an official document."""
    if kind not in FILES:
        raise Http404
    found = report_of(request.member, _day(request))
    body = _workbook(found) if kind == "xlsx" else write_word(document_of(found, _today()))
    answer = HttpResponse(body, content_type=FILES[kind][1])
    name = quote(f"{found.title}.{kind}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _workbook(found: Report) -> bytes:
    target = BytesIO()
    write_tables(target, sheets_of(found), title=found.title)
    return target.getvalue()


def _today() -> date:
    return timezone.localtime(timezone.now()).date()


def _day(request: MemberRequest) -> date:
    """Return the day that the address names, or today."""
    try:
        return date.fromisoformat(request.GET.get("quarter", ""))
    except ValueError:
        return _today()
