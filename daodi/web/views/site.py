"""Health, and the pages about the site itself."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from daodi.web import styleguide as samples


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer when the pages and the database work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with sample values; for those who build pages."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "styleguide.html", samples.context())
