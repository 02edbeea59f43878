"""The course of a request: where it stands, what is due, and what its resident can do."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.appeals.due import clocks_of, due_on, promise_words, promised_on, silence_words
from daodi.apps.appeals.figures import COMPARED
from daodi.apps.appeals.following import find, follow, mine
from daodi.apps.appeals.forms_judge import JudgeForm
from daodi.apps.appeals.joined import events_of_whole, joined_words, whole_of
from daodi.apps.appeals.judging import step_of
from daodi.apps.appeals.offers import NEXT, form_for, may_ask_again, offers_for, question_of
from daodi.apps.appeals.showing import PLAIN_STATES, SHORT_STATES, steps_of
from daodi.core.history.models import Event
from daodi.core.history.proof import check_of
from daodi.core.history.verify import faults_of
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import Side, State
from daodi.web.forms.base import tried
from daodi.web.forms.moves import MoveForm
from daodi.web.showing.events import show_events
from daodi.web.views.matter import serve

FILE_URL = "/files/{}/"


def course(request: HttpRequest, number: str) -> HttpResponse:
    """Show a resident where their request stands, and what they can do."""
    if code := request.GET.get("code"):
        found = find(request, number, code)
        return follow(request, redirect("appeals:course", found.number), found)
    matter = _mine(request, number)
    return redirect("appeals:track") if matter is None else _course(request, matter)


@require_POST
def course_move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Write, reply, judge, ask for redo, withdraw."""
    matter, move = _mine(request, number), MOVES.get(name)
    if matter is None or move is None or Side.RESIDENT not in move.sides:
        raise Http404
    form, now = form_for(move, matter, (), request.POST, request.FILES), timezone.now()
    act = step_of(matter, name, again="again" in request.POST, now=now)
    event: Event | None = None
    if form.is_valid():
        event = tried(form, partial(act, **form.cleaned_data))
    if event is None:
        seen = get_object_or_404(Matter.objects.for_page(), pk=matter.pk)
        return _course(request, seen, form, name)
    page = reverse("appeals:course", args=[number])
    if name == "judge" and may_ask_again(matter, now):
        messages.info(request, _("Thank you. Now say what is still wrong, and it is done again."))
        return redirect(f"{page}#{NEXT}")
    messages.success(request, _("Thank you, we have it."))
    return redirect(page)


def resident_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Serve a file of a request that this browser follows."""
    found = get_object_or_404(Attachment, key=key, is_public=True, matter__in=mine(request))
    return serve(found, small="small" in request.GET, part=request.headers.get("Range", ""))


def _mine(request: HttpRequest, number: str) -> Matter | None:
    return mine(request).for_page().select_related("first_unit").filter(number=number).first()


def _course(
    request: HttpRequest,
    matter: Matter,
    form: MoveForm | JudgeForm | None = None,
    tried_name: str = "",
) -> HttpResponse:
    now = timezone.now()
    lines = list(Event.objects.filter(matter=matter).for_page())
    files = [file for file in matter.attachments.all() if file.is_public]
    events = show_events((e for e in lines if e.is_public), files, FILE_URL, plain=True)
    whole = whole_of(matter)
    if whole:
        events = sorted([*events, *events_of_whole(whole)], key=lambda event: event["at"])
    # One that was joined to another goes the way of that one.
    leading = whole or matter
    unit, clocks = leading.first_unit or leading.unit, clocks_of(leading)
    context = {
        "section": "track",
        "matter": matter,
        "unit": unit,
        "has_page": bool(unit and unit.is_active and unit.kind in COMPARED),
        "question": question_of(matter, lines),
        "words": PLAIN_STATES[State(matter.state)],
        "whole_words": PLAIN_STATES[State(whole.state)] if whole else "",
        "state_word": SHORT_STATES[State(matter.state)],
        "promise": promise_words(leading, clocks, now),
        "due": due_on(leading, clocks, now),
        "silence": silence_words(matter, now),
        "joined": joined_words(matter),
        "steps": steps_of(leading, promised_on(leading, clocks), now),
        "split": Matter.objects.split_with(matter).only("number", "title"),
        "events": events,
        "offers": offers_for(matter, lines, now, form, tried_name),
        "lines": len(lines),
        "is_as_written": not faults_of(matter, lines),
        "check": check_of(matter.head),
        "now": now,
    }
    return render(request, "appeals/course.html", context, status=422 if form else 200)
