from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from daodi.core.intake.filing import file_matter
from daodi.core.ledgers.models import Ledger
from daodi.web.forms.base import tried
from daodi.web.forms.filing import StaffFilingForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.phone import FILERS, earlier, typed

ASKED_OF_A_CALLER = {"look", "carry"}


@page_for(*FILERS)
def new(request: MemberRequest) -> HttpResponse:
    """File a matter for a caller, at a counter or on the spot."""
    ledgers = list(Ledger.objects.active())
    chosen = request.GET.get("ledger") or (ledgers[0].code if ledgers else "")
    ledger = get_object_or_404(Ledger.objects.active().with_units(), code=chosen)
    # Looking up a caller sends the form too, and files nothing.
    post = request.method == "POST" and not ASKED_OF_A_CALLER & request.POST.keys()
    form = StaffFilingForm(ledger, *((request.POST, request.FILES) if post else ()))
    if request.method == "POST" and not post:
        typed(form, request.member, request.POST)
    context = {"ledger": ledger, "ledgers": ledgers, "form": form}
    context |= earlier(request.member, request.POST.get("phone", ""))
    if post and form.is_valid():
        receipt = tried(
            form,
            lambda: file_matter(
                ledger,
                form.filing(),
                now=timezone.now(),
                by=request.member,
                channel=form.cleaned_data["channel"],
                form_key=form.cleaned_data["form_key"],
                files=form.cleaned_data["photos"],
            ),
        )
        if receipt:
            return render(request, "desk/filed.html", {"receipt": receipt, "ledger": ledger})
    return render(request, "desk/new.html", context, status=422 if form.errors else 200)
