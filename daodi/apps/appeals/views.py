from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from daodi.apps.appeals.asking import answer_sent, show_form
from daodi.apps.appeals.filing_form import ResidentForm
from daodi.apps.appeals.following import find, follow, mine
from daodi.apps.appeals.forms import TrackForm
from daodi.apps.appeals.showing import SHORT_STATES
from daodi.apps.appeals.throttle import files_too_often
from daodi.core.intake.filing import Receipt, file_matter
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.states import State
from daodi.core.notices.carriers.known import ready_carriers
from daodi.web.forms.base import tried
from daodi.web.throttle import TOO_MANY


def file(request: HttpRequest) -> HttpResponse:
    """Ask for help: one page, no account."""
    ledgers = list(Ledger.objects.open_to_residents().with_units())
    chosen = request.GET.get("ledger")
    ledger = next((each for each in ledgers if not chosen or each.code == chosen), None)
    if ledger is None:
        raise Http404
    post = request.method == "POST"
    form = ResidentForm(ledger, *((request.POST, request.FILES) if post else ()))
    if post and form.is_valid():
        if files_too_often(request, form):
            return show_form(request, form, ledgers, wrong=TOO_MANY)
        if receipt := tried(form, partial(_file, form)):
            return follow(request, answer_sent(request, receipt), receipt.matter)
    return show_form(request, form, ledgers)


def _file(form: ResidentForm) -> Receipt:
    key, files = form.cleaned_data["form_key"], form.files_sent()
    return file_matter(form.ledger, form.filing(), now=timezone.now(), form_key=key, files=files)


def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and offer what this browser follows already."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = tried(form, partial(find, request, **form.cleaned_data))
        if found:
            return follow(request, redirect("appeals:course", found.number), found)
    shown = mine(request).for_list().newest_first()
    rows = [(matter, SHORT_STATES[State(matter.state)]) for matter in shown]
    context = {
        "section": "track",
        "form": form,
        "rows": rows,
        "by_phone": "sms" in ready_carriers(),
    }
    return render(request, "appeals/track.html", context, status=422 if form.errors else 200)
