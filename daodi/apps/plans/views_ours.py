"""The tasks of one's own unit: how they stand, and one line a week on each."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.plans.forms_acts import ProgressForm
from daodi.apps.plans.milestones import label_of, waiting_milestones
from daodi.apps.plans.models import Line
from daodi.apps.plans.progress import counted, report_progress
from daodi.apps.plans.rights import may_report
from daodi.apps.plans.showing import Row, rows_of
from daodi.core.clocks.policy import ClockRule
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, page_for

MOST = 50
REPORTERS = (Role.HANDLER, Role.LEADER)


@page_for(*REPORTERS)
def ours(request: MemberRequest) -> HttpResponse:
    """Show what the member's house leads for or joins in, what is to be said first."""
    return _page(request)


@require_POST
@page_for(*REPORTERS)
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down the line of the week."""
    lines = Line.objects.with_unit(request.member.unit).select_related("plan", "matter")
    found = get_object_or_404(lines.prefetch_related("steps"), pk=pk)
    asks = waiting_milestones([found.matter]) if found.matter else {}
    form = ProgressForm(found, asks.get(found.matter_id or 0), request.POST)
    if form.is_valid():
        act = partial(report_progress, found, by=request.member, now=timezone.now())
        if tried(form, lambda: act(form.said())):
            messages.success(request, _("Written down: %(task)s.") % {"task": found})
            return redirect("plans:ours")
    return _page(request, (found, form))


def _page(request: MemberRequest, wrong: tuple[Line, ProgressForm] | None = None) -> HttpResponse:
    now, member = timezone.now(), request.member
    rows, has_more = _rows(member)
    today = timezone.localtime(now).date()
    asked = waiting_milestones([row.line.matter for row in rows if row.line.matter])
    shown = [_show(row, asked, member, wrong) for row in rows]
    said = [each for each in shown if _is_said(each["row"], today)]
    context = {
        "unit": member.unit,
        "to_say": [each for each in shown if each not in said],
        "said": said,
        "has_more": has_more,
        "most": MOST,
    }
    return render(request, "plans/ours.html", context, status=422 if wrong else 200)


def _rows(member: Member) -> tuple[list[Row], bool]:
    lines = Line.objects.with_unit(member.unit).open().for_tree().with_parts().due_first()
    found = list(
        lines.select_related(
            "lead", "counted_in", "plan__ledger__unit", "plan__ledger__supervising_unit",
            "matter__unit", "matter__ledger__unit", "matter__ledger__supervising_unit",
        )[: MOST + 1]
    )  # fmt: skip
    plans = {line.plan_id: line.plan for line in found}.values()
    return rows_of(plans, found[:MOST], member, timezone.now()), len(found) > MOST


def _show(
    row: Row,
    asked: dict[int, ClockRule],
    member: Member,
    wrong: tuple[Line, ProgressForm] | None,
) -> dict[str, Any]:
    form, milestone = None, asked.get(row.line.matter_id or 0)
    if may_report(member, row.line):
        was_tried = wrong is not None and wrong[0].pk == row.line.pk
        form = wrong[1] if wrong and was_tried else ProgressForm(row.line, milestone)
    return {
        "row": row, "form": form, "known": counted(row.line),
        "milestone": label_of(milestone) if milestone else "",
    }  # fmt: skip


def _is_said(row: Row, today: Any) -> bool:
    return row.said is not None and row.said.period >= row.plan.period_of(today)
