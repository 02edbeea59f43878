"""Signing in: password, second factor, invitation, and with one click in a demonstration."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from daodi.core.people.access import SignIn as Record
from daodi.core.people.factors import check_code, has_factor
from daodi.core.people.invitations import (
    InvitationOver,
    accept_invitation,
    find_invitation,
    join_by_invitation,
)
from daodi.core.people.models import Member, User
from daodi.core.people.visits import remember
from daodi.web.beginning import first_page_for, first_page_of
from daodi.web.browsers import note_browser
from daodi.web.forms.account import AcceptForm, CodeForm
from daodi.web.forms.base import tried
from daodi.web.proof import PROVED, visit_of
from daodi.web.visitors import visitors

BACKEND = "django.contrib.auth.backends.ModelBackend"
# In a session: who gave the right password and owes a code.
HALF = "half_signed_in"
HALF_LASTS = timedelta(minutes=10)


class SignIn(LoginView):
    """Sign in with name and password; on a demonstration site, also with one click."""

    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let them in, or ask for the code first: until then they are nobody."""
        user = form.get_user()
        to = self.get_redirect_url() or first_page_for(user)
        if has_factor(user):
            until = (timezone.now() + HALF_LASTS).timestamp()
            self.request.session.cycle_key()
            self.request.session[HALF] = {"user": user.pk, "until": until, "next": to}
            return redirect("login_code")
        sign_in(self.request, user, Record.Result.SIGNED_IN)
        return redirect(to)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        # Django's own view calls the host by this name.
        return {
            **context,
            "people": visitors() if settings.DEMO else (),
            "site_name": settings.SITE_NAME,
        }


@never_cache
def login_code(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave the right password for a code of their phone, or a recovery code."""
    half = request.session.get(HALF, {})
    user = _half_signed_in(half)
    if user is None:
        return redirect("login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code, now = form.cleaned_data["code"], timezone.now()
        given = tried(form, lambda: check_code(user, code, now=now, visit=visit_of(request)))
        if given:
            _enter(request, user, proved=True)
            return redirect(half["next"])
    status = 422 if form.errors else 200
    return render(request, "registration/code.html", {"form": form}, status=status)


@require_POST
def sign_in_as(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as one of the demonstration's people, without a password."""
    if not settings.DEMO:
        raise Http404
    members = Member.objects.active().demonstration()
    user = get_object_or_404(User, username=username, members__in=members)
    sign_in(request, user, Record.Result.DEMO)
    request.session[PROVED] = True
    return redirect(first_page_for(user))


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: choose name and password, or take the place with one's account."""
    now = timezone.now()
    try:
        found = find_invitation(token, now)
    except InvitationOver as over:
        return render(request, "registration/over.html", {"why": str(over)}, status=410)
    form = AcceptForm(found, request.POST if request.method == "POST" else None)
    user = request.user if isinstance(request.user, User) and not found.member else None
    if request.method == "POST" and user:
        join_by_invitation(token, user, now=now)
        return redirect(first_page_for(user))
    if form.is_bound and form.is_valid():
        member = tried(form, lambda: accept_invitation(token, now=now, **form.given()))
        if member:
            sign_in(request, member.user, Record.Result.SIGNED_IN)
            return redirect(first_page_of(member.roles))
    context = {"invitation": found, "roles": found.role_labels(), "form": form, "joining": user}
    status = 422 if form.errors else 200
    return render(request, "registration/invitation.html", context, status=status)


def sign_in(request: HttpRequest, user: User, how: Record.Result) -> None:
    """Let somebody in, and remember it for them."""
    _enter(request, user)
    remember(user, how, now=timezone.now(), visit=visit_of(request))


def _enter(request: HttpRequest, user: User, *, proved: bool = False) -> None:
    request.session.pop(HALF, None)
    login(request, user, backend=BACKEND)
    request.session[PROVED] = proved
    note_browser(request)


def _half_signed_in(half: dict[str, Any]) -> User | None:
    if half.get("until", 0) < timezone.now().timestamp():
        return None
    return User.objects.filter(pk=half["user"], is_active=True).first()
