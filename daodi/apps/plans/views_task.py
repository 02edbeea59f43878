"""One line of a plan, and what may be done with a task that was sent out."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from daodi.apps.plans.amending import amend, bring_back, change_units, drop_task
from daodi.apps.plans.forms_acts import AmendForm, BackForm, DropForm, GradeForm, UnitsForm
from daodi.apps.plans.grading import grade, may_grade
from daodi.apps.plans.milestones import milestones_of
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.rights import PLANNERS, may_issue, may_plan
from daodi.apps.plans.showing import Row, rows_of, tree_of
from daodi.apps.plans.views import fetch_plan, fetch_planned
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, member_page, page_for

DONE = {
    "amend": gettext_lazy("Done. It is on record in the next edition of the plan."),
    "units": gettext_lazy("Done. It is on record in the next edition of the plan."),
    "drop": gettext_lazy("Dropped. It is on record in the next edition of the plan."),
    "back": gettext_lazy("Sent out anew. It is on record in the next edition of the plan."),
    "grade": gettext_lazy("Graded."),
}


@member_page
def line(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Show a line with everything that belongs to it."""
    found = fetch_plan(request.member, pk)
    return _page(request, fetch_line(found, line))


@require_POST
@page_for(*PLANNERS)
def line_amend(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Amend a task that was sent out."""
    plan = fetch_planned(request.member, pk)
    found = fetch_line(plan, line)
    form = AmendForm(request.POST, instance=fetch_line(plan, line))
    why = request.POST.get("why", "")
    act = partial(amend, found, why=why, by=request.member, now=timezone.now())
    return _acted(request, found, form, lambda: act(form.given()), "amend")


@require_POST
@page_for(*PLANNERS)
def line_units(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Let other units lead or join."""
    plan = fetch_planned(request.member, pk)
    found = fetch_line(plan, line)
    form = UnitsForm(found, request.POST)
    act = partial(change_units, fetch_line(plan, line), by=request.member, now=timezone.now())
    why = request.POST.get("why", "")
    return _acted(request, found, form, lambda: act(form.units(), why=why), "units")


@require_POST
@page_for(*PLANNERS)
def line_drop(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Take a task off the plan."""
    found = fetch_line(fetch_planned(request.member, pk), line)
    form = DropForm(request.POST)
    act = partial(drop_task, found, by=request.member, now=timezone.now())
    return _acted(request, found, form, lambda: act(**form.cleaned_data), "drop")


@require_POST
@page_for(Role.CALLER, Role.SUPERVISOR)
def line_grade(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Grade what was handed in: it is struck off, or goes back."""
    found = fetch_line(fetch_plan(request.member, pk), line)
    form = GradeForm(request.POST)
    act = partial(grade, found, by=request.member, now=timezone.now())
    return _acted(request, found, form, lambda: act(**form.cleaned_data), "grade")


@require_POST
@page_for(*PLANNERS)
def line_back(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Send a cleared task out anew: its problem is there again."""
    plan = fetch_planned(request.member, pk)
    found, form = fetch_line(plan, line), BackForm(request.POST)
    act = partial(bring_back, found, by=request.member, now=timezone.now())
    return _acted(request, found, form, lambda: act(**form.cleaned_data), "back")


def _acted(
    request: MemberRequest, found: Line, form: forms.BaseForm, act: Callable[[], Any], name: str
) -> HttpResponse:
    if form.is_valid():
        tried(form, act)
    if form.is_valid():
        messages.success(request, str(DONE[name]))
        return redirect("plans:line", found.plan_id, found.pk)
    return _page(request, found, **{name: form})


def fetch_line(plan: Plan, pk: int) -> Line:
    found: Line = get_object_or_404(plan.lines.for_tree(), pk=pk)
    found.plan = plan
    return found


def _page(request: MemberRequest, found: Line, **forms_tried: forms.BaseForm) -> HttpResponse:
    now, member, plan = timezone.now(), request.member, found.plan
    row = _row(plan, found, member, now)
    open_matter = found.matter is not None and found.matter.is_open
    cleared = found.matter is not None and found.matter.cleared_at is not None
    issuer = may_issue(member, plan.ledger) and not plan.is_draft and found.is_task
    context = {
        "plan": plan,
        "row": row,
        "line": found,
        "facts": _facts(row),
        "above": _above(found),
        "steps": found.steps.all(),
        "progress": found.progress.select_related("unit", "by__user"),
        "amend": forms_tried.get("amend") or AmendForm(instance=found)
        if issuer and open_matter
        else None,
        "units": forms_tried.get("units") or UnitsForm(found) if issuer and open_matter else None,
        "drop": forms_tried.get("drop") or DropForm() if issuer and open_matter else None,
        "back": forms_tried.get("back") or BackForm() if issuer and cleared else None,
        "grade": (forms_tried.get("grade") or GradeForm()) if _is_to_grade(found, member) else None,
        "grades": found.grades.select_related("by__user", "by__unit"),
        "milestones": milestones_of(found, now, with_result=bool(row.matter_url)),
        "later": found.later.all(),
        "may_edit": plan.is_draft and may_plan(member, plan.ledger),
    }
    return render(request, "plans/line.html", context, status=422 if forms_tried else 200)


def _is_to_grade(found: Line, member: Member) -> bool:
    matter = found.matter
    return bool(matter and matter.state == State.HANDED_IN and may_grade(matter, member))


def _row(plan: Plan, found: Line, member: Member, now: datetime) -> Row:
    """Return the line with its light; a head or an item with all that stands below it."""
    if found.is_task:
        return rows_of([plan], [found], member, now)[0]
    rows = rows_of([plan], list(plan.lines.for_tree()), member, now)
    tree_of(rows)
    return next(row for row in rows if row.line == found)


def _above(found: Line) -> list[Line]:
    above: list[Line] = []
    each = found.parent
    while each:
        above.insert(0, each)
        each = each.parent
    return above


def _facts(row: Row) -> list[tuple[str, object]]:
    line = row.line
    amount = f"{line.target:f}".rstrip("0").rstrip(".") if line.target else ""
    facts = [
        (Line.label_of("standard"), line.standard),
        (_("Lead unit"), line.lead),
        (_("Joint units"), row.joint),
        (Line.label_of("units"), line.units),
        (Line.label_of("leader"), line.leader),
        (Line.label_of("handler"), line.handler),
        (_("From – to"), f"{row.first:%Y-%m-%d} – {row.last:%Y-%m-%d}" if line.is_task else ""),
        (Line.label_of("due_words"), line.due_words),
        (Line.label_of("repeats"), line.get_repeats_display() if line.repeats else ""),
        (Line.label_of("target"), f"{amount} {line.measure}".strip()),
        (Line.label_of("counted_in"), line.counted_in),
        (Line.label_of("evidence"), line.evidence),
        *line.more.items(),
    ]
    return [(label, value) for label, value in facts if value]
