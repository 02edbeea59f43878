"""A step taken on a page that lists many matters: done there, and back to the list."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.drafts.services import drop_draft
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform
from daodi.web.forms.base import tried
from daodi.web.forms.moves import MoveForm
from daodi.web.pages import MemberRequest
from daodi.web.views.meanwhile import SEEN, check_seen, seen_version
from daodi.web.views.writing import keep_written


def take_step(
    request: MemberRequest, number: str, name: str, among: Collection[str]
) -> tuple[Matter, MoveForm | None]:
    """Take one of the steps `among`, as it was seen; return the form if it was refused."""
    if name not in among:
        raise Http404
    seen = Matter.objects.visible_to(request.member).for_page()
    found = get_object_or_404(seen, number=number)
    form = MoveForm(MOVES[name], found, request.member, request.POST, request.FILES)
    act = partial(perform, found, name, by=request.member, now=timezone.now())
    is_fresh = form.is_valid() and tried(form, partial(check_seen, found, seen_version(request)))
    if not (is_fresh and tried(form, partial(act, **form.cleaned_data))):
        keep_written(request, found, MOVES[name])
        return seen.get(pk=found.pk), form
    drop_draft(found, name, by=request.member)
    messages.success(
        request,
        _("Done: %(step)s, %(number)s.") % {"step": MOVES[name].label, "number": number},
    )
    return found, None


def step_id(matter: Matter, name: str) -> str:
    """Return by what the sheet of a step is found on its matter's page, and in any list."""
    return f"step-{name}-{matter.pk}"


def may_ask(matter: Matter, member: Member, back: str) -> list[dict[str, Any]]:
    """Return what a member may ask for on a row of a list: more time as handler, a halt as leader.

    `back` is the list that comes again afterwards, by its name in `matter.BACK`.
    """
    unit = matter.unit
    if matter.state != State.HANDLING or matter.pending or not (unit and member.reaches(unit)):
        return []
    asked = (
        (Role.HANDLER, "extend", _("Ask for an extension")),
        (Role.LEADER, "suspend", _("Ask for suspension")),
    )
    page = reverse("desk:matter", args=[matter.number])
    return [
        {"url": f"{page}?step={step}&from={back}", "id": step_id(matter, step), "word": word}
        for role, step, word in asked
        if member.has(role)
    ]


def show_step(
    page: str, matter: Matter, name: str, member: Member, form: MoveForm | None = None
) -> dict[str, Any]:
    """Return a step as the component `sheet` takes it, sent to an address of the page `page`.

    `form` is one that was refused; it stands open with what was typed.
    """
    return {
        "label": MOVES[name].label,
        "form": form or MoveForm(MOVES[name], matter, member),
        "url": f"{reverse(page, args=[matter.number, name])}?{SEEN}={matter.version}",
        "group": f"steps-{matter.pk}",
    }
