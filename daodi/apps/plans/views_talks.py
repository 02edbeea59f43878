"""Opinions on a draft, and the meetings that follow a plan."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.plans.forms_talks import (
    AnswerForm,
    MeetingForm,
    MinutesForm,
    OpinionForm,
    ResolutionForm,
    RoundForm,
)
from daodi.apps.plans.models import Meeting, Opinion, Plan, Round
from daodi.apps.plans.rights import PLANNERS, may_issue, may_plan
from daodi.apps.plans.showing import LIGHTS, rows_of
from daodi.apps.plans.talking import (
    SPEAKERS,
    answer_opinion,
    call_meeting,
    give_opinion,
    open_round,
    resolve,
    write_minutes,
)
from daodi.apps.plans.views import fetch_plan, fetch_planned
from daodi.core.people.models import Member, Unit
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, member_page, page_for


@member_page
def opinions(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the rounds with their opinions; a planner opens the next one here."""
    found = fetch_plan(request.member, pk)
    if request.method != "POST":
        return _opinions(request, found)
    plan = fetch_planned(request.member, pk)
    form = RoundForm(request.POST)
    act = partial(open_round, plan, by=request.member, now=timezone.now())
    if form.is_valid():
        given = form.cleaned_data
        tried(form, lambda: act(given["units"], until=given["until"]))
    if form.is_valid():
        messages.success(request, _("The units see the draft now."))
        return redirect("plans:opinions", pk)
    return _opinions(request, found, opening=form)


@require_POST
@member_page
def opinion_give(request: MemberRequest, pk: int, asked: int) -> HttpResponse:
    """Write an opinion down."""
    plan = fetch_plan(request.member, pk)
    found = get_object_or_404(plan.rounds, pk=asked)
    found.plan = plan
    units = _speaks_for(request.member, found)
    if not units:
        raise Http404
    form = OpinionForm(found, units, list(plan.lines.order_by("place")), request.POST)
    act = partial(give_opinion, found, by=request.member, now=timezone.now())
    if form.is_valid():
        tried(form, lambda: act(**form.cleaned_data))
    if form.is_valid():
        messages.success(request, _("Written down."))
        return redirect("plans:opinions", pk)
    return _opinions(request, plan, given={asked: form})


@require_POST
@page_for(*PLANNERS)
def opinion_answer(request: MemberRequest, pk: int, opinion: int) -> HttpResponse:
    """Answer an opinion."""
    plan = fetch_planned(request.member, pk)
    found = get_object_or_404(Opinion.objects.filter(round__plan=plan), pk=opinion)
    form = AnswerForm(found, request.POST)
    act = partial(answer_opinion, found, by=request.member, now=timezone.now())
    if form.is_valid():
        tried(form, lambda: act(**form.cleaned_data))
    if form.is_valid():
        messages.success(request, _("Answered."))
        return redirect("plans:opinions", pk)
    return _opinions(request, plan, answered={opinion: form})


