"""The knowledge base: find, write, change, publish, look at it again."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from daodi.core.knowledge.models import Entry, EntryQuerySet, EntryState, Proposal
from daodi.core.knowledge.rights import WRITERS, may_propose, may_publish, may_write
from daodi.core.knowledge.services import (
    REVIEW_AFTER,
    change_entry,
    confirm_entry,
    decide,
    propose,
    publish_entry,
    withdraw_entry,
    write_entry,
)
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.lib.days import day_of
from daodi.web.excel import asks_for_excel, list_file
from daodi.web.forms.base import tried
from daodi.web.forms.knowledge import (
    ConfirmForm,
    EntryFilterForm,
    EntryForm,
    ProposalForm,
    WithdrawForm,
    initial_from,
    initial_of,
)
from daodi.web.pages import MemberRequest, member_page, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.knowledge import (
    entry_cells,
    entry_heads,
    show_entry,
    show_row,
    show_tabs,
)

USE_SINCE = timedelta(days=90)
MOST_DUE = 100


@member_page
def entries(request: MemberRequest) -> HttpResponseBase:
    """Show what is published, or one of the lists of those who look after it."""
    form, today = EntryFilterForm(request.GET), day_of(timezone.now())
    chosen = request.GET.get("list", "")
    found = form.keep(_listed(chosen, Entry.objects.visible_to(request.member)))
    found = found.with_use(today - USE_SINCE).for_list()
    if asks_for_excel(request):
        rows = found.due(today) if chosen == "due" else found.newest_first()
        title = _("Knowledge")
        return list_file(rows, entry_heads(), entry_cells, title=title, by=request.member)
    page = by_newest(found, request)
    if chosen == "due":
        page.rows[:] = found.due(today)[:MOST_DUE]
    context = {
        "form": form,
        "tabs": show_tabs(chosen),
        "rows": [show_row(row, today) for row in page.rows],
        "page": page,
        "may_write": request.member.has(*WRITERS),
        "clear_url": f"?list={chosen}" if form.is_filled() else "",
    }
    return render(request, "desk/knowledge/entries.html", context)


@member_page
def entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an entry with its versions, and what this member may do with it."""
    return _page(request, _fetch(request.member, pk))


