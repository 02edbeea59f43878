"""Plans: the list, one as a tree, making and issuing one."""

from functools import partial
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.plans.amending import words_of
from daodi.apps.plans.drafting import add_lines, change_plan, copy_plan, lacking, make_plan
from daodi.apps.plans.forms import PlanForm, ledgers_of
from daodi.apps.plans.forms_acts import CopyForm, ReadForm
from daodi.apps.plans.issuing import issue
from daodi.apps.plans.models import Plan
from daodi.apps.plans.rights import PLANNERS, may_issue, may_plan
from daodi.apps.plans.showing import count_tasks, rows_of, team_words, tree_of
from daodi.apps.plans.tables import excel_of, word_of
from daodi.core.people.models import Member
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, member_page, page_for
from daodi.web.paging import by_newest

SHOWN_LACKING = 10
_OPENXML = "application/vnd.openxmlformats-officedocument"
FILES = {
    "xlsx": (excel_of, f"{_OPENXML}.spreadsheetml.sheet"),
    "docx": (word_of, f"{_OPENXML}.wordprocessingml.document"),
}


def fetch_plan(member: Member, pk: int) -> Plan:
    """Return a plan that the member may see; otherwise it is not there."""
    found: Plan = get_object_or_404(Plan.objects.visible_to(member).for_page(), pk=pk)
    return found


def fetch_planned(member: Member, pk: int) -> Plan:
    """Return a plan that the member may change; otherwise the page is not there."""
    found = fetch_plan(member, pk)
    if not may_plan(member, found.ledger):
        raise Http404
    return found


@member_page
def plans(request: MemberRequest) -> HttpResponse:
    """Show the plans that the member may see, the newest first."""
    now = timezone.now()
    page = by_newest(Plan.objects.visible_to(request.member).for_list(), request)
    count_tasks(page.rows, now)
    context = {
        "page": page,
        "may_plan": request.member.has(*PLANNERS) and bool(ledgers_of(request.member)),
    }
    return render(request, "plans/plans.html", context)


@member_page
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a plan as a tree with lights, and what may be done with it."""
    return _page(request, fetch_plan(request.member, pk))


@page_for(*PLANNERS)
def plan_new(request: MemberRequest) -> HttpResponse:
    """Begin a plan."""
    if not ledgers_of(request.member):
        raise Http404
    form = PlanForm(request.member, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        act = partial(make_plan, form.draft(), form.team(), by=request.member, now=timezone.now())
        if made := tried(form, act):
            messages.success(request, _("The draft is there. Now its lines."))
            return redirect("plans:plan", made.pk)
    context = {"title": _("New plan"), "form": form, "back": reverse("plans:plans")}
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


@page_for(*PLANNERS)
def plan_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what a draft says of itself."""
    found = fetch_planned(request.member, pk)
    given = request.POST if request.method == "POST" else None
    form = PlanForm(request.member, given, instance=found)
    if form.is_bound and form.is_valid():
        tried(form, lambda: change_plan(form.draft(), form.team(), by=request.member))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("plans:plan", pk)
    back = reverse("plans:plan", args=[pk])
    context = {"title": _("Change the plan"), "form": form, "back": back}
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


@require_POST
@page_for(*PLANNERS)
def plan_issue(request: MemberRequest, pk: int) -> HttpResponse:
    """Issue a plan: its tasks go to their units within moments."""
    found = fetch_planned(request.member, pk)
    issue(found, by=request.member, now=timezone.now())
    messages.success(request, _("Issued. The tasks are on their way to the units."))
    return redirect("plans:plan", pk)


@require_POST
@page_for(*PLANNERS)
def plan_copy(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a draft of the same shape."""
    found = fetch_planned(request.member, pk)
    form = CopyForm(request.POST)
    if form.is_valid():
        act = partial(copy_plan, found, by=request.member, now=timezone.now())
        if made := tried(form, lambda: act(**form.cleaned_data)):
            return redirect("plans:plan", made.pk)
    return _page(request, found, copy=form)


@require_POST
@page_for(*PLANNERS)
def plan_read(request: MemberRequest, pk: int) -> HttpResponse:
    """Read lines from a table into a draft."""
    found = fetch_planned(request.member, pk)
    form = ReadForm(found, request.POST, request.FILES)
    if form.is_valid():
        fresh = form.cleaned_data["file"]
        tried(form, lambda: add_lines(found, fresh, by=request.member))
    if not form.is_valid():
        return _page(request, found, read=form)
    doubtful = sum(bool(new.line.doubts) for new in fresh)
    words = _("%(n)s lines were read; %(doubtful)s of them have doubts to be settled.")
    messages.success(request, words % {"n": len(fresh), "doubtful": doubtful})
    return redirect("plans:plan", pk)


@member_page
def plan_file(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Answer with the plan as an Excel or Word table."""
    found = fetch_plan(request.member, pk)
    if kind not in FILES:
        raise Http404
    write, mime = FILES[kind]
    answer = HttpResponse(write(found), content_type=mime)
    name = quote(f"{found.title}.{kind}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _page(request: MemberRequest, found: Plan, **forms_tried: forms.BaseForm) -> HttpResponse:
    now, member = timezone.now(), request.member
    rows = rows_of([found], list(found.lines.for_tree()), member, now)
    top = tree_of(rows)
    planner = may_plan(member, found.ledger)
    missing = lacking(found) if planner and found.is_draft else []
    context: dict[str, Any] = {
        "plan": found,
        "facts": _facts(found),
        "tree": top,
        "tasks": sum(row.tasks for row in top),
        "done": sum(row.done for row in top),
        "late": sum(row.late for row in top),
        "waiting": sum(row.line.is_task and row.line.matter is None for row in rows),
        "doubts": [row for row in rows if row.line.doubts] if planner else [],
        "lacking": missing[:SHOWN_LACKING],
        "n_lacking": len(missing),
        "amendments": [
            {"amendment": each, "changes": _changes(each.changes)}
            for each in found.amendments.select_related("by__user", "by__unit").order_by("-edition")
        ],
        "may_plan": planner,
        "may_edit": planner and found.is_draft,
        "may_issue": found.is_draft and may_issue(member, found.ledger),
        "copy": CopyForm(initial={"title": found.title}),
        "read": ReadForm(found) if planner and found.is_draft else None,
        **forms_tried,
    }
    return render(request, "plans/plan.html", context, status=422 if forms_tried else 200)


def _facts(found: Plan) -> list[tuple[str, object]]:
    source = " ".join(filter(None, (found.source, found.source_number)))
    facts = [
        (_("Comes from"), f"{found.get_source_kind_display()} · {source}"),
        (_("Day of it"), found.source_date),
        (_("From – to"), f"{found.first_day:%Y-%m-%d} – {found.last_day:%Y-%m-%d}"),
        (_("Ledger"), found.ledger),
        (_("Units say how it goes"), found.get_rhythm_display()),
        (_("Special team"), found.team),
        *team_words(found),
        (_("Issued"), f"{timezone.localtime(found.issued_at):%Y-%m-%d}" if found.issued_at else ""),
        (_("Edition"), found.edition or ""),
    ]
    return [(label, value) for label, value in facts if value]


def _changes(changes: list[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    return [(each["line"], words_of(each)) for each in changes]
