"""What a manager does about one member: roles, password, second factor, leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.people.factors import has_factor, remove_factor
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, change_member, set_password
from daodi.core.workflow.leaving import holding_of, leave
from daodi.web.forms.base import tried
from daodi.web.forms.invitations import LeaveForm
from daodi.web.forms.units import NewMemberForm, PasswordForm, RolesForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.units import crumbs_to, fetch_unit, form_page


@page_for(Role.MANAGER)
def member_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a person a place in this unit; the password is shown in the answer, and never again."""
    found = fetch_unit(request.member, pk)
    form = NewMemberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        is_known = form.is_known()
        given = {"unit": found, "by": request.member, **form.cleaned_data}
        made = tried(form, lambda: add_member(**given))
        if made:
            password = "" if is_known else form.cleaned_data["password"]
            return _password_page(request, made, password)
    title = _("New member of %(unit)s") % {"unit": found}
    return form_page(request, title, crumbs_to(request.member, found), form, _("Add the member"))


@page_for(Role.MANAGER)
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a member, and change what they may do and how they are reached."""
    found = fetch_member(request.member, pk)
    form = RolesForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {"is_active": found.is_active, "by": request.member, **form.cleaned_data}
        tried(form, lambda: change_member(found, **given))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:member", pk)
    return _member_page(request, found, form=form)


@require_POST
@page_for(Role.MANAGER)
def member_place(request: MemberRequest, pk: int) -> HttpResponse:
    """End a membership and hand over, or take it up again; the roles stay on record."""
    found = fetch_member(request.member, pk)
    if request.POST.get("is_active") == "yes":
        change_member(found, roles=found.roles, is_active=True, by=request.member)
        messages.success(request, _("%(name)s is a member again.") % {"name": found})
        return redirect("desk:member", pk)
    form = LeaveForm(found, holding_of(found), request.POST)
    if form.is_valid():
        to, now = form.cleaned_data["successor"], timezone.now()
        tried(form, lambda: leave(found, successor=to, by=request.member, now=now))
    if not form.is_valid():
        return _member_page(request, found, leaving=form)
    messages.success(request, _("The membership of %(name)s ended.") % {"name": found})
    return redirect("desk:member", pk)


@require_POST
@page_for(Role.MANAGER)
def member_password(request: MemberRequest, pk: int) -> HttpResponse:
    """Set a new password; it is shown in the answer, and never again."""
    found = fetch_member(request.member, pk)
    form = PasswordForm(request.POST)
    if form.is_valid():
        password = form.cleaned_data["password"]
        tried(form, lambda: set_password(found, password, by=request.member))
        if form.is_valid():
            return _password_page(request, found, password)
    return _member_page(request, found, password=form)


@require_POST
@page_for(Role.MANAGER)
def member_factor(request: MemberRequest, pk: int) -> HttpResponse:
    """Take away the second factor of somebody who has lost the phone."""
    found = fetch_member(request.member, pk)
    remove_factor(found, by=request.member)
    text = _("%(name)s signs in with the password alone now, and can set up another phone.")
    messages.success(request, text % {"name": found})
    return redirect("desk:member", pk)


def fetch_member(manager: Member, pk: int) -> Member:
    return get_object_or_404(Member.objects.visible_to(manager).for_list(), pk=pk)


def _member_page(request: MemberRequest, found: Member, **tried_forms: Any) -> HttpResponse:
    holding = holding_of(found)
    context = {
        "found": found,
        "crumbs": crumbs_to(request.member, found.unit),
        "form": RolesForm(found),
        "password": PasswordForm(),
        "leaving": LeaveForm(found, holding),
        "holding": holding,
        "has_factor": has_factor(found.user),
        "can_sign_in": found.user.has_usable_password(),
        "is_oneself": found == request.member,
        **tried_forms,
    }
    wrong = any(form.errors for form in tried_forms.values())
    return render(request, "desk/manage/member.html", context, status=422 if wrong else 200)


def _password_page(request: MemberRequest, found: Member, password: str) -> HttpResponse:
    context = {"found": found, "crumbs": crumbs_to(request.member, found.unit)}
    answer = render(request, "desk/manage/password.html", context | {"password": password})
    answer.headers["Cache-Control"] = "no-store"
    return answer
