"""My requests by telephone: a code sent to it shows that it is in one's hand."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.apps.appeals.following import MOST, follow
from daodi.apps.appeals.forms import OneTimeCodeForm, PhoneForm
from daodi.core.exceptions import Refused
from daodi.core.matters.contacts import same_phone
from daodi.core.matters.models import Matter
from daodi.core.notices.one_time import code_fits, send_code
from daodi.web.forms.base import tried
from daodi.web.throttle import address_of, is_too_often

CODES, CODES_WINDOW = 30, 15 * 60


def phone(request: HttpRequest) -> HttpResponse:
    """Ask for a telephone number, and send a code to it whether or not anything came from it."""
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and tried(form, partial(_send, request, form.number())):
        # The number goes on in the form: in an address it would stand in every log.
        return _ask(request, OneTimeCodeForm(initial={"phone": form.number()}))
    context = {"section": "track", "form": form}
    return render(request, "appeals/phone.html", context, status=422 if form.errors else 200)


def phone_code(request: HttpRequest) -> HttpResponse:
    """Follow in this browser what came from the telephone that got the code."""
    if request.method != "POST":
        return redirect("appeals:phone")
    form = OneTimeCodeForm(request.POST)
    if not (form.is_valid() and tried(form, partial(_open, request, **form.cleaned_data))):
        return _ask(request, form)
    found = _matters_of(form.cleaned_data["phone"])
    said = ngettext("%(n)s request was found.", "%(n)s requests were found.", len(found))
    messages.info(request, said % {"n": len(found)})
    return follow(request, redirect("appeals:track"), *found)


def _send(request: HttpRequest, number: str) -> bool:
    send_code(number, timezone.now(), address_of(request))
    return True


def _open(request: HttpRequest, phone: str, code: str) -> bool:
    if is_too_often(request, "phone", most=CODES, seconds=CODES_WINDOW):
        raise Refused(_("Too many questions from your connection. Please wait 15 minutes."))
    if not code_fits(phone, code, timezone.now()):
        raise Refused(_("This code does not fit or is too old. Compare it, or ask for a new one."))
    return True


def _matters_of(number: str) -> list[Matter]:
    """Return what came from this number, the newest first.

    Confidential ones are left out: who holds the telephone need not be who wrote. Those open with
    their own code.
    """
    matters = Matter.objects.filter(pk__in=same_phone(number), is_confidential=False)
    return list(matters.only("pk", "split_from").newest_first()[:MOST])


def _ask(request: HttpRequest, form: OneTimeCodeForm) -> HttpResponse:
    context = {"section": "track", "form": form}
    return render(request, "appeals/phone_code.html", context, status=422 if form.errors else 200)
