"""What a member is told, how they want to be told, and what did not arrive."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.notices.carriers.known import FOR_GROUPS, ready_carriers
from daodi.core.notices.models import Address, AddressQuerySet, Delivery, Notice
from daodi.core.notices.services import mark_read, may_choose_for_unit, send_test, try_again
from daodi.core.notices.words import HAS_A_PAGE
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.telling import HowForm
from daodi.web.pages import MemberRequest, member_page, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.notices import show_failed, show_notices

LOOK_AFTER = (Role.MANAGER, Role.SUPERVISOR)
OWN, GROUP = "own", "unit"


@member_page
def notices(request: MemberRequest) -> HttpResponse:
    """Show what the member was told, the newest first."""
    page = by_newest(Notice.objects.of(request.member).for_list(), request)
    context = {
        "rows": show_notices(page.rows, request.member, timezone.now()),
        "page": page,
        "looks_after": request.member.has(*LOOK_AFTER),
    }
    return render(request, "desk/notices.html", context)


@member_page
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    """Lead on to the matter: whoever opens it has read the notice."""
    found = get_object_or_404(Notice.objects.of(request.member).for_list(), pk=pk)
    mark_read(request.member, now=timezone.now(), pk=pk)
    if found.name in HAS_A_PAGE:
        return redirect(f"desk:{found.name}", found.data[found.name])
    if found.matter is None:
        return redirect(f"{reverse('desk:knowledge')}?list=due")
    return redirect("desk:matter", found.matter.number)


@require_POST
@member_page
def notices_read(request: MemberRequest) -> HttpResponse:
    """Mark one notice as read, or all of them."""
    pk = request.POST.get("notice", "")
    mark_read(request.member, now=timezone.now(), pk=int(pk) if pk.isdigit() else None)
    return redirect("desk:notices")


@member_page
def notices_how(request: MemberRequest) -> HttpResponse:
    """Show how the member is told, and the group of their unit."""
    return _how(request)


@require_POST
@member_page
def notices_choose(request: MemberRequest, form: str) -> HttpResponse:
    """Store how the member, or the group of their unit, wants to be told."""
    forms = _forms(request.member, form, request.POST)
    chosen = forms.get(form)
    if chosen is None:
        raise Http404
    unit = request.member.unit if form == GROUP else None
    if chosen.is_valid() and chosen.save(request.member, unit):
        messages.success(request, _("Saved."))
        return redirect("desk:notices_how")
    return _how(request, forms)


@require_POST
@member_page
def notices_test(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a test message now; when it fails, the reason is shown where the button was."""
    address = get_object_or_404(_addresses(request.member).in_use(), pk=pk)
    send_test(address, now=timezone.now())
    messages.success(request, _("The test message was taken: look whether it has arrived."))
    return redirect("desk:notices_how")


@page_for(*LOOK_AFTER)
def notices_failed(request: MemberRequest) -> HttpResponse:
    """Show what could not be delivered, and why."""
    failed = Delivery.objects.failed().visible_to(request.member).for_list()
    page = by_newest(failed, request)
    rows = show_failed(page.rows, request.member, timezone.now())
    return render(request, "desk/notices_failed.html", {"rows": rows, "page": page})


@require_POST
@page_for(*LOOK_AFTER)
def notice_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Let something be sent once more."""
    found = get_object_or_404(Delivery.objects.failed().visible_to(request.member), pk=pk)
    try_again(found, now=timezone.now())
    messages.success(request, _("It is sent again now."))
    return redirect("desk:notices_failed")


def _addresses(member: Member) -> AddressQuerySet:
    """Return the addresses that a member looks after."""
    mine = Q(user=member.user)
    if may_choose_for_unit(member):
        mine |= Q(unit=member.unit)
    return Address.objects.filter(mine).order_by("pk")


def _forms(member: Member, posted: str = "", data: Any = None) -> dict[str, HowForm]:
    """Return the form for the member and, where they may, the one for their unit's group."""
    ready, known = ready_carriers(), list(_addresses(member))
    own, group = ready.values(), [ready[name] for name in FOR_GROUPS if name in ready]
    offered = {OWN: own, **({GROUP: group} if may_choose_for_unit(member) else {})}
    whose = {OWN: [a for a in known if a.user_id], GROUP: [a for a in known if a.unit_id]}
    return {
        name: HowForm(carriers, whose[name], data if name == posted else None, prefix=name)
        for name, carriers in offered.items()
        if carriers
    }


def _how(request: MemberRequest, forms: dict[str, HowForm] | None = None) -> HttpResponse:
    member = request.member
    forms = _forms(member) if forms is None else forms
    titles = {
        OWN: _("You"),
        GROUP: _("The group of %(unit)s") % {"unit": member.unit},
    }
    context = {
        "sections": [
            {"name": name, "title": titles[name], "form": form, "tests": form.in_use()}
            for name, form in forms.items()
        ],
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "desk/notices_how.html", context, status=status)
