"""The page behind the link in the message that there is an answer: judge it, ask for redo."""

from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from daodi.apps.appeals.forms_judge import AgainForm, JudgeForm
from daodi.apps.appeals.judging import step_of
from daodi.apps.appeals.offers import SEND_AGAIN, latest_words, may_ask_again, step_again
from daodi.apps.appeals.showing import judgement_of
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.core.notices.judging import judged_by
from daodi.core.workflow.rights import moves_for
from daodi.web.forms.base import tried

NOT_GOOD = 404


@never_cache
def judge(request: HttpRequest, token: str) -> HttpResponse:
    """Show the answer and ask how it turned out; no code is needed, and nothing else is shown."""
    now = timezone.now()
    try:
        pk, round_ = judged_by(token, now=now)
    except Refused as refused:
        return _over(request, str(refused), NOT_GOOD)
    matter = get_object_or_404(Matter.objects.for_page(), pk=pk, erased_at=None)
    if matter.whole.round != round_:
        return _over(request, _("It is being done again. You get a message with the new answer."))
    step = _step(matter, now)
    is_sent = request.method == "POST" and request.POST.get("step") == step
    form: JudgeForm | AgainForm | None = None
    if step:
        form = _form(matter, step)(request.POST if is_sent else None)
    if form and form.is_valid():
        act = step_of(matter, step, again="again" in request.POST, now=now)
        if tried(form, partial(act, **form.cleaned_data)):
            return redirect("appeals:judge", token)
    context = {
        "section": "track",
        "matter": matter,
        "said": judgement_of(matter) if step != "judge" else "",
        "step": step,
        "form": form,
        "again": SEND_AGAIN if step == "judge" and step_again(matter, now) else "",
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "appeals/judge.html", context, status=422 if wrong else 200)


def _step(matter: Matter, now: datetime) -> str:
    """Return what the resident is asked: to judge, or what is still wrong; empty: nothing more."""
    possible = {move.name for move in moves_for(matter, Side.RESIDENT, now)}
    if "judge" in possible:
        return "judge"
    return step_again(matter, now) if may_ask_again(matter, now) else ""


def _form(matter: Matter, step: str) -> "partial[JudgeForm] | partial[AgainForm]":
    if step == "judge":
        return partial(JudgeForm)
    lines = Event.objects.filter(matter=matter, name="judge").for_page()
    # What was wrong was said with the judgement: nobody writes it twice.
    return partial(AgainForm, initial={"text": latest_words(lines, "judge", Side.RESIDENT)})


def _over(request: HttpRequest, why: str, status: int = 200) -> HttpResponse:
    context = {"section": "track", "why": why}
    return render(request, "appeals/judge_over.html", context, status=status)
