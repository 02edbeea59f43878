"""What grows faster than its own past allows: where, what, its matters, and setting it aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.supervision.reminders import MOST_MATTERS
from daodi.core.surges.models import Surge
from daodi.core.surges.services import set_aside
from daodi.web.forms.base import tried
from daodi.web.forms.surges import SetAsideForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.lists import show_columns, show_list
from daodi.web.showing.surges import may_set_aside, reminder_url, show_surge
from daodi.web.views.topics import COLUMNS, READERS


@page_for(*READERS)
def surge(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a surge with those of its matters that the member sees."""
    return _page(request, _fetch(request, pk))


@require_POST
@page_for(*READERS)
def set_surge_aside(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why nothing is to be done about it."""
    found, form = _fetch(request, pk), SetAsideForm(request.POST)
    given = form.cleaned_data if form.is_valid() else None
    if given and tried(
        form,
        lambda: _set_aside(found, given["reason"], request),
    ):
        messages.success(request, _("Set aside: nobody is told of it again until it has passed."))
        return redirect("desk:surge", pk)
    return _page(request, found, form)


def _set_aside(found: Surge, reason: str, request: MemberRequest) -> bool:
    set_aside(found, reason=reason, by=request.member, now=timezone.now())
    return True


def _fetch(request: MemberRequest, pk: int) -> Surge:
    return get_object_or_404(Surge.objects.visible_to(request.member).for_list(), pk=pk)


def _page(request: MemberRequest, found: Surge, form: SetAsideForm | None = None) -> HttpResponse:
    now, member = timezone.now(), request.member
    matters = Matter.objects.visible_to(member).filter(surges=found)
    page = by_newest(matters.for_list(), request)
    columns = show_columns(COLUMNS)
    context = {
        "surge": show_surge(found, now),
        "columns": columns,
        "rows": show_list(page.rows, now, columns, []),
        "page": page,
    }
    if may_set_aside(found, member):
        context["form"] = form or SetAsideForm()
    if member.has(Role.SUPERVISOR) and not found.passed_at:
        context["reminder_url"] = reminder_url(each.pk for each in page.rows[:MOST_MATTERS])
    return render(request, "desk/topics/surge.html", context, status=422 if form else 200)
