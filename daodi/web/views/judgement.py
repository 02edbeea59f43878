"""How well the site suggests, what people chose instead, and which version speaks."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.exceptions import Refused
from daodi.core.judgement.models import Learning, ModelVersion
from daodi.core.judgement.services import activate, list_from, use_keywords
from daodi.core.ledgers.models import Ledger
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.forms.judgement import LimitForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.judgement import show_judgement, show_versions

READERS = (Role.OPERATOR, Role.MANAGER)


@page_for(*READERS)
def judgement(request: MemberRequest) -> HttpResponse:
    """Show one of the ledgers that the member's own house runs."""
    ledgers = list(Ledger.objects.run_by(request.member).active())
    asked = request.GET.get("ledger", "")
    found = next((each for each in ledgers if str(each.pk) == asked), None)
    return _page(request, ledgers, found or (ledgers[0] if ledgers else None))


@require_POST
@page_for(Role.MANAGER)
def limit(request: MemberRequest, pk: int) -> HttpResponse:
    """Say from which confidence filings are listed without an operator."""
    ledger = _fetch(request, pk)
    form = LimitForm(request.POST)
    if form.is_valid():
        tried(form, lambda: list_from(ledger, form.cleaned_data["percent"], by=request.member))
    if form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(_url(ledger))
    return _page(request, [ledger], ledger, form)


@require_POST
@page_for(Role.MANAGER)
def use(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Let another version speak."""
    ledger = _fetch(request, pk)
    version = get_object_or_404(ModelVersion.objects.of(ledger), number=number)
    said = _("Version %(number)s speaks from now on.") % {"number": number}
    return _done(request, ledger, lambda: activate(version, by=request.member), said)


@require_POST
@page_for(Role.MANAGER)
def keywords(request: MemberRequest, pk: int) -> HttpResponse:
    """Go back to the words of the category scheme."""
    ledger = _fetch(request, pk)
    said = _("The words of the category scheme speak from now on.")
    return _done(request, ledger, lambda: use_keywords(ledger, by=request.member), said)


def _done(
    request: MemberRequest, ledger: Ledger, act: Callable[[], None], said: str
) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(_url(ledger))


def _fetch(request: MemberRequest, pk: int) -> Ledger:
    return get_object_or_404(Ledger.objects.run_by(request.member), pk=pk)


def _url(ledger: Ledger) -> str:
    return f"{reverse('desk:judgement')}?ledger={ledger.pk}"


def _page(
    request: MemberRequest,
    ledgers: list[Ledger],
    ledger: Ledger | None,
    form: LimitForm | None = None,
) -> HttpResponse:
    if ledger is None:
        return render(request, "desk/judgement.html", {"ledger": None})
    row = Learning.objects.filter(ledger=ledger).first()
    context = {
        "ledger": ledger,
        "tabs": [
            {"label": str(each), "url": _url(each), "count": None, "current": each == ledger}
            for each in ledgers
        ],
        "form": form or LimitForm(initial={"percent": row.list_from if row else None}),
        "may_change": request.member.has(Role.MANAGER),
        "versions": show_versions(ledger),
        "is_held": bool(row and row.is_held),
        **show_judgement(ledger, timezone.now()),
    }
    return render(request, "desk/judgement.html", context, status=422 if form else 200)
