"""The gazetteer: what places are called here and where they lie, kept by a manager."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.exchange.places import read_places, take_places, template_of, write_places
from daodi.core.gazetteer.models import PlaceName, PlaceNameQuerySet
from daodi.core.gazetteer.services import (
    add_place,
    change_place,
    join_places,
    may_keep,
    use_place,
)
from daodi.core.people.roles import Role
from daodi.web.excel import workbook
from daodi.web.forms.base import tried
from daodi.web.forms.gazetteer import FindPlaceForm, JoinPlaceForm, PlaceForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.views.exchanging import Exchange, trial_page, upload_page

SIZE = 50
LONGEST_KEY = 18
LISTS = ("all", "used", "out")


@page_for(Role.MANAGER)
def gazetteer(request: MemberRequest) -> HttpResponse:
    """Show the places by name: all, what came from use alone, or what was taken out."""
    form = FindPlaceForm(request.GET)
    asked, listed = form.asked(), request.GET.get("list", "")
    listed = listed if listed in LISTS else "all"
    places = _of(listed)
    if asked:
        places = places.with_letters(asked)
    rows = list(_behind(places, request.GET.get("after", "")).for_list().by_name()[: SIZE + 1])
    labels = (_("All"), _("New from use"), _("Taken out"))
    context = {
        "form": form,
        "asked": asked,
        "list": listed,
        "tabs": [
            {"label": label, "url": f"?list={name}", "current": name == listed}
            for name, label in zip(LISTS, labels, strict=True)
        ],
        "rows": rows[:SIZE],
        "next_url": _next(request, rows) if len(rows) > SIZE else "",
        "may_keep": may_keep(request.member),
    }
    return render(request, "desk/manage/gazetteer.html", context)


@page_for(Role.MANAGER)
def place_new(request: MemberRequest) -> HttpResponse:
    """Add a place."""
    form = PlaceForm(data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: add_place(form.facts(), by=request.member))
        if made:
            messages.success(request, _("“%(name)s” was added.") % {"name": made})
            return redirect("desk:gazetteer")
    context = {
        "title": _("Add a place"),
        "crumbs": _crumbs(),
        "form": form,
        "word": _("Add"),
        "back_url": reverse("desk:gazetteer"),
    }
    return render(request, "desk/manage/form.html", context, status=422 if form.errors else 200)


@page_for(Role.MANAGER)
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a place and change what is known of it."""
    found = _fetch(pk)
    form = PlaceForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        tried(form, lambda: change_place(found, form.facts(), by=request.member))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("desk:gazetteer")
        found = _fetch(pk)
    return _page(request, found, form=form)


@require_POST
@page_for(Role.MANAGER)
def place_join(request: MemberRequest, pk: int) -> HttpResponse:
    """Make one of two places."""
    found = _fetch(pk)
    form = JoinPlaceForm(found, request.POST)
    if form.is_valid():
        other = form.cleaned_data["other"]
        tried(form, lambda: join_places(found, other, by=request.member))
    if not form.is_valid():
        return _page(request, found, join=form)
    messages.success(request, _("The two are one place now."))
    return redirect("desk:place", pk)


@require_POST
@page_for(Role.MANAGER)
def place_use(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a place out, or back in."""
    found = _fetch(pk)
    use_place(found, is_active=request.POST.get("is_active") == "yes", by=request.member)
    messages.success(request, _("Saved."))
    return redirect("desk:place", pk)


@page_for(Role.MANAGER)
def places(request: MemberRequest) -> HttpResponse:
    """Take names of places in from a table."""
    return upload_page(request, _table())


@page_for(Role.MANAGER)
def places_trial(request: MemberRequest) -> HttpResponse:
    """Show what the uploaded places would change; take them in on a yes."""
    return trial_page(request, _table())


@page_for(Role.MANAGER)
def places_file(_request: MemberRequest) -> FileResponse:
    """Give the gazetteer out as a table."""
    return workbook(write_places, "daodi-places")


@page_for(Role.MANAGER)
def places_template(_request: MemberRequest) -> FileResponse:
    """Give out the empty table."""
    return workbook(template_of, "daodi-places-template")


def _table() -> Exchange:
    return Exchange("places", _("Gazetteer as a table"), read_places, take_places, _crumbs())


def _page(request: MemberRequest, found: PlaceName, **tried_forms: Any) -> HttpResponse:
    context = {
        "place": found,
        "crumbs": _crumbs(),
        "form": PlaceForm(found),
        "join": JoinPlaceForm(found),
        "may_keep": may_keep(request.member),
        **tried_forms,
    }
    wrong = any(form.errors for form in tried_forms.values())
    return render(request, "desk/manage/place.html", context, status=422 if wrong else 200)


def _fetch(pk: int) -> PlaceName:
    return get_object_or_404(PlaceName.objects.for_list(), pk=pk)


def _of(listed: str) -> PlaceNameQuerySet:
    places: PlaceNameQuerySet = PlaceName.objects.all()
    if listed == "used":
        return places.from_use()
    return places.filter(is_active=listed == "all")


def _behind(places: PlaceNameQuerySet, key: str) -> PlaceNameQuerySet:
    """Keep what comes behind the place with this key, as long as there is one."""
    known = key.isdigit() and len(key) < LONGEST_KEY
    last = PlaceName.objects.filter(pk=key).first() if known else None
    return places.behind(last.name, last.pk) if last else places


def _next(request: MemberRequest, rows: list[PlaceName]) -> str:
    query = request.GET.copy()
    query["after"] = str(rows[SIZE - 1].pk)
    return f"?{query.urlencode()}"


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Gazetteer"), reverse("desk:gazetteer"))]
