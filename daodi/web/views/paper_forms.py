"""Paper forms: printed here, filled in by hand, and entered on the page for a new matter."""

import logging
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from daodi.core.exceptions import Refused
from daodi.core.intake.models import FormBatch
from daodi.core.intake.paper import entered_of, print_forms, sheets_to_print
from daodi.core.people.roles import Role
from daodi.lib.documents import NoFonts, NotTypeset, find_fonts, typeset
from daodi.web.forms.base import tried
from daodi.web.forms.paper import PrintForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.paper_forms import drawings_of, show_sheets, shown_batches
from daodi.web.views.phone import FILERS

log = logging.getLogger(__name__)
DOCUMENT = Path(__file__).parent.parent / "documents/form.typ"
PRINTERS = (*FILERS, Role.HANDLER, Role.LEADER, Role.MANAGER)
SIZE = 20


@page_for(*PRINTERS)
def forms(request: MemberRequest) -> HttpResponse:
    """Order forms, see how many came back, and begin to enter one."""
    form = PrintForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        batch = tried(
            form,
            lambda: print_forms(
                given["ledger"], given["count"], by=request.member, now=timezone.now()
            ),
        )
        if batch:
            return redirect("desk:form_sheets", batch.pk)
    page = by_newest(FormBatch.objects.visible_to(request.member).for_list(), request, SIZE)
    context = {
        "form": form,
        "page": page,
        "rows": shown_batches(page.rows, entered_of(page.rows)),
        "may_enter": request.member.has(*FILERS),
    }
    return render(request, "desk/forms.html", context, status=422 if form.errors else 200)


@never_cache
@page_for(*PRINTERS)
def form_sheets(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the sheets as they are printed from the browser."""
    batch = _batch(request, pk)
    sheets = sheets_to_print(batch, by=request.member, now=timezone.now())
    shown = show_sheets(batch, sheets, request.build_absolute_uri)
    return render(request, "desk/form_sheets.html", {"batch": batch, "shown": shown})


@never_cache
@page_for(*PRINTERS)
def forms_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer with the sheets as PDF, one a page."""
    batch = _batch(request, pk)
    sheets = sheets_to_print(batch, by=request.member, now=timezone.now())
    shown = show_sheets(batch, sheets, request.build_absolute_uri)
    try:
        pictures = drawings_of(shown)
        pdf = typeset(DOCUMENT, shown, fonts=find_fonts(), pictures=pictures)
    except NoFonts as missing:
        raise Refused(str(missing)) from missing
    except NotTypeset as failed:
        log.warning("no forms of batch %s: %s", pk, failed.why)
        raise Refused(str(failed)) from failed
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="forms-{pk}.pdf"'
    return answer


def _batch(request: MemberRequest, pk: int) -> FormBatch:
    return get_object_or_404(FormBatch.objects.for_list(), pk=pk, by=request.member)
