from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.ledgers.catalogue import add_line, remove_line
from daodi.core.ledgers.categories import (
    DEEPEST,
    add_category,
    add_paths,
    change_category,
    use_category,
)
from daodi.core.ledgers.models import CatalogueLine, Category, CategoryQuerySet, Ledger
from daodi.core.people.roles import Role
from daodi.lib.text import listed
from daodi.web.forms.base import tried
from daodi.web.forms.catalogue import CategoryForm, LineForm, NewCategoryForm, PathsForm
from daodi.web.forms.units import SearchForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.ledgers import crumbs_of, fetch_ledger, tabs_of

SIZE = 100
GAPS = 200
MOST = 500
DIGITS = 9
Forms = dict[str, Any]


@page_for(Role.MANAGER)
def categories(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the topmost categories of a ledger, or those found by name; add one, or many."""
    return _tree(request, fetch_ledger(request.member, pk), None, {})


@page_for(Role.MANAGER)
def category(request: MemberRequest, pk: int, node: int) -> HttpResponse:
    """Show a category with what is below it, and change it."""
    ledger = fetch_ledger(request.member, pk)
    found = _fetch(ledger, node)
    form = CategoryForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        tried(form, lambda: change_category(found, by=request.member, **form.cleaned_data))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:category", pk, node)
    return _tree(request, ledger, found, {"change": form})


@require_POST
@page_for(Role.MANAGER)
def category_new(request: MemberRequest, pk: int, node: int | None = None) -> HttpResponse:
    """Add a category at the top, or below another."""
    ledger = fetch_ledger(request.member, pk)
    parent = _fetch(ledger, node) if node else None
    form = NewCategoryForm(request.POST)
    if form.is_valid():
        given = {"parent": parent, "by": request.member, **form.cleaned_data}
        made = tried(form, lambda: add_category(ledger, **given))
        if made:
            messages.success(request, _("“%(name)s” was added.") % {"name": made})
            return redirect(_url(ledger, parent))
    return _tree(request, ledger, parent, {"add": form})


@require_POST
@page_for(Role.MANAGER)
def categories_many(request: MemberRequest, pk: int) -> HttpResponse:
    """Add all categories of a pasted list that are not there yet."""
    ledger = fetch_ledger(request.member, pk)
    form = PathsForm(request.POST)
    if form.is_valid():
        tried(form, lambda: add_paths(ledger, form.cleaned_data["lines"], by=request.member))
        if form.is_valid():
            messages.success(request, _("The list was taken in."))
            return redirect("desk:categories", pk)
    return _tree(request, ledger, None, {"many": form})


@require_POST
@page_for(Role.MANAGER)
def category_use(request: MemberRequest, pk: int, node: int) -> HttpResponse:
    """Take a category out of use, or back into use."""
    found = _fetch(fetch_ledger(request.member, pk), node)
    use_category(found, is_active=request.POST.get("is_active") == "yes", by=request.member)
    messages.success(request, _("Saved."))
    return redirect("desk:category", pk, node)


@page_for(Role.MANAGER)
def catalogue(request: MemberRequest, pk: int) -> HttpResponse:
    """Show who leads for what, and what nobody leads for; add a line."""
    ledger = fetch_ledger(request.member, pk)
    given = request.POST if request.method == "POST" else None
    form = LineForm(ledger, given, request.GET.get("category", ""))
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: add_line(ledger, by=request.member, **form.cleaned_data))
        if made:
            messages.success(request, _("Line %(number)s was added.") % {"number": made.number})
            return redirect("desk:catalogue", pk)
    after = request.GET.get("after", "")
    lines = list(ledger.catalogue.for_list().from_number(_number(after))[: SIZE + 1])
    gaps = list(ledger.categories.all().without_lead().for_list()[: GAPS + 1])
    context = {
        "ledger": ledger,
        "crumbs": crumbs_of(),
        "tabs": tabs_of(ledger, "catalogue"),
        "lines": lines[:SIZE],
        "next_url": f"?after={lines[SIZE - 1].number}" if len(lines) > SIZE else "",
        "gaps": [{"category": gap, "way": _way(gap)} for gap in gaps[:GAPS]],
        "gap_count": f"{GAPS}+" if len(gaps) > GAPS else len(gaps),
        "form": form,
        "open": bool(form.errors) or "category" in request.GET,
    }
    return render(
        request, "desk/manage/catalogue.html", context, status=422 if form.errors else 200
    )


@page_for(Role.MANAGER)
def line_remove(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Ask, then take a line out of the catalogue."""
    ledger = fetch_ledger(request.member, pk)
    line = get_object_or_404(ledger.catalogue.for_list(), number=number)
    if request.method == "POST":
        remove_line(line, by=request.member)
        messages.success(request, _("Line %(number)s was removed.") % {"number": number})
        return redirect("desk:catalogue", pk)
    context = {"ledger": ledger, "crumbs": crumbs_of(ledger), "line": line, "facts": _facts(line)}
    return render(request, "desk/manage/line_remove.html", context)


def _fetch(ledger: Ledger, pk: int) -> Category:
    return get_object_or_404(ledger.categories.for_list(), pk=pk)


def _url(ledger: Ledger, category: Category | None) -> str:
    if category:
        return reverse("desk:category", args=[ledger.pk, category.pk])
    return reverse("desk:categories", args=[ledger.pk])


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < DIGITS else 0


def _way(category: Category) -> str:
    """Name what lies above a category."""
    return " / ".join(str(each) for each in category.way()[:-1])


def _tree(
    request: MemberRequest, ledger: Ledger, found: Category | None, tried_forms: Forms
) -> HttpResponse:
    """Show what is below a category, or at the top, with the forms that were tried or new ones."""
    search = SearchForm(request.GET)
    asked = "" if found else search.asked()
    all_of_it: CategoryQuerySet = ledger.categories.all()
    rows = all_of_it.named(asked) if asked else all_of_it.directly_below(found)
    context = {
        "ledger": ledger,
        "category": found,
        "crumbs": _crumbs(ledger, found),
        "tabs": tabs_of(ledger, "categories"),
        "search": search,
        "asked": asked,
        "rows": [
            {"category": row, "way": _way(row) if asked else ""}
            for row in rows.for_list().with_count_below()[:MOST]
        ],
        "may_add": found is None or found.level < DEEPEST,
        "add": NewCategoryForm(),
        "many": PathsForm(),
        "change": CategoryForm(found) if found else None,
        **tried_forms,
    }
    wrong = any(form.errors for form in tried_forms.values())
    return render(request, "desk/manage/categories.html", context, status=422 if wrong else 200)


def _crumbs(ledger: Ledger, found: Category | None) -> list[tuple[str, str]]:
    above = found.way()[:-1] if found else []
    crumbs = (
        crumbs_of()
        if found is None
        else [*crumbs_of(ledger), (_("Categories"), _url(ledger, None))]
    )
    return [*crumbs, *((str(each), _url(ledger, each)) for each in above)]


def _facts(line: CatalogueLine) -> list[tuple[str, object]]:
    facts = [
        (_("Number"), line.number),
        (_("Category"), " / ".join(str(each) for each in line.category.way())),
        (_("Area"), line.area or _("everywhere")),
        (_("Lead unit"), line.lead),
        (_("Joint units"), listed(line.joint.all())),
        (_("Basis"), line.basis),
    ]
    return [(label, value) for label, value in facts if value]
