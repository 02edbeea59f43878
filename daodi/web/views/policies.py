"""Clocks as data: what a policy says, and a version of one's own."""

import itertools

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.clocks.models import PolicyVersion
from daodi.core.clocks.policy import Policy
from daodi.core.clocks.services import check_policy, publish_policy, shipped_policies
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.forms.policies import PolicyForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.foresight import compare_policies
from daodi.web.showing.policies import show_policy
from daodi.web.views.ledgers import crumbs_of, sent_again


@page_for(Role.MANAGER)
def policy(request: MemberRequest, pk: int) -> HttpResponse:
    """Say in words what clocks a policy runs; policies belong to the site, not to a house."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    clocks = show_policy(found.policy)
    context = {"policy": found, "clocks": clocks, "crumbs": crumbs_of()}
    return render(request, "desk/manage/policy.html", context)


@page_for(Role.MANAGER)
def policy_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Write limits and alarms anew: see the difference first, then publish the next version."""
    found = get_object_or_404(PolicyVersion, pk=pk)
    form = PolicyForm(found, request.POST if request.method == "POST" else None)
    code = _code_for(found, request.member)
    if form.is_bound and form.is_valid():
        tried(form, lambda: check_policy(code, form.written()))
        if form.is_valid() and "look" in request.POST:
            return _difference(request, found, form, code)
        if form.is_valid():
            made = publish_policy(code, form.written(), by=request.member)
            messages.success(request, _("%(policy)s was published.") % {"policy": made})
            return redirect("desk:policy", made.pk)
    context = {
        "policy": found,
        "crumbs": [*crumbs_of(), (str(found), reverse("desk:policy", args=[pk]))],
        "form": form,
        "is_copy": code != found.code,
    }
    status = 422 if form.errors else 200
    return render(request, "desk/manage/policy_edit.html", context, status=status)


def _difference(
    request: MemberRequest, found: PolicyVersion, form: PolicyForm, code: str
) -> HttpResponse:
    written = form.written()
    rows = compare_policies(found.policy, Policy.read(written))
    context = {
        "policy": found,
        "crumbs": [*crumbs_of(), (str(found), reverse("desk:policy", args=[found.pk]))],
        "rows": rows,
        "differs": any(row["differs"] for row in rows),
        "name": written["name"],
        "is_copy": code != found.code,
        "fields": sent_again(request),
        "action": reverse("desk:policy_edit", args=[found.pk]),
    }
    return render(request, "desk/manage/policy_difference.html", context)


def _code_for(found: PolicyVersion, member: Member) -> str:
    """Return the code to publish under: one's own, for what Daodi ships is kept as it comes.

    An own one is changed by the managers of the topmost unit, as all houses may use it.
    """
    if found.code not in shipped_policies() and member.unit.is_root():
        return found.code
    used = set(PolicyVersion.objects.values_list("code", flat=True))
    stem = f"{found.code[:34]}-own"
    codes = itertools.chain([stem], (f"{stem}-{n}" for n in itertools.count(2)))
    return next(code for code in codes if code not in used)
