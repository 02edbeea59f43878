from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.clocks.models import PolicyVersion
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import check_ledger, open_another
from daodi.core.matters.foresight import foresee
from daodi.core.matters.sight import edit_ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.forms.filing import FilingForm
from daodi.web.forms.ledgers import LedgerForm, NewLedgerForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.foresight import compare_policies, show_changes, show_consequences

# What belongs together on the page of a ledger.
PARTS = (
    ("name", "name_en", "public_name", "public_name_en", "purpose", "prefix", "is_active"),
    ("unit", "leader_dispatches", "supervising_unit", "readers", "policy"),
    ("residents_file", "filing_roles", "filing_units"),
    ("kinds", "is_public", "leader_signs", "evidence"),
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
        if "look" in request.POST:
            tried(form, lambda: check_ledger(form.changed()))
            if form.is_valid():
                return _look(request, found, form)
        else:
            confidants = form.cleaned_data["confidants"]
            tried(form, lambda: edit_ledger(form.changed(), confidants, by=request.member))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:ledger", pk)
    context = {
        "pk": pk,
        "title": title,
        "crumbs": crumbs_of(),
        "tabs": tabs_of(found, "ledger"),
        "form": form,
        "parts": [[form[name] for name in names] for names in PARTS],
        "policy": PolicyVersion.objects.get(pk=form.initial["policy"]),
    }
    return render(request, "desk/manage/ledger.html", context, status=422 if form.errors else 200)


def _look(request: MemberRequest, found: Ledger, form: LedgerForm) -> HttpResponse:
    """Show what would change, and the form that residents would fill in."""
    before, after = Ledger.objects.get(pk=found.pk), form.changed()
    policies = (
        compare_policies(before.policy.policy, after.policy.policy)
        if before.policy_id != after.policy_id
        else []
    )
    context = {
        "ledger": before,
        "after": after,
        "crumbs": crumbs_of(before),
        "changes": show_changes(before, after),
        "consequences": show_consequences(before, after, foresee(before, after)),
        "policies": policies,
        "filing": FilingForm(after),
        "fields": sent_again(request),
        "action": reverse("desk:ledger", args=[found.pk]),
    }
    return render(request, "desk/manage/ledger_look.html", context)


def sent_again(request: MemberRequest) -> list[tuple[str, str]]:
    """Return what a form sent, for hidden fields: a look before the same is sent to be done."""
    left_out = ("look", "csrfmiddlewaretoken")
    sent = request.POST.lists()
    return [(name, str(value)) for name, values in sent if name not in left_out for value in values]


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
