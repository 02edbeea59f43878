from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daodi.core.audit.models import AdminEvent
from daodi.core.people.roles import Role
from daodi.web.attention import attention_of
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.log import show_admin_event

LATEST = 8


@page_for(Role.MANAGER)
def start(request: MemberRequest) -> HttpResponse:
    """Show a manager what needs attention, and what was done last."""
    latest = AdminEvent.objects.visible_to(request.member).by_people().for_list()[:LATEST]
    context = {
        "items": attention_of(request.member, timezone.now()),
        "latest": [show_admin_event(event) for event in latest],
        "house": request.member.unit,
    }
    return render(request, "desk/manage/start.html", context)
