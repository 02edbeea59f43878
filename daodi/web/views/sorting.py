"""The operator's one queue: the next item, what to decide on it, and on to the next."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exceptions import ChangedMeanwhile
from daodi.core.history.contact import may_read_contact
from daodi.core.history.models import Event
from daodi.core.intake.advice import keep_why, places_of
from daodi.core.intake.claims import claim, let_go, next_to_sort
from daodi.core.intake.duplicates import Likeness, likely_duplicates
from daodi.core.intake.recurring import recurrences_of
from daodi.core.intake.suggest import Suggestion, suggest
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.who_may import who_dispatches
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.models import Division, Member
from daodi.core.people.roles import Role
from daodi.core.workflow.locating import last_locating, relocate
from daodi.core.workflow.rights import sides_of
from daodi.core.workflow.services import perform
from daodi.core.workflow.sorting import list_and_dispatch
from daodi.web.forms.base import tried
from daodi.web.forms.choices import leading_units
from daodi.web.forms.sorting import Choices, SortForm
from daodi.web.forms.wording import begin_with, insert, keep_typed, picker, templates_for
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.located import show_places
from daodi.web.showing.matters import show_row
from daodi.web.showing.objections import show_objection
from daodi.web.showing.recurrence import show_recurrences
from daodi.web.showing.sorting import (
    show_duplicates,
    show_last,
    show_suggestions,
    since_seen,
    ways,
)

SORTED_HERE = (State.RECEIVED, State.LISTED)
# Buttons for those without JavaScript: show what was typed again, with a template or another unit.
ASKED = {"insert", "route", "place"}
ROUTE = ("lead", "joint")
# What the operator takes back, and then sorts again.
TAKEN_BACK = ("recall", "unlist", "unmerge")


@page_for(Role.OPERATOR)
def next_item(request: MemberRequest) -> HttpResponse:
    """Open what is due first and nobody else has open; with ?after= go on behind that one."""
    now = timezone.now()
    after = _ours(request.member).filter(number=request.GET.get("after", "")).first()
    if after:
        let_go(after, by=request.member)
    found = next_to_sort(request.member, now, after)
    done = request.GET.get("done", "")
    if found is None:
        last = show_last(request.member, done, now)
        return render(request, "desk/sort_done.html", {"last": last})
    return redirect(reverse("desk:sort", args=[found.number]) + (f"?done={done}" if done else ""))


@page_for(Role.OPERATOR)
def sort(request: MemberRequest, number: str) -> HttpResponse:
    """Show an item with everything that helps to decide; sending it goes on to the next."""
    found = get_object_or_404(_ours(request.member).for_page(), number=number)
    if request.method == "POST":
        return _decide(request, found)
    if found.state not in SORTED_HERE:
        return redirect("desk:matter", number)
    return _page(request, found)


@page_for(Role.OPERATOR)
def hold(request: MemberRequest, number: str) -> HttpResponse:
    """Renew the claim while the page stays open; say so if it is somebody else's."""
    found = get_object_or_404(_ours(request.member), number=number)
    context = {"other": _other(found, request.member), "number": number}
    return render(request, "desk/parts/claim.html", context)


def _ours(member: Member) -> MatterQuerySet:
    """Keep what the member's house lists and dispatches."""
    return Matter.objects.visible_to(member).filter(ledger__in=Ledger.objects.run_by(member))


def _other(found: Matter, member: Member) -> Member | None:
    holder = claim(found, by=member, now=timezone.now()).member
    return None if holder == member else holder


def _decide(request: MemberRequest, found: Matter) -> HttpResponse:
    """Do what the button that was pressed says."""
    member, given, now = request.member, request.POST, timezone.now()
    for name in TAKEN_BACK:
        if name in given:
            perform(found, name, by=member, now=now)
            return redirect("desk:sort", found.number)
    if "merge" in given:
        seen = Matter.objects.visible_to(member).for_page()
        into = get_object_or_404(seen, number=given["merge"])
        perform(found, "merge", into=into, by=member, now=now)
        messages.success(request, _("Merged into %(number)s.") % {"number": into.number})
        return _on(found)
    if "place" in given:
        _take_place(found, given["place"], member)
    if ASKED.intersection(given):
        return _page(request, found)
    form = SortForm(found, _choices(found, given.get("category", "")), given)
    act = partial(_list if "list" in given else _dispatch, found, form, member)
    event: Event | None = tried(form, act) if form.is_valid() else None
    if event:
        keep_why(found, form.cleaned_data["why"], now=timezone.now())
        return _on(found)
    # What was changed on this one was not stored.
    return _page(request, _ours(member).for_page().get(pk=found.pk), form)


