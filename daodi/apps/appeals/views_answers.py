"""Answers to what many ask: to look up, and as hints while somebody writes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.appeals.forms import AnswerFilterForm
from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import entries_like
from daodi.core.publishing.services import matters_like
from daodi.lib.days import day_of
from daodi.web.counting import count_once
from daodi.web.paging import by_newest
from daodi.web.showing.elsewhere import found_for_residents
from daodi.web.throttle import is_too_often

SIZE = 20
SHORTEST_TEXT = 4
HINTS_A_MINUTE, MINUTE = 60, 60


def answers(request: HttpRequest) -> HttpResponse:
    """Show what many ask, or what has the words that somebody looks for."""
    form = AnswerFilterForm(request.GET)
    found = form.keep(Entry.objects.public()).for_list()
    context = {
        "section": "answers",
        "form": form,
        "page": by_newest(found, request, SIZE),
        "clear_url": reverse("appeals:answers") if form.is_filled() else "",
        "elsewhere": found_for_residents(form.cleaned_data.get("q", "")),
    }
    return render(request, "appeals/answers.html", context)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one answer, and count that it was opened."""
    entry = get_object_or_404(Entry.objects.public().for_list(), pk=pk)
    page = render(request, "appeals/answer.html", {"section": "answers", "entry": entry})
    count_once(request, page, "opened", [pk], day_of(timezone.now()))
    return page


@require_POST
def helped(request: HttpRequest, pk: int) -> HttpResponse:
    """Count that an answer was enough, and that nothing had to be sent."""
    get_object_or_404(Entry.objects.public(), pk=pk)
    back = redirect("appeals:answer", pk)
    count_once(request, back, "helped", [pk], day_of(timezone.now()))
    messages.success(request, _("Good to hear. Thank you for telling us."))
    return back


def hints(request: HttpRequest) -> HttpResponse:
    """Answer with a fragment: what is known and what others asked that is like `text`.

    The form posts it, so that what somebody is writing stands in no server's log of addresses.
    """
    given = request.POST if request.method == "POST" else request.GET
    text = given.get("text", "").strip()
    if len(text) < SHORTEST_TEXT or is_too_often(
        request, "hints", most=HINTS_A_MINUTE, seconds=MINUTE
    ):
        return HttpResponse("")
    entries = entries_like(text, Entry.objects.public())
    context = {"entries": entries, "matters": matters_like(text)}
    page = render(request, "appeals/hints.html", context)
    count_once(request, page, "shown", [entry.pk for entry in entries], day_of(timezone.now()))
    return page
