"""What is public, by its place: a list of towns, and a map where the site has one."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from daodi.core.publishing.models import Publication
from daodi.web.maps import allow_tiles, site_map

MOST_MARKS = 500
KEPT = 5 * 60


def public_map(request: HttpRequest) -> HttpResponse:
    """Show how much is public of each town; the marks of the map are fetched by its script."""
    found = Publication.objects.public()
    towns = cache.get_or_set("public-by-town", found.by_town, KEPT)
    context = {"section": "public", "towns": towns, "map": site_map()}
    return allow_tiles(render(request, "appeals/map.html", context))


@cache_control(max_age=KEPT, public=True)
def marks(_request: HttpRequest) -> JsonResponse:
    """Return the newest published matters that have a place."""
    found = Publication.objects.public().on_map().newest_first()[:MOST_MARKS]
    return JsonResponse({"marks": [_mark(shown) for shown in found]})


def _mark(shown: Publication) -> dict[str, object]:
    url = reverse("appeals:published", args=[shown.matter.number])
    town = str(shown.town or "")
    return {"at": [shown.lat, shown.lon], "title": shown.title, "town": town, "url": url}