@member_page
def meetings(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the meetings on a plan; a planner calls the next one here."""
    plan, now, member = fetch_plan(request.member, pk), timezone.now(), request.member
    planner = may_plan(member, plan.ledger)
    form = MeetingForm(plan, request.POST if request.method == "POST" else None)
    if form.is_bound and not planner:
        raise Http404
    if form.is_bound and form.is_valid():
        rows = rows_of([plan], list(plan.lines.for_tree()), member, now)
        if made := tried(form, lambda: call_meeting(form.instance, rows, by=member, now=now)):
            return redirect("plans:meeting", pk, made.pk)
    context = {
        "plan": plan,
        "meetings": plan.meetings.all(),
        "form": form if planner and not plan.is_draft else None,
    }
    return render(request, "plans/meetings.html", context, status=422 if form.errors else 200)


@member_page
def meeting(request: MemberRequest, pk: int, meeting: int) -> HttpResponse:
    """Show a meeting with agenda, minutes and resolutions."""
    return _meeting(request, _fetch_meeting(fetch_plan(request.member, pk), meeting))


@require_POST
@page_for(*PLANNERS)
def meeting_minutes(request: MemberRequest, pk: int, meeting: int) -> HttpResponse:
    """Write the minutes."""
    found = _fetch_meeting(fetch_planned(request.member, pk), meeting)
    form = MinutesForm(request.POST)
    act = partial(write_minutes, found, by=request.member)
    return _met(request, found, form, lambda: act(**form.cleaned_data), "minutes")


@require_POST
@page_for(*PLANNERS)
def meeting_resolve(request: MemberRequest, pk: int, meeting: int) -> HttpResponse:
    """Make a resolution a matter."""
    found = _fetch_meeting(fetch_planned(request.member, pk), meeting)
    form = ResolutionForm(request.POST)
    act = partial(resolve, found, by=request.member, now=timezone.now())
    return _met(request, found, form, lambda: act(**form.cleaned_data), "resolution")


def _met(
    request: MemberRequest, found: Meeting, form: forms.Form, act: Callable[[], Any], name: str
) -> HttpResponse:
    if form.is_valid():
        tried(form, act)
    if form.is_valid():
        messages.success(request, _("Saved."))
        return redirect("plans:meeting", found.plan_id, found.pk)
    return _meeting(request, found, **{name: form})


def _opinions(
    request: MemberRequest,
    plan: Plan,
    opening: RoundForm | None = None,
    given: dict[int, OpinionForm] | None = None,
    answered: dict[int, AnswerForm] | None = None,
) -> HttpResponse:
    planner = may_plan(request.member, plan.ledger)
    lines = list(plan.lines.order_by("place")) if plan.is_draft else []
    rounds = []
    for asked in plan.rounds.prefetch_related("asked", "opinions__unit", "opinions__line"):
        units = _speaks_for(request.member, asked) if plan.is_draft else []
        form = (given or {}).get(asked.pk) or OpinionForm(asked, units, lines)
        shown = [
            {"opinion": each, "form": (answered or {}).get(each.pk) or AnswerForm(each)}
            for each in asked.opinions.all()
        ]
        heard = {each.unit_id for each in asked.opinions.all()}
        silent = [unit for unit in asked.asked.all() if unit.pk not in heard]
        rounds.append(
            {"round": asked, "opinions": shown, "form": form if units else None, "silent": silent}
        )
    context = {
        "plan": plan,
        "rounds": rounds,
        "may_answer": planner,
        "opening": (opening or RoundForm()) if planner and plan.is_draft else None,
    }
    wrong = opening or given or answered
    return render(request, "plans/opinions.html", context, status=422 if wrong else 200)


def _speaks_for(member: Member, asked: Round) -> list[Unit]:
    """Return the units of a round for which a member may speak."""
    units = list(asked.asked.all())
    if may_plan(member, asked.plan.ledger):
        return units
    return [unit for unit in units if member.has(*SPEAKERS) and member.unit.is_within(unit)]


def _fetch_meeting(plan: Plan, pk: int) -> Meeting:
    found: Meeting = get_object_or_404(plan.meetings, pk=pk)
    found.plan = plan
    return found


def _meeting(request: MemberRequest, found: Meeting, **forms_tried: forms.Form) -> HttpResponse:
    member, plan = request.member, found.plan
    resolutions = found.resolutions.select_related("matter__unit")
    context = {
        "plan": plan,
        "meeting": found,
        "agenda": [{**each, "light": LIGHTS[each["light"]]} for each in found.agenda],
        "resolutions": [
            {"resolution": each, "seen": each.matter.is_visible_to(member)} for each in resolutions
        ],
        "minutes": forms_tried.get("minutes") or MinutesForm({"minutes": found.minutes})
        if may_plan(member, plan.ledger) else None,
        "resolution": forms_tried.get("resolution") or ResolutionForm()
        if may_issue(member, plan.ledger) else None,
    }  # fmt: skip
    return render(request, "plans/meeting.html", context, status=422 if forms_tried else 200)
