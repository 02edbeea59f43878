"""Entries that fit what somebody asks, to put into an answer with one click."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import entries_like
from daodi.web.counting import count_once
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.times import day_of

MOST = 5


@member_page
def pick(request: MemberRequest) -> HttpResponse:
    """Answer with a fragment: the entries most like ?text=, for the text area ?into=."""
    found = entries_like(request.GET.get("text", ""), most=MOST)
    context = {"entries": found, "into": request.GET.get("into", "answer_answer")}
    answer = render(request, "desk/knowledge/pick.html", context)
    count_once(request, answer, "shown", [entry.pk for entry in found], day_of(timezone.now()))
    return answer


@require_POST
@member_page
def used(request: MemberRequest, pk: int) -> HttpResponse:
    """Count that an entry was put into an answer."""
    found = get_object_or_404(Entry.objects.visible_to(request.member), pk=pk)
    answer = HttpResponse(status=204)
    count_once(request, answer, "opened", [found.pk], day_of(timezone.now()))
    return answer
