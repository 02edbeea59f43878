"""Entries that fit what somebody asks, to put into an answer with one click."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import entries_like
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.people.roles import Role
from daodi.lib.days import day_of
from daodi.web.counting import count_once
from daodi.web.forms.moves import MoveForm
from daodi.web.pages import MemberRequest, member_page, page_for

MOST = 5


@member_page
def pick(request: MemberRequest) -> HttpResponse:
    """Answer with a fragment: the entries most like ?text=."""
    found = entries_like(request.GET.get("text", ""), most=MOST)
    answer = render(request, "desk/knowledge/pick.html", {"entries": found})
    count_once(request, answer, "shown", [entry.pk for entry in found], day_of(timezone.now()))
    return answer


@page_for(Role.OPERATOR)
def known(request: MemberRequest, number: str) -> HttpResponse:
    """Show the entries most like a matter, each to answer it with; the sort page takes it over."""
    seen = Matter.objects.visible_to(request.member).to_list()
    found = get_object_or_404(seen, number=number)
    entries = entries_like(f"{found.title}\n{found.text}")
    context = {"entries": entries, "number": number, "title": found.title}
    answer = render(request, "desk/knowledge/known.html", context)
    count_once(request, answer, "shown", [entry.pk for entry in entries], day_of(timezone.now()))
    return answer


def answer_with(request: MemberRequest, found: Matter) -> MoveForm | None:
    """Return the form of a direct answer, begun with the entry that ?entry= names, if it does."""
    asked = request.GET.get("entry", "")
    entries = Entry.objects.visible_to(request.member).published()
    entry = entries.filter(pk=asked).first() if asked.isdecimal() else None
    if entry is None:
        return None
    form = MoveForm(MOVES["answer"], found, request.member)
    form.initial["answer"] = entry.answer
    return form
