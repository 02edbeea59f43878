"""The portal as an app on a phone: manifest, icons, service worker, a page without network."""

import json
from functools import cache
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from daodi.apps.appeals.icons import draw
from daodi.core.ledgers.models import Ledger

SIZES = (180, 192, 512)
GREEN = "#1f6f5c"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# All that the filing page needs to stand without network.
FILES = (
    "bundles/portal.css", "bundles/filing.mjs", "daodi/daodi.js", "daodi/favicon.svg", "icons.svg",
)  # fmt: skip


@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Say what the app is called and looks like; `?lang=` says in which language."""
    with override(_language(request)):
        name = " ".join(filter(None, (_("Daodi"), settings.SITE_NAME)))
        described = {
            "id": "/",
            "name": name,
            "short_name": name,
            "description": _("Ask for help, and see how it goes."),
            "lang": get_language(),
            "start_url": reverse("appeals:file"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": GREEN,
            "icons": [
                {
                    "src": reverse("appeals:icon", args=[size]),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size in SIZES
                for purpose in ("any", "maskable")
            ],
        }
    return JsonResponse(described, content_type="application/manifest+json")


def _language(request: HttpRequest) -> str:
    """Return the language of the page that asked: browsers ask for these files without cookies."""
    asked = request.GET.get("lang", "")
    return asked if asked in LANGUAGES else settings.LANGUAGE_CODE


@cache_control(max_age=30 * 24 * 3600, public=True)
def icon(_request: HttpRequest, size: int) -> HttpResponse:
    """Draw the app's icon, one without round corners: phones cut it as they like."""
    if size not in SIZES:
        raise Http404
    return HttpResponse(_png(size), content_type="image/png")


@cache
def _png(size: int) -> bytes:
    stream = BytesIO()
    draw(size).save(stream, "PNG")
    return stream.getvalue()


@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker; its text changes whenever one of the files that it keeps does."""
    page = reverse("appeals:file")
    ledgers = dict(Ledger.objects.open_to_residents().values_list("code", "fields"))
    shell = {
        "files": [static(name) for name in FILES],
        "page": page,
        "pages": [page, *(f"{page}?ledger={code}" for code in ledgers)],
        "offline": reverse("appeals:offline"),
        "others": [reverse("appeals:track"), reverse("appeals:roots"), "/receipt/"],
        "language": _language(request),
    }
    # What a ledger asks is part of the forms that are kept.
    told = json.dumps([shell, ledgers])
    shell["version"] = sha256(told.encode()).hexdigest()[:12]
    text = (
        f"self.shell = {json.dumps(shell)};\n"
        f"importScripts({json.dumps(static('appeals/outbox.js'))}, "
        f"{json.dumps(static('appeals/worker.js'))});\n"
    )
    return HttpResponse(text, content_type="text/javascript")


def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no network, and what can be done without it."""
    return render(request, "appeals/offline.html", {"section": ""})
