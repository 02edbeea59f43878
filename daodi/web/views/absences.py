from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.people.absences import (
    ENTERERS,
    Absence,
    AbsenceQuerySet,
    end_absence,
    enter_absence,
)
from daodi.core.people.models import Member
from daodi.web.forms.base import tried
from daodi.web.forms.me import AbsenceForm
from daodi.web.forms.units import SearchForm
from daodi.web.pages import MemberRequest, member_page, page_for
from daodi.web.showing.people import show_absences

MOST_SHOWN = 100
MOST_FOUND = 20


@member_page
def absences(request: MemberRequest) -> HttpResponse:
    """Show one's own absences and enter one; leaders and managers also see those of their house."""
    return _page(request, request.member.hand)


@page_for(*ENTERERS)
def absence_for(request: MemberRequest, pk: int) -> HttpResponse:
    """Enter an absence for somebody of one's own house."""
    if request.member.deputy:
        raise Http404
    people = Member.objects.active().visible_to(request.member)
    return _page(request, get_object_or_404(people.for_list(), pk=pk))


@require_POST
@member_page
def absence_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End an absence: they are back, or stay after all."""
    found = get_object_or_404(_endable(request).select_related("member__unit"), pk=pk)
    end_absence(found, by=request.member.hand, now=timezone.now())
    messages.success(request, _("The absence of %(name)s has ended.") % {"name": found.member})
    return redirect("desk:absences")


def _page(request: MemberRequest, member: Member) -> HttpResponse:
    hand, now = request.member.hand, timezone.now()
    today = timezone.localtime(now).date()
    form = AbsenceForm(member, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        tried(form, lambda: enter_absence(member, **given, by=hand, now=now))
        if form.is_valid():
            messages.success(request, _("Entered."))
            return redirect("desk:absences")
    own = Absence.objects.not_over(today).filter(member=member)
    context = {
        "found": member,
        "is_oneself": member == hand,
        "form": form,
        "absences": show_absences(own.for_list()),
        "deputyships": show_absences(_standing_in_for(hand, today)),
        **_house(request, today),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/me/absences.html", context, status=status)


def _house(request: MemberRequest, today: date) -> dict[str, Any]:
    """Return what leaders and managers see of their house, and whom they looked for."""
    member = request.member
    if member.deputy or not member.has(*ENTERERS):
        return {}
    away = Absence.objects.visible_to(member).not_over(today).exclude(member=member)
    form = SearchForm(request.GET)
    asked = form.asked()
    people = Member.objects.active().visible_to(member).exclude(pk=member.pk)
    found = people.named(asked).for_list()[:MOST_FOUND] if asked else None
    house = show_absences(away.for_list()[:MOST_SHOWN])
    return {"search": form, "people": found, "house": house, "is_head": True}


def _standing_in_for(member: Member, today: date) -> AbsenceQuerySet:
    absences = Absence.objects.not_over(today).filter(deputy__user=member.user_id)
    return absences.for_list()


def _endable(request: MemberRequest) -> AbsenceQuerySet:
    """Keep what may be ended: one's own, and for leaders and managers those of their house."""
    member = request.member.hand
    own = Absence.objects.standing().filter(member=member)
    if request.member.deputy or not member.has(*ENTERERS):
        return own
    return own | Absence.objects.standing().visible_to(member)
