"""What everybody sets for themselves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from daodi.core.people.models import Member
from daodi.core.people.services import rename, set_password
from daodi.core.people.sessions import Session, SessionStore
from daodi.web.browsers import describe
from daodi.web.demonstration import not_in_demonstration
from daodi.web.entry import Entry
from daodi.web.forms.base import tried
from daodi.web.forms.me import NameForm
from daodi.web.pages import MemberRequest, member_page

# The pages about oneself that this one leads to.
LINKS = (Entry(gettext_lazy("Absences and deputies"), "desk:absences", "calendar-off"),)


@member_page
def me(request: MemberRequest) -> HttpResponse:
    """Show what a person may set for themselves."""
    return _page(request)


@require_POST
@member_page
@not_in_demonstration
def me_name(request: MemberRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        user = request.member.hand.user
        tried(form, lambda: rename(user, form.cleaned_data["name"]))
    return _page(request, name=form) if form.errors else _saved(request)


@require_POST
@member_page
@not_in_demonstration
def me_password(request: MemberRequest) -> HttpResponse:
    """Change the own password; all other sessions of the account end by that."""
    user = request.member.hand.user
    form = PasswordChangeForm(user, request.POST)
    if not form.is_valid():
        return _page(request, password=form)
    set_password(request.member.hand, form.cleaned_data["new_password1"])
    update_session_auth_hash(request, user)
    return _saved(request)


@require_POST
@member_page
@not_in_demonstration
def me_sign_out(request: MemberRequest) -> HttpResponse:
    """End all sessions of the account but this one."""
    others = _sessions(request.member.hand).exclude(pk=request.session.session_key)
    number, _by_table = others.delete()
    messages.success(request, _("Signed out elsewhere: %(number)s.") % {"number": number})
    return redirect("desk:me")


def _saved(request: MemberRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("desk:me")


def _page(
    request: MemberRequest,
    name: NameForm | None = None,
    password: PasswordChangeForm | None = None,
) -> HttpResponse:
    hand = request.member.hand
    context = {
        "account": hand.user.username,
        "name": name or NameForm(initial={"name": hand.user.name}),
        "password": password or PasswordChangeForm(hand.user),
        "links": LINKS,
        "sessions": [_show(row, request) for row in _sessions(hand)],
    }
    return render(request, "desk/me/me.html", context, status=422 if name or password else 200)


def _sessions(member: Member) -> Any:
    running = Session.objects.filter(user=member.user_id, expire_date__gt=timezone.now())
    return running.order_by("-expire_date")


def _show(row: Session, request: MemberRequest) -> dict[str, Any]:
    store = SessionStore(row.session_key)
    words, since = describe(store)
    return {"words": words, "since": since, "is_this": row.pk == request.session.session_key}
