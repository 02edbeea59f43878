"""Signing in, health, and the pages about the site itself."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login as sign_in
from django.contrib.auth.views import LoginView
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from daodi.core.people.models import Member, User
from daodi.core.people.roles import Role
from daodi.web import styleguide as samples

# What a visitor of a demonstration can try in each role.
HINTS = {
    Role.OPERATOR: _("List the newest request and dispatch it to the unit that leads."),
    Role.HANDLER: _("Sign for a matter, contact the resident, hand in the answer."),
    Role.LEADER: _("Sign what your unit has drafted, and see what is late."),
    Role.SUPERVISOR: _("Rule on an objection, grant an extension, press what is red."),
    Role.CALLER: _("Ask the next resident how it went, and clear or send back."),
    Role.INSPECTOR: _("File a problem that you found on the spot."),
    Role.EDITOR: _("Read what is going on."),
    Role.MANAGER: _("Open a new ledger without code, add a unit and a member."),
}


class SignIn(LoginView):
    """Sign in with name and password; on a demonstration site, also with one click."""

    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = Member.objects.active().demonstration() if settings.DEMO else ()
        shown = [{"member": person, "hint": HINTS[Role(person.roles[0])]} for person in people]
        context = super().get_context_data(**kwargs)
        # Django's own view calls the host by this name.
        return {**context, "people": shown, "site_name": settings.SITE_NAME}


@require_POST
def sign_in_as(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the demonstration's people, without a password."""
    if not settings.DEMO:
        raise Http404
    members = Member.objects.active().demonstration()
    user = get_object_or_404(User, username=username, members__in=members)
    sign_in(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("desk:inbox")


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