@page_for(*WRITERS)
def entry_new(request: MemberRequest) -> HttpResponse:
    """Write an entry, from nothing or from the answer of a cleared matter."""
    matter, now = _matter(request), timezone.now()
    initial = initial_from(matter, day_of(now))
    form = EntryForm(initial, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = tried(
            form, lambda: write_entry(form.draft(), by=request.member, now=now, matter=matter)
        )
        if made:
            messages.success(request, _("The draft is kept. It is found once it is published."))
            return redirect("desk:knowledge_entry", made.pk)
    context = {"title": _("New entry"), "form": form, "matter": matter}
    return render(request, "desk/knowledge/edit.html", context, status=422 if form.errors else 200)


@member_page
def entry_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what an entry says."""
    found, now = _fetch(request.member, pk), timezone.now()
    if not may_write(request.member, found):
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = EntryForm(initial_of(found), given, noted=True)
    if form.is_bound and form.is_valid():
        # The version seen is the lock.
        found.version = form.cleaned_data["version"] or 0
        act = partial(change_entry, found, form.draft(), note=form.cleaned_data["note"])
        if tried(form, lambda: act(by=request.member, now=now)):
            messages.success(request, _("Saved."))
            return redirect("desk:knowledge_entry", pk)
    context = {"title": _("Change the entry"), "form": form, "entry": found}
    return render(request, "desk/knowledge/edit.html", context, status=422 if form.errors else 200)


@require_POST
@member_page
def entry_act(request: MemberRequest, pk: int, name: str) -> HttpResponse:
    """Publish, withdraw, confirm or propose."""
    found = _fetch(request.member, pk)
    offer = _OFFERS.get(name)
    if offer is None:
        raise Http404
    form = offer[0](found, request.POST)
    act = partial(offer[1], found, by=request.member, now=timezone.now())
    if form.is_valid() and tried(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Done."))
        return redirect("desk:knowledge_entry", pk)
    return _page(request, _fetch(request.member, pk), name, form)


@require_POST
@member_page
def proposal_decide(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Take a proposal over, or leave the entry as it is."""
    found = _fetch(request.member, pk)
    proposal = get_object_or_404(Proposal.objects.open(), pk=number, entry=found)
    proposal.entry = found
    taken = request.POST.get("taken") == "yes"
    decide(proposal, taken=taken, by=request.member, now=timezone.now())
    messages.success(request, _("Done."))
    return redirect("desk:knowledge_entry", pk)


def _fetch(member: Member, pk: int) -> Entry:
    return get_object_or_404(Entry.objects.visible_to(member).for_page(), pk=pk)


def _listed(name: str, seen: EntryQuerySet) -> EntryQuerySet:
    lists = {
        "drafts": seen.filter(state=EntryState.DRAFT),
        "due": seen.due(day_of(timezone.now())),
        "proposed": seen.proposed_to(),
        "withdrawn": seen.filter(state=EntryState.WITHDRAWN),
    }
    return lists.get(name, seen.published())


def _matter(request: MemberRequest) -> Matter | None:
    number = request.GET.get("matter")
    if not number:
        return None
    cleared = Matter.objects.visible_to(request.member).filter(
        state=State.CLEARED, is_confidential=False
    )
    return get_object_or_404(cleared.for_page(), number=number)


def _blank(_entry: Entry, data: Any = None) -> forms.Form:
    return forms.Form(data)


def _confirm_form(_entry: Entry, data: Any = None) -> forms.Form:
    return ConfirmForm(data, initial={"review_on": day_of(timezone.now()) + REVIEW_AFTER})


def _withdraw_form(_entry: Entry, data: Any = None) -> forms.Form:
    return WithdrawForm(data)


def _proposal_form(entry: Entry, data: Any = None) -> ProposalForm:
    return ProposalForm(data, initial={"question": entry.question, "answer": entry.answer})


_LOOKS = {
    "publish": {"label": gettext_lazy("Publish the entry"), "look": "main"},
    "confirm": {"label": gettext_lazy("It is still right"), "look": ""},
    "propose": {"label": gettext_lazy("Propose other words"), "look": ""},
    "withdraw": {"label": gettext_lazy("Take it out of use"), "look": "danger"},
}
_OFFERS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "publish": (_blank, publish_entry),
    "confirm": (_confirm_form, confirm_entry),
    "propose": (_proposal_form, propose),
    "withdraw": (_withdraw_form, withdraw_entry),
}


def _open_to(entry: Entry, member: Member) -> list[str]:
    published = entry.state == EntryState.PUBLISHED
    keeps = may_publish(member, entry)
    offers = {
        "publish": keeps and not published,
        "confirm": keeps and published,
        "propose": may_propose(member, entry),
        "withdraw": keeps and published,
    }
    return [name for name, is_open in offers.items() if is_open]


def _page(
    request: MemberRequest, found: Entry, tried_name: str = "", form: Any = None
) -> HttpResponse:
    member, today = request.member, day_of(timezone.now())
    forms_shown = {name: _OFFERS[name][0](found) for name in _open_to(found, member)}
    if tried_name:
        forms_shown[tried_name] = form
    use = Entry.objects.filter(pk=found.pk).with_use(today - USE_SINCE).get()
    context = {
        **show_entry(found, use, today),
        "offers": [
            {"name": name, "form": offered, "open": name == tried_name, **_LOOKS[name]}
            for name, offered in forms_shown.items()
        ],
        "may_edit": may_write(member, found)
        and (found.state == EntryState.DRAFT or may_publish(member, found)),
        "proposals": found.proposals.open().select_related("by__user", "by__unit"),
        "may_decide": may_publish(member, found),
    }
    return render(request, "desk/knowledge/entry.html", context, status=422 if form else 200)
