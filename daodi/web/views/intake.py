from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.intake.filing import Receipt, file_matter
from daodi.core.intake.paper import PaperForm, enter_form, find_form, refuse_entered
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.who_may import check_filing
from daodi.web.forms.base import tried
from daodi.web.forms.filing import StaffFilingForm
from daodi.web.forms.paper_entry import PaperEntryForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.phone import FILERS, earlier, typed

ASKED_OF_A_CALLER = {"look", "carry"}


@page_for(*FILERS)
def new(request: MemberRequest) -> HttpResponse:
    """File a matter for a caller, at a counter or on the spot; `?form=` enters a paper form."""
    paper, serial = None, request.GET.get("form", "")
    try:
        if serial:
            paper = find_form(serial)
            if request.method == "GET":
                refuse_entered(paper)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:forms")
    return _new(request, paper)


def _new(request: MemberRequest, paper: PaperForm | None) -> HttpResponse:
    ledgers = [] if paper else list(Ledger.objects.open_to(request.member))
    if not (paper or ledgers):
        raise Refused(_("No ledger takes filings from your unit in your role."))
    chosen = request.GET.get("ledger") or (ledgers[0].code if ledgers else "")
    code = paper.batch.ledger.code if paper else chosen
    ledger = get_object_or_404(Ledger.objects.active().with_units(), code=code)
    check_filing(ledger, request.member)
    # Looking up a caller sends the form too, and files nothing.
    post = request.method == "POST" and not ASKED_OF_A_CALLER & request.POST.keys()
    given = (request.POST, request.FILES) if post else ()
    form = (
        PaperEntryForm(paper, request.member.unit, *given)
        if paper
        else StaffFilingForm(ledger, *given)
    )
    if request.method == "POST" and not post:
        typed(form, request.member, request.POST)
    context: dict[str, Any] = {"ledger": ledger, "ledgers": ledgers, "form": form, "paper": paper}
    context |= earlier(request.member, request.POST.get("phone", ""))
    if post and form.is_valid():
        receipt = tried(form, partial(_file, request, form, paper))
        if receipt:
            context = {"receipt": receipt, "ledger": ledger, "paper": paper}
            return render(request, "desk/filed.html", context)
    return render(request, "desk/new.html", context, status=422 if form.errors else 200)


def _file(request: MemberRequest, form: StaffFilingForm, paper: PaperForm | None) -> Receipt:
    given = form.cleaned_data
    common: dict[str, Any] = {
        "by": request.member, "channel": given["channel"], "files": given["photos"],
        "now": timezone.now(),
    }  # fmt: skip
    if paper:
        return enter_form(paper, form.filing(), **common)
    return file_matter(form.ledger, form.filing(), form_key=given["form_key"], **common)
