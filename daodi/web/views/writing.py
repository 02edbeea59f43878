"""What is being written in a step's form: kept every few seconds, shown as it will be read."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.drafts.services import drop_draft, keep_draft
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES, Move
from daodi.web.forms.moves import MoveForm
from daodi.web.forms.typed import typed_in
from daodi.web.pages import MemberRequest, member_page
from daodi.web.showing.answers import ANSWER, show_preview
from daodi.web.views.meanwhile import seen_version


@require_POST
@member_page
def draft(request: MemberRequest, number: str, name: str) -> HttpResponse:
    """Keep what is typed, and show the answer in it as the resident will read it."""
    found, move = _fetch(request, number, name)
    is_kept = keep_written(request, found, move)
    form = MoveForm(move, found, request.member)
    composes = ANSWER in move.asks
    text = request.POST.get(ANSWER, "")
    context = {
        "at": timezone.now() if is_kept else None,
        "preview": show_preview(form, found, text) if composes else None,
    }
    return render(request, "desk/parts/written.html", context)


@require_POST
@member_page
def draft_drop(request: MemberRequest, number: str, name: str) -> HttpResponse:
    """Forget what was typed."""
    found, move = _fetch(request, number, name)
    drop_draft(found, move.name, by=request.member)
    return redirect("desk:matter", number)


def keep_written(request: MemberRequest, found: Matter, move: Move) -> bool:
    """Keep what was typed into a step's form; say whether there was anything.

    What arrives behind the step itself, because it was under way, is not kept any more.
    """
    if _was_taken(request, found, move):
        return False
    fields = typed_in(MoveForm(move, found, request.member), request.POST)
    keep_draft(found, move.name, fields, by=request.member, now=timezone.now())
    return bool(fields)


def _was_taken(request: MemberRequest, found: Matter, move: Move) -> bool:
    seen = seen_version(request)
    if seen is None or seen >= found.version:
        return False
    mine = Event.objects.filter(matter=found, seq__gt=seen, by=request.member.hand.pk)
    return mine.filter(name=move.name).exists()


def _fetch(request: MemberRequest, number: str, name: str) -> tuple[Matter, Move]:
    move = MOVES.get(name)
    if move is None:
        raise Http404
    seen = Matter.objects.visible_to(request.member).for_page()
    return get_object_or_404(seen, number=number), move
