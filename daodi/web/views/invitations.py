"""Invite people into one's house, on paper or by e-mail."""

from collections.abc import Iterable
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from daodi.core.people.access import Invitation
from daodi.core.people.factors import without_factor
from daodi.core.people.invitations import (
    PLACE,
    invite,
    new_token,
    renew_invitation,
    revoke_invitation,
)
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.forms.invitations import InviteForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.proof import asked_roles
from daodi.web.views.members import fetch_member
from daodi.web.views.units import crumbs_to, fetch_unit, form_page

SIZE = 50
AT_ONCE = 100


@page_for(Role.MANAGER)
def invitations(request: MemberRequest) -> HttpResponse:
    """Show the invitations that wait to be used, and who cannot sign in without one."""
    waiting = Invitation.objects.visible_to(request.member).waiting().for_list()
    after = request.GET.get("after", "")
    if after.isdigit():
        waiting = waiting.filter(pk__lt=int(after))
    rows, now = list(waiting[: SIZE + 1]), timezone.now()
    shut_out = Member.objects.visible_to(request.member).without_password()
    context = {
        "rows": [{"invitation": row, "is_over": row.expires_at <= now} for row in rows[:SIZE]],
        "next_url": f"?after={rows[SIZE - 1].pk}" if len(rows) > SIZE else "",
        "shut_out": shut_out.count(),
        "at_once": AT_ONCE,
        "house": request.member.unit,
    }
    return render(request, "desk/manage/invitations.html", context)


@page_for(Role.MANAGER)
def factorless(request: MemberRequest) -> HttpResponse:
    """Show who should have a second factor and has none."""
    house = Member.objects.visible_to(request.member).active()
    asked = house.with_any(*asked_roles()).for_list()
    context = {
        "members": without_factor(asked)[:AT_ONCE],
        "begins": settings.SECOND_FACTOR_FROM,
        "most": AT_ONCE,
    }
    return render(request, "desk/manage/factorless.html", context)


@never_cache
@page_for(Role.MANAGER)
def invite_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Invite somebody to this unit; a link that does not go by e-mail is shown this once."""
    unit = fetch_unit(request.member, pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {"by": request.member, "now": timezone.now(), **form.cleaned_data}
        given["address"] = _address(request, PLACE)
        made = tried(form, lambda: invite(unit, **given))
        if made and made.email:
            messages.success(request, _("The invitation goes to %(to)s.") % {"to": made.email})
            return redirect("desk:invitations")
        if made:
            return _links_page(request, [made])
    title = _("Invite to %(unit)s") % {"unit": unit}
    return form_page(request, title, crumbs_to(request.member, unit), form, _("Invite"))


@never_cache
@require_POST
@page_for(Role.MANAGER)
def invite_member(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a link for a member who has no password yet."""
    found = fetch_member(request.member, pk)
    return _links_page(request, [_invite(request, found)])


@never_cache
@require_POST
@page_for(Role.MANAGER)
def invite_many(request: MemberRequest, pk: int) -> HttpResponse:
    """Make links for the next members of a house who have no password yet, to print."""
    unit = fetch_unit(request.member, pk)
    invited = Invitation.objects.waiting().filter(expires_at__gt=timezone.now())
    shut_out = Member.objects.in_house(unit).without_password().for_list()
    ours = shut_out.only_inside(request.member.unit).exclude(pk__in=invited.with_member())
    members = list(ours[:AT_ONCE])
    if not members:
        messages.info(request, _("Everybody in this house can sign in, or is invited."))
        return redirect("desk:invitations")
    return _links_page(request, [_invite(request, member) for member in members])


@never_cache
@require_POST
@page_for(Role.MANAGER)
def invitation_renew(request: MemberRequest, pk: int) -> HttpResponse:
    """Make the link anew, for seven more days; the old one does not work any more."""
    found = _fetch(request.member, pk)
    renew_invitation(found, by=request.member, now=timezone.now())
    return _links_page(request, [found])


@require_POST
@page_for(Role.MANAGER)
def invitation_revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a link worthless."""
    found = _fetch(request.member, pk)
    revoke_invitation(found, by=request.member, now=timezone.now())
    messages.success(request, _("The invitation of %(name)s was revoked.") % {"name": found})
    return redirect("desk:invitations")


def _fetch(member: Member, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(member).waiting().for_list(), pk=pk)


def _invite(request: MemberRequest, found: Member) -> Invitation:
    return invite(
        found.unit,
        found.roles,
        by=request.member,
        now=timezone.now(),
        name=str(found),
        member=found,
    )


def _address(request: MemberRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[token]))


def _links_page(request: MemberRequest, made: Iterable[Invitation]) -> HttpResponse:
    return render(
        request, "desk/manage/links.html", {"slips": [_slip(request, each) for each in made]}
    )


def _slip(request: MemberRequest, invitation: Invitation) -> dict[str, Any]:
    link = _address(request, new_token(invitation))
    return {
        "invitation": invitation,
        "link": link,
        "picture": segno.make(link, error="l").svg_data_uri(scale=3),
    }
