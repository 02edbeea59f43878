"""Early signs: the two lists, writing one from chosen matters, and what a unit answers."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from daodi.core.matters.models import Matter
from daodi.core.people.roles import Role
from daodi.core.supervision.models import Reminder
from daodi.core.supervision.reminders import (
    MOST_MATTERS,
    answer_reminder,
    attachable,
    close_reminder,
    may_answer,
    may_settle,
    return_reminder,
    write_reminder,
)
from daodi.web.excel import asks_for_excel, list_file
from daodi.web.forms.base import tried
from daodi.web.forms.supervision import LineForm, ReminderForm
from daodi.web.pages import MemberRequest, member_page, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.matters import show_rows
from daodi.web.showing.reminders import (
    reminder_cells,
    reminder_heads,
    show_lines,
    show_reminder,
)

STEP_LABELS = {
    "answer": gettext_lazy("Answer"),
    "send_back": gettext_lazy("Send the answer back"),
    "close": gettext_lazy("Close it"),
}
ACTS: dict[str, Callable[..., None]] = {
    "answer": answer_reminder,
    "send_back": return_reminder,
    "close": close_reminder,
}
DIGITS = 18
LISTS = {
    str(Reminder.Kind.PROMPT): gettext_lazy("List of prompts"),
    str(Reminder.Kind.ASSIGN): gettext_lazy("List of assignments"),
}


@member_page
def reminders(request: MemberRequest) -> HttpResponseBase:
    """Show the prompts or the assignments that the member's house wrote or is to answer."""
    now, shown = timezone.now(), request.GET.get("show", "")
    visible = Reminder.objects.visible_to(request.member).for_list()
    kinds = {str(kind): visible.open().filter(kind=kind) for kind in Reminder.Kind}
    closed = visible.exclude(closed_at=None)
    lists = {**kinds, "answered": visible.answered(), "closed": closed}
    labels = {
        **LISTS,
        "answered": _("Answered, to be closed"),
        "closed": _("Closed"),
    }
    shown = shown if shown in lists else str(Reminder.Kind.PROMPT)
    if asks_for_excel(request):
        found, cells = lists[shown].order_by("-pk"), partial(reminder_cells, member=request.member)
        title = f"{_('Early signs')} {labels[shown]}"
        return list_file(found, reminder_heads(), cells, title=title, by=request.member)
    page = by_newest(lists[shown], request)
    context = {
        "tabs": [
            {"label": labels[name], "url": f"?show={name}", "current": name == shown}
            for name in lists
        ],
        "rows": [show_reminder(each, now) for each in page.rows],
        "page": page,
    }
    return render(request, "desk/supervision/reminders.html", context)


@page_for(Role.SUPERVISOR)
def reminder_new(request: MemberRequest) -> HttpResponse:
    """Write an early sign from the matters that were ticked in a list."""
    given = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in given.getlist("m") if key.isdecimal() and len(key) <= DIGITS]
    chosen = attachable(request.member).for_list().filter(pk__in=keys[:MOST_MATTERS])
    matters = list(chosen.due_first())
    if not matters:
        messages.error(request, _("Tick the matters first; confidential ones cannot be attached."))
        return redirect("desk:supervision")
    posted = request.POST if request.method == "POST" else None
    form = ReminderForm(matters, posted, initial={"kind": given.get("do", "prompt")})
    made = _written(request, form, matters) if form.is_valid() else None
    if made:
        messages.success(request, _("Written: %(unit)s is told.") % {"unit": made.unit})
        return redirect("desk:reminder", made.pk)
    context = {"form": form, "rows": show_rows(matters, timezone.now())}
    status = 422 if form.errors else 200
    return render(request, "desk/supervision/reminder_new.html", context, status=status)


@member_page
def reminder(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an early sign with its matters, what was said on it, and what may be done."""
    return _page(request, _fetch(request, pk))


@require_POST
@member_page
def reminder_step(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Answer it, send the answer back, or close it."""
    found = _fetch(request, pk)
    if name not in ACTS:
        raise Http404
    form, now = LineForm(name, found, request.POST), timezone.now()
    if form.is_valid() and tried(form, lambda: _act(name, found, form, request, now)):
        return redirect("desk:reminder", pk)
    return _page(request, found, {name: form})


def _written(request: MemberRequest, form: ReminderForm, matters: list[Matter]) -> Reminder | None:
    given = form.cleaned_data
    return tried(
        form, lambda: write_reminder(matters, **given, by=request.member, now=timezone.now())
    )


def _act(name: str, found: Reminder, form: LineForm, request: MemberRequest, now: datetime) -> bool:
    ACTS[name](found, **form.cleaned_data, by=request.member, now=now)
    return True


def _fetch(request: MemberRequest, pk: int) -> Reminder:
    visible = Reminder.objects.visible_to(request.member).select_related("unit", "by_unit")
    return get_object_or_404(visible, pk=pk)


def _page(
    request: MemberRequest, found: Reminder, tried_forms: dict[str, Any] | None = None
) -> HttpResponse:
    now, member = timezone.now(), request.member
    visible = Matter.objects.visible_to(member).filter(reminders=found).for_list()
    matters = list(visible.order_by("pk"))
    can_settle = may_settle(found, member)
    possible = {
        "answer": may_answer(found, member),
        "send_back": can_settle and found.answered_at is not None,
        "close": can_settle,
    }
    names = [name for name, can in possible.items() if can]
    context = {
        **show_reminder(found, now),
        "matters": show_rows(matters, now),
        "hidden": found.matters.count() - len(matters),
        "lines": show_lines(found),
        "steps": _steps(found, names, tried_forms or {}),
    }
    status = 422 if tried_forms else 200
    return render(request, "desk/supervision/reminder.html", context, status=status)


def _steps(found: Reminder, names: list[str], tried_forms: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the steps that are open, as the component `sheet` takes them."""
    return [
        {
            "label": STEP_LABELS[name],
            "url": reverse("desk:reminder_step", args=[found.pk, name]),
            "form": tried_forms.get(name) or LineForm(name, found),
            "look": "main" if name == "answer" else "",
            "open": name == "answer" or name in tried_forms,
        }
        for name in names
    ]
