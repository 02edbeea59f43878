"""An operator says that a filing marked as come back is about something else, or that it is not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.intake.recurring import deny_recurrence
from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.web.pages import MemberRequest, page_for


@require_POST
@page_for(Role.OPERATOR)
def recurrence(request: MemberRequest, number: str) -> HttpResponse:
    """Take the mark off a matter, or put it back."""
    seen = Matter.objects.visible_to(request.member).for_page()
    found = get_object_or_404(seen, number=number)
    is_denied = request.POST.get("is_denied") == "yes"
    deny_recurrence(found, is_denied=is_denied, by=request.member)
    messages.success(request, _("Saved."))
    return redirect("desk:matter", number)
