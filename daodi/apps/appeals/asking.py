"""What the filing page asks the server while somebody writes, and how its answers look."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import cache_control, never_cache

from daodi.apps.appeals.filing_form import ResidentForm
from daodi.core.intake.filing import Receipt
from daodi.core.ledgers.models import Ledger
from daodi.core.people.places import Place, find_places, villages_of
from daodi.web.maps import allow_tiles, site_map

# Answers with what may help whoever is writing; not every site has it.
HINTS = "appeals:hints"
JSON, HTML = "application/json", "text/html"


def show_form(
    request: HttpRequest, form: ResidentForm, ledgers: list[Ledger], wrong: int = 422
) -> HttpResponse:
    """Show the page on which a resident asks for help; `wrong` is the status if it has errors."""
    context = {
        "section": "file",
        "form": form,
        "ledger": form.ledger,
        "ledgers": ledgers,
        "hints_url": "" if form.ledger.is_confidential else _url_of(HINTS),
        "map": site_map(),
    }
    status = wrong if form.errors else 200
    return allow_tiles(render(request, "appeals/file.html", context, status=status))


def answer_sent(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """Lead to the receipt; tell a page or service worker that asks for JSON what stands on it."""
    url = reverse("appeals:receipt", args=[receipt.matter.form_key])
    if request.get_preferred_type([HTML, JSON]) != JSON:
        return redirect(url)
    number, code = receipt.matter.number, receipt.code
    course = f"{reverse('appeals:course', args=[number])}?code={code}"
    spaced = f"{code[:4]} {code[4:]}"
    return JsonResponse({"number": number, "code": spaced, "url": url, "course": course})


@never_cache
def token(request: HttpRequest) -> HttpResponse:
    """Give a page that was kept for use without network what it needs to send a form now."""
    return JsonResponse({"token": get_token(request)})


@cache_control(max_age=3600, public=True)
def places(request: HttpRequest) -> HttpResponse:
    """Find towns and villages by what was typed (`q`), or all villages of a `town`."""
    town = request.GET.get("town", "")
    found = villages_of(town) if town else find_places(request.GET.get("q", ""))
    return JsonResponse({"places": [_shown(place) for place in found]})


def _shown(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": place.name, "town": place.town}


def _url_of(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
