from functools import partial
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daodi.apps.appeals.asking import answer_sent, show_form
from daodi.apps.appeals.filing_form import ResidentForm
from daodi.apps.appeals.following import find, follow, mine
from daodi.apps.appeals.forms import TrackForm
from daodi.apps.appeals.showing import SHORT_STATES, promise_words
from daodi.core.history.proof import check_of
from daodi.core.intake.codes import new_code
from daodi.core.intake.filing import file_matter
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.notices.carriers.known import ready_carriers
from daodi.web.forms.base import tried


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
        receipt = tried(
            form,
            lambda: file_matter(
                ledger,
                form.filing(),
                now=timezone.now(),
                form_key=form.cleaned_data["form_key"],
                files=form.files_sent(),
            ),
        )
        if receipt:
            return follow(request, answer_sent(request, receipt), receipt.matter)
    return show_form(request, form, ledgers)


def receipt(request: HttpRequest, form_key: Any) -> HttpResponse:
    """Show number and code to whoever sent the form: only they know its key."""
    matter = get_object_or_404(Matter.objects.for_page(), form_key=form_key)
    code = new_code(form_key)
    link = request.build_absolute_uri(reverse("appeals:course", args=[matter.number]))
    now = timezone.now()
    context = {
        "section": "file",
        "matter": matter,
        "code": f"{code[:4]} {code[4:]}",
        "qr": _qr(f"{link}?code={code}"),
        "promise": promise_words(matter, now),
        "check": check_of(matter.head),
        "now": now,
    }
    return render(request, "appeals/receipt.html", context)


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


def _qr(link: str) -> SafeString:
    """Draw a link as an SVG; segno writes it itself, nothing of the link stands in it as text."""
    return format_html("{}", SafeString(segno.make(link).svg_inline(scale=4, border=2)))
