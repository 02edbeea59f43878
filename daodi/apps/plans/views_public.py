"""Lists of good deeds for everybody: how far each is, and what residents say of it."""

import secrets

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.plans.models import Line, Plan, Verdict
from daodi.apps.plans.showing import count_tasks, rows_of, tree_of
from daodi.apps.plans.talking import judge_deed
from daodi.web.throttle import DAY, TOO_MANY, is_too_often

BROWSER = "deeds"
YEAR = 365 * 24 * 60 * 60


def deeds(request: HttpRequest) -> HttpResponse:
    """Show all public lists."""
    plans = count_tasks(Plan.objects.public().for_list().order_by("-pk"), timezone.now())
    return render(request, "plans/deeds.html", {"plans": plans})


def deed_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one list, deed by deed, with its light and what residents say."""
    return _list(request, pk)


def _list(request: HttpRequest, pk: int, refused: str = "", status: int = 200) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.public().for_list(), pk=pk)
    counts = {
        each: Count("verdicts", filter=Q(verdicts__answer=each)) for each in Verdict.Answer.values
    }
    lines = list(plan.lines.for_tree().annotate(**counts))
    top = tree_of(rows_of([plan], lines, None, timezone.now()))
    context = {
        "plan": plan,
        "tree": top,
        "answers": Verdict.Answer.choices,
        "tasks": sum(row.tasks for row in top),
        "done": sum(row.done for row in top),
        "refused": refused,
    }
    return render(request, "plans/deed_list.html", context, status=status)


@require_POST
def judge(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Take what a resident says of a deed; their browser is told apart by a random key.

    One address says so much a day and no more: a browser that forgets its key is soon made.
    """
    lines = Line.objects.of(Plan.objects.public()).tasks()
    found = get_object_or_404(lines.select_related("plan"), pk=line, plan=pk)
    if is_too_often(request, "judge", most=settings.VERDICTS_A_DAY, seconds=DAY):
        words = _(
            "Very many judgements came from your connection today. Please come back tomorrow."
        )
        return _list(request, pk, words, TOO_MANY)
    browser = request.get_signed_cookie(BROWSER, default="") or secrets.token_urlsafe()
    judge_deed(found, request.POST.get("answer", ""), browser=browser, now=timezone.now())
    answer = redirect(f"{reverse('plans:deed_list', args=[pk])}#deed-{line}")
    answer.set_signed_cookie(
        BROWSER, browser, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return answer
