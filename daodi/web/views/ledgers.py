from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.clocks.models import PolicyVersion
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import open_another
from daodi.core.matters.sight import edit_ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.forms.ledgers import LedgerForm, NewLedgerForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.policies import show_policy

# What belongs together on the page of a ledger.
PARTS = (
    ("name", "name_en", "public_name", "public_name_en", "purpose", "prefix", "is_active"),
    ("unit", "supervising_unit", "policy"),
    ("kinds", "residents_file", "is_public", "leader_signs"),
    ("is_confidential", "confidants"),
    ("clear_after_satisfied", "clear_after_silence", "reopen_days"),
    ("decline_reasons",),
)


@page_for(Role.MANAGER)
def ledgers(request: MemberRequest) -> HttpResponse:
    """Show the ledgers that the manager's own house runs."""
    rows = Ledger.objects.run_by(request.member).for_list()
    return render(request, "desk/manage/ledgers.html", {"ledgers": rows})


@page_for(Role.MANAGER)
def ledger_new(request: MemberRequest) -> HttpResponse:
    """Open a ledger, from a preset or blank."""
    form = NewLedgerForm(request.member, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: open_another(by=request.member, **form.given()))
        if made:
            messages.success(request, _("The ledger is open. Look through its settings."))
            return redirect("desk:ledger", made.pk)
    context = {"title": _("New ledger"), "crumbs": crumbs_of(), "form": form}
    context |= {"word": _("Open the ledger"), "back_url": reverse("desk:ledgers")}
    return render(request, "desk/manage/form.html", context, status=422 if form.errors else 200)


@page_for(Role.MANAGER)
def ledger(request: MemberRequest, pk: int) -> HttpResponse:
    """Change everything about a ledger that may be changed."""
    found = fetch_ledger(request.member, pk)
    title, given = str(found), request.POST if request.method == "POST" else None
    form = LedgerForm(found, request.member, given)
    if form.is_bound and form.is_valid():
        confidants = form.cleaned_data["confidants"]
        tried(form, lambda: edit_ledger(form.changed(), confidants, by=request.member))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:ledger", pk)
    context = {
        "title": title,
        "crumbs": crumbs_of(),
        "tabs": tabs_of(found, "ledger"),
        "form": form,
        "parts": [[form[name] for name in names] for names in PARTS],
        "policy": PolicyVersion.objects.get(pk=form.initial["policy"]),
    }
    return render(request, "desk/manage/ledger.html", context, status=422 if form.errors else 200)


@page_for(Role.MANAGER)
def policy(request: MemberRequest, pk: int) -> HttpResponse:
    """Say in words what clocks a policy runs; policies belong to the site, not to a house."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    clocks = show_policy(found.policy)
    context = {"policy": found, "clocks": clocks, "crumbs": crumbs_of()}
    return render(request, "desk/manage/policy.html", context)


def fetch_ledger(member: Member, pk: int) -> Ledger:
    return get_object_or_404(Ledger.objects.run_by(member).for_list(), pk=pk)


def crumbs_of(ledger: Ledger | None = None) -> list[tuple[str, str]]:
    crumbs = [(_("Ledgers"), reverse("desk:ledgers"))]
    return [*crumbs, (str(ledger), reverse("desk:ledger", args=[ledger.pk]))] if ledger else crumbs


def tabs_of(ledger: Ledger, current: str) -> list[dict[str, object]]:
    """Return the pages of a ledger."""
    labels = {
        "ledger": _("Settings"),
        "categories": _("Categories"),
        "catalogue": _("Dispatch catalogue"),
    }
    return [
        {
            "label": label,
            "url": reverse(f"desk:{name}", args=[ledger.pk]),
            "count": None,
            "current": name == current,
        }
        for name, label in labels.items()
    ]
