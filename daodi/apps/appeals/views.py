from datetime import datetime
from functools import partial
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from daodi.apps.appeals.asking import answer_sent, show_form
from daodi.apps.appeals.filing_form import ResidentForm
from daodi.apps.appeals.following import find, follow, mine
from daodi.apps.appeals.forms import TrackForm
from daodi.apps.appeals.showing import PLAIN_STATES, SHORT_STATES, promise_words, steps_of
from daodi.core.history.models import Event
from daodi.core.history.proof import check_of
from daodi.core.history.verify import faults_of
from daodi.core.intake.codes import new_code
from daodi.core.intake.filing import file_matter
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES, Move
from daodi.core.matters.states import Side, State
from daodi.core.workflow.rights import moves_for
from daodi.core.workflow.services import perform
from daodi.web.forms.base import tried
from daodi.web.forms.moves import MoveForm
from daodi.web.showing.events import show_events
from daodi.web.views.matter import serve

FILE_URL = "/files/{}/"
# What comes first for a resident, and in whose words.
ORDER = ("reply", "judge", "redo", "reopen", "write", "withdraw")
RESIDENT_LABELS = {
    "reply": gettext_lazy("Reply to the question"),
    "judge": gettext_lazy("Is it solved? Say so"),
    "redo": gettext_lazy("Not solved: please do it again"),
    "reopen": gettext_lazy("The problem is back"),
    "write": gettext_lazy("Write to the unit"),
    "withdraw": gettext_lazy("Take my request back"),
}


def file(request: HttpRequest) -> HttpResponse:
    """Ask for help: one page, no account."""
    ledgers = list(Ledger.objects.open_to_residents().with_units())
    chosen = request.GET.get("ledger")
    ledger = next((each for each in ledgers if not chosen or each.code == chosen), None)
    if ledger is None:
        raise Http404
    post = request.method == "POST"
    form = ResidentForm(ledger, *((request.POST, request.FILES) if post else ()))
    if post and form.is_valid():
        receipt = tried(
            form,
            lambda: file_matter(
                ledger,
                form.filing(),
                now=timezone.now(),
                form_key=form.cleaned_data["form_key"],
                files=form.files_sent(),
            ),
        )
        if receipt:
            return follow(request, answer_sent(request, receipt), receipt.matter)
    return show_form(request, form, ledgers)


def receipt(request: HttpRequest, form_key: Any) -> HttpResponse:
    """Show number and code to whoever sent the form: only they know its key."""
    matter = get_object_or_404(Matter.objects.for_page(), form_key=form_key)
    code = new_code(form_key)
    link = request.build_absolute_uri(reverse("appeals:course", args=[matter.number]))
    now = timezone.now()
    context = {
        "section": "file",
        "matter": matter,
        "code": f"{code[:4]} {code[4:]}",
        "qr": _qr(f"{link}?code={code}"),
        "promise": promise_words(matter, now),
        "check": check_of(matter.head),
        "now": now,
    }
    return render(request, "appeals/receipt.html", context)


def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and offer what this browser follows already."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        found = tried(form, partial(find, **form.cleaned_data))
        if found:
            return follow(request, redirect("appeals:course", found.number), found)
    shown = mine(request).for_list().newest_first()
    rows = [(matter, SHORT_STATES[State(matter.state)]) for matter in shown]
    context = {"section": "track", "form": form, "rows": rows}
    return render(request, "appeals/track.html", context, status=422 if form.errors else 200)


def course(request: HttpRequest, number: str) -> HttpResponse:
    """Show a resident where their request stands, and what they can do."""
    if code := request.GET.get("code"):
        found = find(number, code)
        return follow(request, redirect("appeals:course", found.number), found)
    matter = _mine(request, number)
    return redirect("appeals:track") if matter is None else _course(request, matter)


@require_POST
def course_move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Write, reply, judge, ask for redo, withdraw."""
    matter, move = _mine(request, number), MOVES.get(name)
    if matter is None or move is None or Side.RESIDENT not in move.sides:
        raise Http404
    form = MoveForm(move, matter, None, request.POST, request.FILES)
    act = partial(perform, matter, name, by=Side.RESIDENT, now=timezone.now())
    event: Event | None = None
    if form.is_valid():
        event = tried(form, partial(act, **form.cleaned_data))
    if event:
        messages.success(request, _("Thank you, we have it."))
        return redirect("appeals:course", number)
    return _course(request, get_object_or_404(Matter.objects.for_page(), pk=matter.pk), form, name)


def resident_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """Serve a file of a request that this browser follows."""
    found = get_object_or_404(Attachment, key=key, is_public=True, matter__in=mine(request))
    return serve(found, small="small" in request.GET, part=request.headers.get("Range", ""))


def _mine(request: HttpRequest, number: str) -> Matter | None:
    return mine(request).for_page().filter(number=number).first()


def _in_order(matter: Matter, now: datetime) -> list[Move]:
    moves = {move.name: move for move in moves_for(matter, Side.RESIDENT, now)}
    return [moves[name] for name in ORDER if name in moves]


def _qr(link: str) -> SafeString:
    """Draw a link as an SVG; segno writes it itself, nothing of the link stands in it as text."""
    return format_html("{}", SafeString(segno.make(link).svg_inline(scale=4, border=2)))


def _course(
    request: HttpRequest, matter: Matter, form: MoveForm | None = None, tried_name: str = ""
) -> HttpResponse:
    now = timezone.now()
    lines = list(Event.objects.filter(matter=matter).for_page())
    events = [event for event in lines if event.is_public]
    files = [file for file in matter.attachments.all() if file.is_public]
    offers = [
        {
            "move": move,
            "label": RESIDENT_LABELS.get(move.name, move.label),
            "form": form if move.name == tried_name else MoveForm(move, matter, None),
            "look": "main" if number == 0 else "danger" if move.name == "withdraw" else "",
            "open": move.name == tried_name or (number == 0 and move.name != "write"),
        }
        for number, move in enumerate(_in_order(matter, now))
    ]
    context = {
        "section": "track",
        "matter": matter,
        "words": PLAIN_STATES[State(matter.state)],
        "state_word": SHORT_STATES[State(matter.state)],
        "promise": promise_words(matter, now),
        "steps": steps_of(matter, now),
        "split": Matter.objects.split_with(matter).only("number", "title"),
        "events": show_events(events, files, FILE_URL, plain=True),
        "offers": offers,
        "lines": len(lines),
        "is_as_written": not faults_of(matter, lines),
        "check": check_of(matter.head),
    }
    return render(request, "appeals/course.html", context, status=422 if form else 200)
