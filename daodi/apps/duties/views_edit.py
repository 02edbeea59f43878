"""Write what a duty is to say; its steps are rows that buttons add, move and remove."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.apps.duties.forms import (
    BLANK_ROWS,
    ContentForm,
    StepFormSet,
    rows_after,
    steps_in,
    writing_units,
)
from daodi.apps.duties.models import Duty, Version
from daodi.apps.duties.rights import WRITERS, may_write
from daodi.apps.duties.writing import add_duty, revise
from daodi.core.people.models import Unit
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, page_for

ROWS = "rows"


@page_for(*WRITERS)
def duty_new(request: MemberRequest) -> HttpResponse:
    """Begin a duty of one's own unit, or of one below it that keeps a list."""
    units = {str(unit.pk): unit for unit in writing_units(request.member)}
    unit = units.get(request.GET.get("unit", ""), request.member.unit)
    return _edit(request, unit, None, None)


@page_for(*WRITERS)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the draft of a duty, or begin one from what is in force."""
    seen = Duty.objects.visible_to(request.member).for_page()
    found = get_object_or_404(seen, pk=pk, ended_at=None)
    if not may_write(request.member, found.unit):
        raise Http404
    return _edit(request, found.unit, found, found.versions.drafts().first())


def _edit(
    request: MemberRequest, unit: Unit, duty: Duty | None, draft: Version | None
) -> HttpResponse:
    base = draft or (duty.current if duty else None)
    initial: dict[str, object] = {"seen": draft.edits if draft else 0}
    if base:
        initial["categories"] = [category.pk for category in base.categories.all()]
    if not draft:
        initial["note"] = ""
    # A limit or a way back that nobody named is empty in its field, not 0.
    rows = (
        [{name: said or "" for name, said in step.items()} for step in base.steps] if base else []
    )
    form = ContentForm(instance=base, initial=initial)
    steps = StepFormSet(initial=rows or [{}] * BLANK_ROWS)
    status = 200
    if request.method == "POST" and (name := request.POST.get(ROWS)):
        form = ContentForm(initial=_typed(request))
        steps = StepFormSet(initial=rows_after(request.POST, name))
    elif request.method == "POST":
        form, steps = ContentForm(request.POST), StepFormSet(request.POST)
        if saved := _saved(request, form, steps, unit, duty):
            messages.success(request, _("The draft is kept."))
            return redirect("duties:version", saved.duty_id, saved.number)
        status = 422
    back = reverse("duties:duty", args=[duty.pk]) if duty else reverse("duties:duties")
    context = {"form": form, "steps": steps, "unit": unit, "duty": duty, "back": back}
    return render(request, "duties/edit.html", context, status=status)


def _typed(request: MemberRequest) -> dict[str, object]:
    """Return what was typed so far, unchecked, to be shown again."""
    typed = {name: request.POST.get(name, "") for name in ContentForm.base_fields}
    return {**typed, "categories": request.POST.getlist("categories")}


def _saved(
    request: MemberRequest,
    form: ContentForm,
    steps: Any,
    unit: Unit,
    duty: Duty | None,
) -> Version | None:
    if not (form.is_valid() & steps.is_valid()):
        return None
    content, by, now = form.content(steps_in(steps)), request.member, timezone.now()
    if duty is None:
        return tried(form, partial(add_duty, unit, content, by=by, now=now))
    seen = form.cleaned_data["seen"] or 0
    return tried(form, partial(revise, duty, content, seen=seen, by=by, now=now))
