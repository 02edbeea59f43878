"""What becomes public: the queue, and one matter with its words beside the masked ones."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.knowledge.rights import WRITERS
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.publishing.models import Publication
from daodi.core.publishing.services import (
    PUBLISHERS,
    draft_entry,
    in_charge_of,
    leave,
    publish,
    unpublish,
)
from daodi.lib.masking import find
from daodi.web.excel import asks_for_excel, list_file, matters_file
from daodi.web.forms.base import tried
from daodi.web.forms.publishing import PublishForm, ReasonForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.lists import show_columns, show_list
from daodi.web.showing.publications import publication_cells, publication_heads

# Of the file of what waits.
COLUMNS = ("category", "unit", "satisfied")
LISTS = ("waiting", "public", "good", "left")


@page_for(*PUBLISHERS)
def waiting(request: MemberRequest) -> HttpResponseBase:
    """Show what waits for a yes or no, what is public, or what was left unpublished."""
    chosen = request.GET.get("list", "")
    chosen = chosen if chosen in LISTS else LISTS[0]
    mine = in_charge_of(request.member)
    found: Any = mine.to_publish().for_list()
    if chosen == "good":
        found = Publication.objects.good().filter(matter__in=mine).for_list()
    elif chosen != LISTS[0]:
        decided = Publication.objects.filter(matter__in=mine, is_public=chosen == "public")
        found = decided.for_list()
    tabs = _tabs(chosen)
    if asks_for_excel(request):
        label = next(tab["label"] for tab in tabs if tab["current"])
        return _file(chosen, found.newest_first(), label, by=request.member)
    context = {"tabs": tabs, "chosen": chosen, "page": by_newest(found, request)}
    return render(request, "desk/publishing/waiting.html", context)


@page_for(*PUBLISHERS)
def publication(request: MemberRequest, number: str) -> HttpResponse:
    """Show a matter's own words beside the masked ones, to be changed and published."""
    matter = _fetch(request.member, number)
    shown = matter.publications.first()
    form = PublishForm(matter, shown, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        act = partial(publish, matter, by=request.member, now=timezone.now())
        if tried(form, lambda: act(**form.cleaned_data)):
            messages.success(request, _("%(number)s is public now.") % {"number": number})
            return redirect(_next(request.member, matter))
    return _page(request, matter, form, ReasonForm())


@require_POST
@page_for(*PUBLISHERS)
def publication_off(request: MemberRequest, number: str) -> HttpResponse:
    """Leave a matter unpublished, or take it off the public pages; either with a reason."""
    matter = _fetch(request.member, number)
    shown = matter.publications.first()
    form, act = ReasonForm(request.POST), unpublish if shown and shown.is_public else leave
    if form.is_valid():
        done = tried(
            form, lambda: act(matter, by=request.member, now=timezone.now(), **form.cleaned_data)
        )
        if done:
            messages.success(request, _("%(number)s is not public.") % {"number": number})
            return redirect(_next(request.member, matter))
    return _page(request, _fetch(request.member, number), PublishForm(matter, shown), form)


@require_POST
@page_for(*WRITERS)
def publication_entry(request: MemberRequest, number: str) -> HttpResponse:
    """Make a draft of the knowledge base of what everybody reads, and open it."""
    public = Publication.objects.public().select_related("matter__category__parent", "unit")
    shown = get_object_or_404(public, matter__number=number)
    made = draft_entry(shown, by=request.member, now=timezone.now())
    messages.success(request, _("The draft is kept. It is found once it is published."))
    return redirect("desk:knowledge_entry", made.pk)


def _file(chosen: str, found: Any, label: str, *, by: Member) -> FileResponse:
    """Give out one of the lists: what waits as matters, what was decided with its public words."""
    title = f"{_('To publish')} {label}"
    if chosen != LISTS[0]:
        return list_file(found, publication_heads(), publication_cells, title=title, by=by)
    columns = show_columns(COLUMNS)
    show = partial(show_list, now=timezone.now(), columns=columns, words=[])
    return matters_file(found, columns, show, title=title, by=by)


def _fetch(member: Member, number: str) -> Matter:
    decidable = in_charge_of(member).filter(
        state=State.CLEARED, may_publish=True, is_confidential=False, ledger__is_public=True
    )
    return get_object_or_404(decidable.for_page(), number=number)


def _next(member: Member, done: Matter) -> str:
    """Return the address of the next one that waits, or of the list when none does."""
    ahead = in_charge_of(member).to_publish().exclude(pk=done.pk)
    following = ahead.filter(pk__lt=done.pk).order_by("-pk").values_list("number", flat=True)
    number = following.first()
    if number is None:
        return reverse("desk:publishing")
    return reverse("desk:publication", args=[number])


def _page(
    request: MemberRequest, matter: Matter, form: PublishForm, reason: ReasonForm
) -> HttpResponse:
    shown = matter.publications.select_related("by__user").first()
    context = {
        "matter": matter,
        "shown": shown,
        "is_public": bool(shown and shown.is_public and shown.round == matter.round),
        "own": [
            (label, _marked(text))
            for label, text in (
                (_("Title"), matter.title),
                (_("What was asked"), matter.text),
                (_("Answer"), matter.answer),
            )
        ],
        "form": form,
        "reason": reason,
    }
    wrong = form.errors or reason.errors
    return render(
        request, "desk/publishing/publication.html", context, status=422 if wrong else 200
    )


def _marked(text: str) -> list[tuple[str, bool]]:
    """Cut a text where it is masked; the second of each pair says whether it is."""
    pieces, done = [], 0
    for one in find(text):
        pieces += [(text[done : one.start], False), (text[one.start : one.end], True)]
        done = one.end
    return [piece for piece in [*pieces, (text[done:], False)] if piece[0]]


def _tabs(chosen: str) -> list[dict[str, Any]]:
    labels = (_("Waiting"), _("Public"), _("Good for the knowledge base"), _("Left unpublished"))
    return [
        {"label": label, "url": f"?list={name}", "count": None, "current": name == chosen}
        for name, label in zip(LISTS, labels, strict=True)
    ]
