"""The lines of a plan: one of them, making it, changing it before and after the plan was issued."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.plans.drafting import NewLine, change_line, put_lines, remove_line
from daodi.apps.plans.forms import LineForm
from daodi.apps.plans.forms_acts import AmendForm, BackForm
from daodi.apps.plans.issuing import add_task, amend, bring_back
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.querysets import TASK
from daodi.apps.plans.rights import PLANNERS, check_planner, may_issue, may_plan
from daodi.apps.plans.showing import Row, rows_of, tree_of
from daodi.apps.plans.views import fetch_plan, fetch_planned
from daodi.core.people.models import Member
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, member_page, page_for


@member_page
def line(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Show a line with everything that belongs to it."""
    found = fetch_plan(request.member, pk)
    return _page(request, _fetch(found, line))


@page_for(*PLANNERS)
def line_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a line, at the end or behind another one; to an issued plan a task, with a reason."""
    plan = fetch_planned(request.member, pk)
    after = _after(plan, request.GET.get("after", ""))
    initial = {"level": after.level} if after else {}
    form = LineForm(plan, request.POST if request.method == "POST" else None, initial=initial)
    if not plan.is_draft:
        form.fields["why"] = AmendForm.base_fields["why"]
        form.fields.pop("level")
    is_good = form.is_bound and form.is_valid()
    made = tried(form, partial(_add, request.member, plan, after, form)) if is_good else None
    if made:
        messages.success(request, _("Added."))
        return redirect(f"{reverse('plans:plan', args=[pk])}#line-{made.pk}")
    return _form_page(request, plan, form, _("New line"))


@page_for(*PLANNERS)
def line_edit(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Change a line of a draft; what was in doubt is settled with it."""
    plan = fetch_planned(request.member, pk)
    found = _fetch(plan, line)
    form = LineForm(plan, request.POST if request.method == "POST" else None, instance=found)
    if form.is_bound and form.is_valid():
        given = {"joint": form.cleaned_data["joint"], "steps": form.steps()}
        tried(form, lambda: change_line(form.draft(), **given, by=request.member))
        if form.is_valid():
            messages.success(request, _("Saved."))
            doubtful = plan.lines.doubtful()
            following = doubtful.behind(found).first() or doubtful.order_by("place").first()
            if following and "next" in request.POST:
                return redirect("plans:line_edit", pk, following.pk)
            return redirect(f"{reverse('plans:plan', args=[pk])}#line-{line}")
    return _form_page(request, plan, form, _("Change the line"), line=found)


@require_POST
@page_for(*PLANNERS)
def line_remove(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Take a line out of a draft."""
    plan = fetch_planned(request.member, pk)
    remove_line(_fetch(plan, line), by=request.member)
    messages.success(request, _("Taken out."))
    return redirect("plans:plan", pk)


@require_POST
@page_for(*PLANNERS)
def line_amend(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Amend a task that was sent out."""
    plan = fetch_planned(request.member, pk)
    found = _fetch(plan, line)
    form = AmendForm(request.POST, instance=_fetch(plan, line))
    why = request.POST.get("why", "")
    act = partial(amend, found, why=why, by=request.member, now=timezone.now())
    return _acted(request, found, form, lambda: act(form.given()), "amend")


@require_POST
@page_for(*PLANNERS)
def line_back(request: MemberRequest, pk: int, line: int) -> HttpResponse:
    """Send a cleared task out anew: its problem is there again."""
    plan = fetch_planned(request.member, pk)
    found, form = _fetch(plan, line), BackForm(request.POST)
    act = partial(bring_back, found, by=request.member, now=timezone.now())
    return _acted(request, found, form, lambda: act(**form.cleaned_data), "back")


def _acted(
    request: MemberRequest, found: Line, form: forms.BaseForm, act: Callable[[], Any], name: str
) -> HttpResponse:
    if form.is_valid():
        tried(form, act)
    if form.is_valid():
        messages.success(request, _("Done. It is on record in the next edition of the plan."))
        return redirect("plans:line", found.plan_id, found.pk)
    return _page(request, found, **{name: form})


def _add(member: Member, plan: Plan, after: Line | None, form: LineForm) -> Line:
    draft = form.draft()
    new = NewLine(draft, form.cleaned_data["joint"], form.steps())
    if plan.is_draft:
        check_planner(member, plan, draft=True)
        return put_lines(plan, [new], after)[0]
    draft.level = TASK
    why = form.cleaned_data["why"]
    return add_task(plan, new, after, why=why, by=member, now=timezone.now())


def _fetch(plan: Plan, pk: int) -> Line:
    found: Line = get_object_or_404(plan.lines.for_tree(), pk=pk)
    found.plan = plan
    return found


def _after(plan: Plan, key: str) -> Line | None:
    if not key.isdigit():
        return None
    found: Line | None = plan.lines.filter(pk=int(key)).first()
    if found is None:
        raise Http404
    return found


def _form_page(
    request: MemberRequest, plan: Plan, form: LineForm, title: str, line: Line | None = None
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "plan": plan,
        "line": line,
        "doubts": line.doubts if line else [],
        "more": list(line.more.items()) if line else [],
        "back": reverse("plans:plan", args=[plan.pk]),
    }
    return render(request, "plans/edit.html", context, status=422 if form.errors else 200)


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
        "back": forms_tried.get("back") or BackForm() if issuer and cleared else None,
        "later": found.later.all(),
        "may_edit": plan.is_draft and may_plan(member, plan.ledger),
    }
    return render(request, "plans/line.html", context, status=422 if forms_tried else 200)


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