def _take_place(found: Matter, asked: str, by: Member) -> None:
    """Take the place that was suggested under this number; `back`: take the last one back."""
    now = timezone.now()
    if asked == "back":
        relocate(found, by=by, now=now)
        return
    known = {str(number): each for number, each in enumerate(places_of(found))}
    place = known.get(asked)
    division = get_object_or_404(Division, pk=place.division if place else None)
    perform(found, "locate", division=division, position=place and place.point, by=by, now=now)


def _on(found: Matter) -> HttpResponse:
    query = urlencode({"after": found.number, "done": found.number})
    return redirect(f"{reverse('desk:next')}?{query}")


def _list(found: Matter, form: SortForm, by: Member) -> Event:
    _as_seen(found, form)
    return perform(found, "list", **form.listing().given(), by=by, now=timezone.now())


def _dispatch(found: Matter, form: SortForm, by: Member) -> Event:
    _as_seen(found, form)
    now = timezone.now()
    return list_and_dispatch(found, form.listing(), **form.dispatch(), by=by, now=now)


def _as_seen(found: Matter, form: SortForm) -> None:
    if found.version != form.cleaned_data["version"]:
        raise ChangedMeanwhile(since_seen(found, form.cleaned_data["version"]))


def _choices(found: Matter, asked: str) -> Choices:
    """Fetch what can be chosen; the category that is `asked` for goes first."""
    categories = list(found.ledger.categories.active())
    chosen = next((each for each in categories if str(each.pk) == asked), None)
    return Choices(categories, list(leading_units()), suggest(found, categories, chosen))


def _duplicates(
    found: Matter, member: Member, now: datetime, best: Suggestion | None
) -> list[Likeness]:
    category = best.category if best else None
    knows_caller = may_read_contact(found, sides_of(found, member))
    return likely_duplicates(found, member, now, category, knows_caller=knows_caller)


def _page(
    request: MemberRequest, found: Matter, tried_form: SortForm | None = None
) -> HttpResponse:
    member, now = request.member, timezone.now()
    asked = request.POST.get("category") or request.GET.get("category", "")
    choices = tried_form.choices if tried_form else _choices(found, asked)
    templates = templates_for(found, member).get("dispatch", [])
    best = choices.best
    form = tried_form or SortForm(found, choices)
    form.initial["content"] = begin_with(templates, found, best.unit if best else None)
    if "insert" in request.POST:
        insert(form, "dispatch", request.POST, found, templates)
    elif "place" in request.POST:
        # Another place may mean another unit.
        keep_typed(form, request.POST, but=(*ROUTE, "version"))
    elif "route" in request.POST:
        keep_typed(form, request.POST, but=ROUTE)
    beside = request.GET.get("beside")
    url = reverse("desk:sort", args=[found.number])
    context = {
        "matter": found,
        "row": show_row(found, now),
        "pictures": [file for file in found.attachments.all() if file.is_picture],
        "form": form,
        "picker": picker(form, "dispatch", templates, url),
        "suggestions": show_suggestions(
            choices.suggestions, ways(choices.categories), form["category"].value()
        ),
        "places": show_places(found, places_of(found)),
        "taken": found.version > 1 and last_locating(found),
        "mark": show_recurrences(found, recurrences_of(found, member), member, now),
        "duplicates": show_duplicates(_duplicates(found, member, now, best), now),
        "beside": beside and Matter.objects.visible_to(member).filter(number=beside).first(),
        "other": _other(found, member),
        "last": show_last(member, request.GET.get("done", ""), now),
        "objection": show_objection(found) if found.bounces else None,
        "can_sort": found.state in SORTED_HERE,
        "who_dispatches": who_dispatches(found.ledger),
    }
    return render(request, "desk/sort.html", context, status=422 if tried_form else 200)
