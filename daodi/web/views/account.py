"""One's own account: password, second factor, and when one signed in."""

import segno
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from daodi.core.exceptions import Refused
from daodi.core.people.factors import (
    address_of,
    codes_left,
    has_factor,
    new_secret,
    remove_factor,
    renew_codes,
    set_up_factor,
)
from daodi.core.people.services import change_own_password
from daodi.web.demonstration import not_in_demonstration
from daodi.web.forms.account import ConfirmForm, OwnPasswordForm, SetUpForm
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, member_page, signed_in_page
from daodi.web.proof import PROVED, demand_on, is_stopped
from daodi.web.showing.visits import show_sign_ins

# In a session: the secret of a phone that is being set up.
NEW_FACTOR = "new_factor"
MOST_SIGN_INS = 20


@member_page
def account(request: MemberRequest) -> HttpResponseBase:
    """Show one's places, second factor and latest sign-ins; change the password."""
    if request.method == "POST":
        return _change_password(request)
    return _account_page(request)


@not_in_demonstration
def _change_password(request: MemberRequest) -> HttpResponse:
    form = OwnPasswordForm(request, request.POST)
    if form.is_valid():
        change_own_password(request.member, form.cleaned_data["new"])
        update_session_auth_hash(request, request.member.user)
        messages.success(request, _("Your password was changed."))
        return redirect("desk:account")
    return _account_page(request, form=form)


@never_cache
@signed_in_page
@not_in_demonstration
def factor(request: MemberRequest) -> HttpResponse:
    """Set up a phone that shows codes, in place of any other."""
    user = request.member.user
    if has_factor(user) and not request.session.get(PROVED):
        # It was set up elsewhere after this session began.
        logout(request)
        return redirect_to_login(reverse("desk:factor"))
    secret = request.session.setdefault(NEW_FACTOR, new_secret())
    form = SetUpForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code, now = form.cleaned_data["code"], timezone.now()
        codes = tried(form, lambda: set_up_factor(request.member, secret, code, now=now))
        if codes:
            del request.session[NEW_FACTOR]
            request.session[PROVED] = True
            return _codes_page(request, codes)
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": segno.make(address_of(user, secret)).svg_data_uri(scale=5),
        "demand": demand_on(request.members),
        "is_stopped": is_stopped(request),
    }
    return render(request, "desk/account/factor.html", context, status=422 if form.errors else 200)


@require_POST
@member_page
@not_in_demonstration
def factor_remove(request: MemberRequest) -> HttpResponse:
    """Sign in with the password alone again, where the site allows it."""
    form = ConfirmForm(request, request.POST, "remove")
    if not form.is_valid():
        return _account_page(request, remove=form)
    demand = demand_on(request.members)
    if demand and demand.begins:
        raise Refused(_("The site asks your role for a second factor: you can only replace it."))
    remove_factor(request.member, by=request.member)
    request.session[PROVED] = False
    messages.success(request, _("The second factor was removed."))
    return redirect("desk:account")


@never_cache
@require_POST
@member_page
@not_in_demonstration
def factor_codes(request: MemberRequest) -> HttpResponse:
    """Make new recovery codes; they are shown in the answer, and never again."""
    form = ConfirmForm(request, request.POST, "renew")
    if not form.is_valid():
        return _account_page(request, renew=form)
    if not has_factor(request.member.user):
        raise Refused(_("Set up a second factor first."))
    return _codes_page(request, renew_codes(request.member))


def _account_page(request: MemberRequest, **tried_forms: object) -> HttpResponse:
    user = request.member.user
    wrong = any(getattr(form, "errors", None) for form in tried_forms.values())
    context = {
        "account": user,
        "places": request.members,
        "has_factor": has_factor(user),
        "codes_left": codes_left(user),
        "demand": demand_on(request.members),
        "sign_ins": show_sign_ins(user.sign_ins.order_by("-at")[:MOST_SIGN_INS]),
        "form": OwnPasswordForm(request),
        "remove": ConfirmForm(request, name="remove"),
        "renew": ConfirmForm(request, name="renew"),
        **tried_forms,
    }
    return render(request, "desk/account/account.html", context, status=422 if wrong else 200)


def _codes_page(request: MemberRequest, codes: list[str]) -> HttpResponse:
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    return render(request, "desk/account/codes.html", {"codes": shown})
