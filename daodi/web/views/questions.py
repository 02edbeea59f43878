"""Patterns to look into: at which units they are seen, which matters they are, what was found."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.supervision.models import Finding
from daodi.core.supervision.questions import (
    DAYS,
    QUESTION,
    QUESTIONS,
    matters_like,
    note_finding,
    seen_at,
)
from daodi.web.excel import asks_for_excel, matters_file
from daodi.web.forms.base import tried
from daodi.web.forms.supervision import FindingForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.supervision import show_columns, show_watched

MOST_FINDINGS = 20


@page_for(Role.SUPERVISOR)
def questions(request: MemberRequest) -> HttpResponse:
    """Show each pattern with what it looks for and the units at which it is seen."""
    days, member = _days(request), request.member
    since = timezone.now() - timedelta(days=days)
    found = Finding.objects.visible_to(member).for_list()[:MOST_FINDINGS]
    context = {
        "groups": [
            {
                "question": question,
                "rows": [
                    {"seen": seen, "url": _url(question.name, seen.unit, days)}
                    for seen in seen_at(question, member, since)
                ],
            }
            for question in QUESTIONS
        ],
        "tabs": [
            {
                "label": _("The last %(days)s days") % {"days": each},
                "url": f"?days={each}",
                "current": each == days,
            }
            for each in DAYS
        ],
        "findings": [{"finding": each, "question": QUESTION.get(each.question)} for each in found],
    }
    return render(request, "desk/supervision/questions.html", context)


@page_for(Role.SUPERVISOR)
def question(request: MemberRequest, name: str, unit: int) -> HttpResponseBase:
    """Show the matters of a unit that look like a pattern, and keep what was found."""
    if name not in QUESTION:
        raise Http404
    now, member, days = timezone.now(), request.member, _days(request)
    at, asked = get_object_or_404(Unit, pk=unit), QUESTION[name]
    form = FindingForm(request.POST if request.method == "POST" else None)
    kept = None
    if form.is_valid():
        given = {"days": days, "text": form.cleaned_data["text"], "by": member, "now": now}
        kept = tried(form, lambda: note_finding(asked, at, **given))
    if kept:
        messages.success(request, _("Saved."))
        return redirect(_url(name, at, days))
    matters, of = matters_like(asked, member, now - timedelta(days=days), at)
    if asks_for_excel(request):
        show, title = partial(show_watched, now=now), f"{asked.label} {at}"
        rows = matters.for_list().newest_first()
        return matters_file(rows, show_columns(), show, title=title, by=member)
    page = by_newest(matters.for_list(), request)
    found = Finding.objects.visible_to(member).filter(question=name, unit=at).for_list()
    context = {
        "question": asked,
        "unit": at,
        "days": days,
        "count": matters.count(),
        "of": of,
        "rows": show_watched(page.rows, now),
        "columns": show_columns(),
        "page": page,
        "form": form,
        "findings": found[:MOST_FINDINGS],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/supervision/question.html", context, status=status)


def _days(request: MemberRequest) -> int:
    return next((days for days in DAYS if str(days) == request.GET.get("days")), DAYS[0])


def _url(name: str, unit: Unit, days: int) -> str:
    return f"{reverse('desk:question', args=[name, unit.pk])}?days={days}"
