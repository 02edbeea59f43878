"""The caller's one queue: the next resident, what to ask, what they say, and on to the next."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.followup.calling import (
    Then,
    Try,
    next_to_call,
    record_call,
    record_try,
    tries_of,
)
from daodi.core.followup.rules import rule_of
from daodi.core.history.contact import read_contact
from daodi.core.intake.claims import claim, let_go
from daodi.core.matters.contacts import has_contact
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import sides_of
from daodi.web.forms.base import tried
from daodi.web.forms.calling import CallForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.matters import show_row
from daodi.web.showing.times import full
from daodi.web.views.meanwhile import SEEN, check_seen, seen_version


@page_for(Role.CALLER)
def follow_up(request: MemberRequest) -> HttpResponse:
    """Open whose resident is to be called next; with ?after= go on behind that one."""
    member, now = request.member, timezone.now()
    seen = Matter.objects.visible_to(member)
    after = seen.filter(number=request.GET.get("after", "")).first()
    if after:
        let_go(after, by=member)
    found = next_to_call(member, now, after)
    if found is None:
        return render(request, "desk/call_done.html")
    return redirect("desk:call", found.number)


@page_for(Role.CALLER)
def call(request: MemberRequest, number: str) -> HttpResponse:
    """Show what to ask whom; sending it records the answers and goes on to the next."""
    found = _fetch(request.member, number)
    if found.state != State.HANDED_IN:
        return redirect("desk:matter", number)
    if request.method != "POST":
        return _page(request, found)
    form = CallForm(request.POST)
    act = partial(record_call, found, by=request.member, now=timezone.now())
    is_fresh = form.is_valid() and tried(form, partial(check_seen, found, seen_version(request)))
    if is_fresh and tried(form, partial(act, **form.cleaned_data)):
        return _on(found)
    return _page(request, _fetch(request.member, number), form)


@require_POST
@page_for(Role.CALLER)
def call_contact(request: MemberRequest, number: str) -> HttpResponse:
    """Show whom to call, and leave a line in the history."""
    found = _fetch(request.member, number)
    person = read_contact(found, by=request.member, sides={Side.CALLER}, now=timezone.now())
    return _page(request, found, person=person)


@require_POST
@page_for(Role.CALLER)
def call_try(request: MemberRequest, number: str) -> HttpResponse:
    """Write down that nobody was reached, and go on to the next."""
    found = _fetch(request.member, number)
    record_try(found, how=request.POST.get("how", ""), by=request.member, now=timezone.now())
    return _on(found)


def _fetch(member: Member, number: str) -> Matter:
    """Return a matter whose resident this member may call."""
    found = get_object_or_404(Matter.objects.visible_to(member).for_page(), number=number)
    if Side.CALLER not in sides_of(found, member):
        raise Http404
    return found


def _on(found: Matter) -> HttpResponse:
    return redirect(f"{reverse('desk:follow_up')}?after={found.number}")


def _page(
    request: MemberRequest, found: Matter, form: CallForm | None = None, **more: Any
) -> HttpResponse:
    now, member = timezone.now(), request.member
    holder = claim(found, by=member, now=now).member
    tries = tries_of(found, found.handed_in_at).order_by("seq")
    context = {
        "matter": found,
        "row": show_row(found, now),
        "filed": full(found.filed_at),
        "handed_in": full(found.handed_in_at) if found.handed_in_at else "",
        "form": form or CallForm(),
        "seen": f"?{SEEN}={found.version}",
        "has_contact": has_contact(found),
        "tries": [{"at": full(each.at), "how": Try(each.data["call"]).label} for each in tries],
        "rule": rule_of(found.ledger),
        "ways": Try,
        "thens": Then,
        "other": None if holder == member else holder,
        **more,
    }
    return render(request, "desk/call.html", context, status=422 if form else 200)
