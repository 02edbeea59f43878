from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.people.models import Member
from daodi.web.forms.filters import FilterForm
from daodi.web.middleware import MEMBER_KEY
from daodi.web.pages import MemberRequest, member_page
from daodi.web.paging import by_due, by_newest
from daodi.web.queues import MOST_COUNTED, QUEUES, Queue, queues_for
from daodi.web.showing.matters import show_rows


@member_page
def inbox(request: MemberRequest) -> HttpResponse:
    """Show one list of the member's, what is due first on top."""
    now = timezone.now()
    queues = queues_for(request.member)
    form = FilterForm(request.GET)
    chosen = next((q for q in queues if q.name == request.GET.get("list")), queues[0])
    if form.is_filled():
        chosen = next(q for q in QUEUES if q.name == request.GET.get("list", "all"))
    matters = form.keep(chosen.matters(request.member).for_list())
    page = (by_newest if chosen.newest_first else by_due)(matters, request)
    if form.number() and len(page.rows) == 1:
        return redirect("desk:matter", page.rows[0].number)
    context = {
        "queue": chosen,
        "tabs": [_tab(queue, request.member, chosen) for queue in queues],
        "form": form,
        "rows": show_rows(page.rows, now),
        "page": page,
        "clear_url": f"?list={chosen.name}" if form.is_filled() else "",
        "live_url": _live_url(request, chosen, now),
    }
    return render(request, "desk/inbox.html", context)


@require_POST
@member_page
def switch_member(request: MemberRequest) -> HttpResponse:
    """Work as another of one's own members from now on."""
    wanted = request.POST.get("member", "")
    if wanted in {str(place.pk) for place in request.members}:
        request.session[MEMBER_KEY] = int(wanted)
    return redirect("desk:inbox")


def _live_url(request: MemberRequest, queue: Queue, now: datetime) -> str:
    """Return where the page is told of changes to this list, as it is filtered."""
    asked = request.GET.dict() | {"list": queue.name, "since": now.isoformat()}
    return f"{reverse('desk:live')}?{urlencode(asked)}"


def _tab(queue: Queue, member: Member, chosen: Queue) -> dict[str, Any]:
    count = queue.count(member) if queue.roles else None
    return {
        "label": queue.label,
        "url": f"?list={queue.name}",
        "count": f"{MOST_COUNTED}+" if count and count > MOST_COUNTED else count,
        "current": queue == chosen,
    }
