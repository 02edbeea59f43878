"""Reports: the list, one of them, writing into it, sending it out."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from daodi.core.exceptions import Refused
from daodi.core.people.models import Member
from daodi.core.reports.document import document_of
from daodi.core.reports.models import READERS, WRITERS, Report
from daodi.core.reports.services import (
    discard,
    edit_section,
    frame,
    issue,
    make_report,
    may_write,
    recount,
    restore_section,
)
from daodi.lib.documents import NoFonts, NotTypeset, find_fonts
from daodi.lib.documents.paper import write_pdf
from daodi.lib.documents.word import write_word
from daodi.lib.windows import window_of
from daodi.web.forms.base import tried
from daodi.web.forms.reports import FrameForm, NewReportForm, SectionForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.reports import facts_of, show_row, show_sections

log = logging.getLogger(__name__)
WEEK = timedelta(days=7)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": WORD, "pdf": "application/pdf"}
DONE = {
    "recount": gettext_lazy("Counted again, by what is known now."),
    "issue": gettext_lazy("Issued. It does not change any more."),
    "discard": gettext_lazy("The draft is thrown away."),
}


@page_for(*READERS)
def reports(request: MemberRequest) -> HttpResponse:
    """Show the reports on the ledgers of the house, the newest first."""
    return _list(request, _new_form(request.member))


@require_POST
@page_for(*WRITERS)
def report_new(request: MemberRequest) -> HttpResponse:
    """Make a report by hand, or open the one that is there."""
    form = NewReportForm(request.member, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        make = partial(make_report, given["ledger"], given["kind"], given["first"], given["last"])
        made = tried(form, lambda: make(by=request.member, now=timezone.now()))
        if made:
            return redirect("desk:report", made.pk)
    return _list(request, form)


@page_for(*READERS)
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a report with the source of each number, and what this member may do with it."""
    found = _fetch(request.member, pk)
    return _page(request, found, FrameForm(instance=found))


@page_for(*READERS)
def report_file(request: MemberRequest, pk: int, suffix: str) -> HttpResponse:
    """Answer with the report as it is printed, as Word or as PDF."""
    found = _fetch(request.member, pk)
    if suffix not in TYPES:
        raise Http404
    answer = HttpResponse(_written(found, suffix), content_type=TYPES[suffix])
    how = "inline" if suffix == "pdf" else "attachment"
    name = f"{found.kind}-{found.last:%Y-%m-%d}.{suffix}"
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@page_for(*WRITERS)
def report_frame(request: MemberRequest, pk: int) -> HttpResponse:
    """Change title, red head, addressee and the rest of the frame."""
    found = _draft(request.member, pk)
    form = FrameForm(request.POST, instance=_fetch(request.member, pk))
    if form.is_valid():
        act = partial(frame, found, form.cleaned_data, by=request.member)
        if _done(form, act):
            messages.success(request, _("Saved."))
            return redirect("desk:report", pk)
    return _page(request, found, form)


@page_for(*WRITERS)
def report_section(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Write into a section."""
    found = _draft(request.member, pk)
    section = get_object_or_404(found.sections, kind=kind)
    initial = {"heading": section.heading, "text": section.text, "version": found.version}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        # The version seen is the lock.
        found.version = given["version"]
        act = partial(edit_section, found, kind, heading=given["heading"], text=given["text"])
        if _done(form, lambda: act(by=request.member, now=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("desk:report", pk)
    context = {"report": found, "form": form, "section": section}
    return render(request, "desk/reports/edit.html", context, status=422 if form.errors else 200)


@require_POST
@page_for(*WRITERS)
def report_restore(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Let a section say again what was written from the figures."""
    found = _draft(request.member, pk)
    get_object_or_404(found.sections, kind=kind)
    restore_section(found, kind, by=request.member)
    messages.success(request, _("It says again what was written from the figures."))
    return redirect("desk:report", pk)


@require_POST
@page_for(*WRITERS)
def report_act(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Count again, issue or throw away."""
    found = _draft(request.member, pk)
    if name not in DONE:
        raise Http404
    try:
        _act(name, found, request.member, timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:report", pk)
    messages.success(request, str(DONE[name]))
    return redirect("desk:reports") if name == "discard" else redirect("desk:report", pk)


def _act(name: str, found: Report, member: Member, now: datetime) -> None:
    if name == "discard":
        discard(found, by=member)
    elif name == "issue":
        issue(found, by=member, now=now)
    else:
        recount(found, by=member, now=now)


def _done(form: Any, act: Callable[[], None]) -> bool:
    tried(form, act)
    return not form.errors


def _fetch(member: Member, pk: int) -> Report:
    return get_object_or_404(Report.objects.visible_to(member).for_page(), pk=pk)


def _draft(member: Member, pk: int) -> Report:
    drafts = Report.objects.visible_to(member).drafts().for_page()
    return get_object_or_404(drafts, pk=pk)


def _new_form(member: Member) -> NewReportForm | None:
    if not member.has(*WRITERS):
        return None
    today = timezone.localtime(timezone.now()).date()
    week = window_of("week", today - WEEK)
    return NewReportForm(member, first=week.first, last=week.last, kind=Report.Kind.WEEKLY)


def _list(request: MemberRequest, form: NewReportForm | None) -> HttpResponse:
    page = by_newest(Report.objects.visible_to(request.member).for_list(), request)
    context = {"rows": [show_row(row) for row in page.rows], "page": page, "form": form}
    status = 422 if form and form.errors else 200
    return render(request, "desk/reports/reports.html", context, status=status)


def _page(request: MemberRequest, found: Report, form: FrameForm) -> HttpResponse:
    writes = found.is_draft and may_write(request.member, found.ledger)
    context = {
        "report": found,
        **show_row(found),
        "facts": facts_of(found),
        "sections": show_sections(found),
        "form": form if writes else None,
    }
    return render(request, "desk/reports/report.html", context, status=422 if form.errors else 200)


def _written(found: Report, suffix: str) -> bytes:
    try:
        fonts = find_fonts()
        paper, pictures = document_of(found, fonts)
        if suffix == "docx":
            return write_word(paper, pictures)
        return write_pdf(paper, fonts=fonts, pictures=pictures)
    except NoFonts as missing:
        raise Refused(str(missing)) from missing
    except NotTypeset as failed:
        log.warning("no %s of report %s: %s", suffix, found.pk, failed.why)
        raise Refused(str(failed)) from failed
