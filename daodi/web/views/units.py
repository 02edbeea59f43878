from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.people.models import Member, Unit, UnitQuerySet
from daodi.core.people.roles import Role
from daodi.core.people.services import (
    add_member,
    add_unit,
    change_member,
    change_unit,
    set_password,
)
from daodi.web.forms.base import tried
from daodi.web.forms.units import (
    NewMemberForm,
    NewUnitForm,
    PasswordForm,
    RolesForm,
    SearchForm,
    UnitForm,
)
from daodi.web.pages import MemberRequest, page_for

SIZE = 100
Shown = dict[str, Any]
Crumbs = list[tuple[str, str]]


@page_for(Role.MANAGER)
def units(request: MemberRequest) -> HttpResponse:
    """Show the units directly below the manager's own, or those found by name."""
    form, house = SearchForm(request.GET), request.member.unit
    asked = form.asked()
    mine = Unit.objects.visible_to(request.member)
    rows, next_url = _rows(mine.named(asked) if asked else mine.directly_below(house), request)
    context = {"form": form, "asked": asked, "house": house, "rows": rows, "next_url": next_url}
    return render(request, "desk/manage/units.html", context)


@page_for(Role.MANAGER)
def unit(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a unit with what is below it and who is in it, and change what it is called."""
    found = _fetch(request.member, pk)
    form = UnitForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        change_unit(found, by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("desk:unit", pk)
    rows, next_url = _rows(Unit.objects.get_queryset().directly_below(found), request)
    context = {
        "unit": found,
        "crumbs": _crumbs(request.member, found)[:-1],
        "facts": _facts(found),
        "rows": rows,
        "next_url": next_url,
        "members": found.members.for_list().ended_last(),
        "form": form,
    }
    return render(request, "desk/manage/unit.html", context, status=422 if form.errors else 200)


@page_for(Role.MANAGER)
def unit_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a new unit below this one."""
    parent = _fetch(request.member, pk)
    form = NewUnitForm(parent, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {"parent": parent, "by": request.member, **form.cleaned_data}
        made = tried(form, lambda: add_unit(**given))
        if made:
            messages.success(request, _("%(unit)s was added.") % {"unit": made})
            return redirect("desk:unit", made.pk)
    title = _("New unit below %(unit)s") % {"unit": parent}
    return _form_page(request, title, _crumbs(request.member, parent), form, _("Add the unit"))


@page_for(Role.MANAGER)
def member_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a person a place in this unit; the password is shown in the answer, and never again."""
    found = _fetch(request.member, pk)
    form = NewMemberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        is_known = form.is_known()
        given = {"unit": found, "by": request.member, **form.cleaned_data}
        made = tried(form, lambda: add_member(**given))
        if made:
            password = "" if is_known else form.cleaned_data["password"]
            return _password_page(request, made, password)
    title = _("New member of %(unit)s") % {"unit": found}
    return _form_page(request, title, _crumbs(request.member, found), form, _("Add the member"))


@page_for(Role.MANAGER)
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a member, and change their roles."""
    found = _fetch_member(request.member, pk)
    form = RolesForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        roles, is_active = form.cleaned_data["roles"], found.is_active
        tried(
            form, lambda: change_member(found, roles=roles, is_active=is_active, by=request.member)
        )
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:member", pk)
    return _member_page(request, found, form, PasswordForm())


@require_POST
@page_for(Role.MANAGER)
def member_place(request: MemberRequest, pk: int) -> HttpResponse:
    """End a membership, or take it up again; the roles stay on record."""
    found = _fetch_member(request.member, pk)
    is_active = request.POST.get("is_active") == "yes"
    change_member(found, roles=found.roles, is_active=is_active, by=request.member)
    words = (
        _("%(name)s is a member again.") if is_active else _("The membership of %(name)s ended.")
    )
    messages.success(request, words % {"name": found})
    return redirect("desk:member", pk)


@require_POST
@page_for(Role.MANAGER)
def member_password(request: MemberRequest, pk: int) -> HttpResponse:
    """Set a new password; it is shown in the answer, and never again."""
    found = _fetch_member(request.member, pk)
    form = PasswordForm(request.POST)
    if form.is_valid():
        password = form.cleaned_data["password"]
        tried(form, lambda: set_password(found, password, by=request.member))
        if form.is_valid():
            return _password_page(request, found, password)
    return _member_page(request, found, RolesForm(found), form)


def _fetch(member: Member, pk: int) -> Unit:
    units = Unit.objects.visible_to(member).select_related("division")
    found: Unit = get_object_or_404(units, pk=pk)
    return found


def _fetch_member(manager: Member, pk: int) -> Member:
    return get_object_or_404(Member.objects.visible_to(manager).for_list(), pk=pk)


def _crumbs(manager: Member, unit: Unit) -> Crumbs:
    """Return the way from the manager's own unit down to this one."""
    way = Unit.objects.visible_to(manager).on_the_way_to(unit)
    urls = [(str(each), reverse("desk:unit", args=[each.pk])) for each in way]
    return [(_("Units and members"), reverse("desk:units")), *urls]


def _rows(units: UnitQuerySet, request: MemberRequest) -> tuple[list[Shown], str]:
    """Return a page of units from the key in the address on, and the way to the next page."""
    found = list(units.from_path(request.GET.get("after", ""))[: SIZE + 1])
    shown = found[:SIZE]
    above = {unit.path: unit for unit in Unit.objects.get_queryset().on_the_way_to(*shown)}
    rows = [{"unit": unit, "parent": above.get(unit.line()[-2:][0])} for unit in shown]
    query = request.GET.copy()
    query["after"] = shown[-1].path if shown else ""
    return rows, f"?{query.urlencode()}" if len(found) > SIZE else ""


def _facts(unit: Unit) -> list[tuple[str, object]]:
    area = unit.division
    return [
        (_("Level"), unit.get_kind_display()),
        (_("Code"), unit.code),
        (_("Name in English"), unit.name_en or "—"),
        (_("Area"), f"{area} {area.official_code}" if area else "—"),
        (_("In use"), _("Yes") if unit.is_active else _("No")),
    ]


def _form_page(
    request: MemberRequest, title: str, crumbs: Crumbs, form: forms.Form, word: str
) -> HttpResponse:
    context = {"title": title, "crumbs": crumbs, "form": form, "word": word}
    context["back_url"] = crumbs[-1][1]
    return render(request, "desk/manage/form.html", context, status=422 if form.errors else 200)


def _member_page(
    request: MemberRequest, found: Member, form: RolesForm, password: PasswordForm
) -> HttpResponse:
    context = {
        "found": found,
        "crumbs": _crumbs(request.member, found.unit),
        "form": form,
        "password": password,
        "is_oneself": found == request.member,
    }
    wrong = form.errors or password.errors
    return render(request, "desk/manage/member.html", context, status=422 if wrong else 200)


def _password_page(request: MemberRequest, found: Member, password: str) -> HttpResponse:
    context = {"found": found, "crumbs": _crumbs(request.member, found.unit), "password": password}
    answer = render(request, "desk/manage/password.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer
