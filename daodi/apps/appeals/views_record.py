"""The public record: the root of each day, and whether what stands on paper still holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from daodi.apps.appeals.forms import CheckForm
from daodi.core.exceptions import Refused
from daodi.core.history.models import DayRoot
from daodi.core.history.proof import Proof, prove
from daodi.web.forms.base import tried
from daodi.web.throttle import is_too_often

MOST_DAYS = 60
CHECKS, CHECKS_WINDOW = 20, 10 * 60


def roots(request: HttpRequest) -> HttpResponse:
    """Show the root of each day: what was written down on it can never be rewritten unseen."""
    context = {"section": "record", "days": DayRoot.objects.all()[:MOST_DAYS], "form": CheckForm()}
    return render(request, "appeals/roots.html", context)


def check(request: HttpRequest) -> HttpResponse:
    """Say whether the state of a request that a check number stands for is still on record."""
    form, proof = CheckForm(request.GET or None), None
    if form.is_bound and form.is_valid():
        proof = tried(form, lambda: _proof(request, **form.cleaned_data))
    context = {"section": "record", "form": form, "proof": proof}
    return render(request, "appeals/check.html", context, status=422 if form.errors else 200)


def _proof(request: HttpRequest, number: str, check: str) -> Proof:
    if is_too_often(request, "check", most=CHECKS, seconds=CHECKS_WINDOW):
        raise Refused(_("Too many questions from your connection. Please wait ten minutes."))
    found = prove(number, check)
    if found is None:
        raise Refused(_("No request has this number and this check number. Please compare both."))
    return found
