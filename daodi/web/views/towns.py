"""The page on which a manager says where the towns stand on the tile map."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.people.models import Division
from daodi.core.people.roles import Role
from daodi.core.people.towns import (
    Place,
    check_places,
    counties_of,
    place_towns,
    towns_of,
    usual_places,
)
from daodi.web.forms.base import tried
from daodi.web.forms.towns import TownsForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.tiles import Shown, show_places


@page_for(Role.MANAGER)
def towns(request: MemberRequest) -> HttpResponse:
    """Ask for the row and column of each town of a county, and show the map that they make."""
    counties = counties_of(request.member)
    wanted = request.GET.get("county", "")
    county = next((each for each in counties if each.code == wanted), next(iter(counties), None))
    if county is None:
        return render(request, "desk/manage/towns.html", {"county": None})
    found = list(towns_of(county))
    now = {
        town.code: (town.tile_row, town.tile_column)
        for town in found
        if town.tile_row and town.tile_column
    }
    given = request.POST if request.method == "POST" else None
    if given and "order" in given:
        place_towns(county, {}, by=request.member)
        return _saved(request, county)
    form = TownsForm(found, now or usual_places(found), given)
    if form.is_bound and form.is_valid():
        places = form.places()
        if "look" in request.POST:
            tried(form, lambda: check_places(found, places))
        else:
            tried(form, lambda: place_towns(county, places, by=request.member))
            if form.is_valid():
                return _saved(request, county)
        now = places if form.is_valid() else now
    return _page(request, counties, county, form, _map(found, now))


def _saved(request: MemberRequest, county: Division) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('desk:towns')}?county={county.code}")


def _map(found: list[Division], now: dict[str, Place]) -> Shown:
    return show_places([(str(town), now.get(town.code)) for town in found])


def _page(
    request: MemberRequest,
    counties: list[Division],
    county: Division,
    form: TownsForm,
    shown: Shown,
) -> HttpResponse:
    context = {
        "county": county,
        "tabs": [
            {"label": each, "url": f"?county={each.code}", "current": each == county}
            for each in counties
        ],
        "form": form,
        "maps": [shown],
    }
    return render(request, "desk/manage/towns.html", context, status=422 if form.errors else 200)
