"""The lines of a plan: making one, changing it, taking it out."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.plans.amending import add_task
from daodi.apps.plans.drafting import NewLine, change_line, put_lines, remove_line
from daodi.apps.plans.forms import LineForm
from daodi.apps.plans.forms_acts import AmendForm
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.querysets import TASK
from daodi.apps.plans.rights import PLANNERS, check_planner
from daodi.apps.plans.views import fetch_planned
from daodi.apps.plans.views_task import fetch_line
from daodi.core.people.models import Member
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, page_for


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
    found = fetch_line(plan, line)
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
    remove_line(fetch_line(plan, line), by=request.member)
    messages.success(request, _("Taken out."))
    return redirect("plans:plan", pk)


def _add(member: Member, plan: Plan, after: Line | None, form: LineForm) -> Line:
    draft = form.draft()
    new = NewLine(draft, form.cleaned_data["joint"], form.steps())
    if plan.is_draft:
        check_planner(member, plan, draft=True)
        return put_lines(plan, [new], after)[0]
    draft.level = TASK
    why = form.cleaned_data["why"]
    return add_task(plan, new, after, why=why, by=member, now=timezone.now())


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
