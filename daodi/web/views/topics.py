"""What many people write about at once and what grows, with the way to their matters."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.supervision.reminders import MOST_MATTERS
from daodi.core.topics.models import Topic
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.lists import show_columns, show_list
from daodi.web.showing.surges import reminder_url, show_replays, surges_for
from daodi.web.showing.topics import show_topic

READERS = (Role.OPERATOR, Role.LEADER, Role.SUPERVISOR)
MOST = 30
COLUMNS = ("state", "unit", "filed")


@page_for(*READERS)
def topics(request: MemberRequest) -> HttpResponse:
    """Show the hottest topics, and what grows, of which the member sees enough matters."""
    found = Topic.objects.visible_to(request.member).hottest_first()[:MOST]
    context = {
        "topics": list(map(show_topic, found)),
        "surges": surges_for(request.member, timezone.now()),
        "replays": show_replays(request.member),
    }
    return render(request, "desk/topics/topics.html", context)


@page_for(*READERS)
def topic(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a topic with those of its matters that the member sees."""
    found = get_object_or_404(Topic.objects.visible_to(request.member), pk=pk)
    matters = Matter.objects.visible_to(request.member).filter(topics__topic=found)
    page = by_newest(matters.for_list(), request)
    columns = show_columns(COLUMNS)
    context = {
        "topic": show_topic(found),
        "columns": columns,
        "rows": show_list(page.rows, timezone.now(), columns, []),
        "page": page,
    }
    if request.member.has(Role.SUPERVISOR):
        context["reminder_url"] = reminder_url(each.pk for each in page.rows[:MOST_MATTERS])
    return render(request, "desk/topics/topic.html", context)
