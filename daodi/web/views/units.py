from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.matters.moving import move_unit
from daodi.core.people.models import Member, Unit, UnitQuerySet
from daodi.core.people.roles import Role
from daodi.core.people.services import add_unit, change_unit
from daodi.web.forms.base import tried
from daodi.web.forms.units import MoveUnitForm, NewUnitForm, SearchForm, UnitForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.people import away_from

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
    found = fetch_unit(request.member, pk)
    form = UnitForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        change_unit(found, by=request.member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("desk:unit", pk)
    return _unit_page(request, found, form=form)


@require_POST
@page_for(Role.MANAGER)
def unit_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a unit with all below it under another one."""
    found = fetch_unit(request.member, pk)
    form = MoveUnitForm(request.member, request.POST)
    if form.is_valid():
        tried(form, lambda: move_unit(found, form.cleaned_data["to"], by=request.member))
    if not form.is_valid():
        return _unit_page(request, found, move=form)
    text = _("%(unit)s was moved. Who sees its matters follows shortly.")
    messages.success(request, text % {"unit": found})
    return redirect("desk:unit", pk)


def _unit_page(request: MemberRequest, found: Unit, **tried_forms: forms.Form) -> HttpResponse:
    rows, next_url = _rows(Unit.objects.get_queryset().directly_below(found), request)
    context = {
        "unit": found,
        "crumbs": crumbs_to(request.member, found)[:-1],
        "facts": _facts(found),
        "rows": rows,
        "next_url": next_url,
        "members": found.members.for_list().ended_last(),
        "away": away_from(found, timezone.localtime(timezone.now()).date()),
        "form": UnitForm(found),
        "move": MoveUnitForm(request.member),
        "may_move": found.pk != request.member.unit_id,
        **tried_forms,
    }
    wrong = any(form.errors for form in tried_forms.values())
    return render(request, "desk/manage/unit.html", context, status=422 if wrong else 200)


@page_for(Role.MANAGER)
def unit_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a new unit below this one."""
    parent = fetch_unit(request.member, pk)
    form = NewUnitForm(parent, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {"parent": parent, "by": request.member, **form.cleaned_data}
        made = tried(form, lambda: add_unit(**given))
        if made:
            messages.success(request, _("%(unit)s was added.") % {"unit": made})
            return redirect("desk:unit", made.pk)
    title = _("New unit below %(unit)s") % {"unit": parent}
    return form_page(request, title, crumbs_to(request.member, parent), form, _("Add the unit"))


def fetch_unit(member: Member, pk: int) -> Unit:
    units = Unit.objects.visible_to(member).select_related("division")
    found: Unit = get_object_or_404(units, pk=pk)
    return found


def crumbs_to(manager: Member, unit: Unit) -> Crumbs:
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


def form_page(
    request: MemberRequest, title: str, crumbs: Crumbs, form: forms.Form, word: str
) -> HttpResponse:
    context = {"title": title, "crumbs": crumbs, "form": form, "word": word}
    context["back_url"] = crumbs[-1][1]
    return render(request, "desk/manage/form.html", context, status=422 if form.errors else 200)
