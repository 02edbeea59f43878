"""Contact places: one's own with their visits, recording one, and sending on what was found."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from daodi.apps.plans.contacts import KEEPERS, Concern, ContactPlace, Visit
from daodi.apps.plans.forms_contacts import ConcernForm, PlaceForm, VisitForm
from daodi.apps.plans.showing_contacts import own_reminders, show_visit, show_visits
from daodi.apps.plans.visiting import (
    change_visit,
    give_back,
    ledgers_for_concerns,
    may_give_back,
    may_record,
    record_visit,
    send_on,
    take_place,
)
from daodi.core.people.roles import Role
from daodi.web.forms.base import tried
from daodi.web.pages import MemberRequest, page_for
from daodi.web.paging import by_newest


@page_for(*KEEPERS)
def contacts(request: MemberRequest) -> HttpResponse:
    """Show one's own places and visits, and what is still to come this quarter."""
    member, now = request.member, timezone.now()
    places = list(ContactPlace.objects.of(member).kept().with_last_visit().for_list().by_house())
    page = by_newest(Visit.objects.of(member).for_list(), request)
    context = {
        "places": places,
        "reminders": own_reminders(member, now) if member.has(Role.LEADER) else [],
        "visits": show_visits(page.rows, member),
        "page": page,
        "keeps": member.has(*KEEPERS),
        "may_have": member.has(Role.LEADER),
    }
    return render(request, "plans/contacts.html", context)


@page_for(*KEEPERS)
def place_new(request: MemberRequest) -> HttpResponse:
    """Take a place on, or give one to somebody of the house."""
    form = PlaceForm(request.member, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        act = partial(take_place, form.draft(), by=request.member, now=timezone.now())
        if made := tried(form, act):
            messages.success(request, _("The place is there."))
            return redirect("plans:place", made.pk)
    context = {"title": _("New contact place"), "form": form, "back": reverse("plans:contacts")}
    return render(request, "plans/visit_edit.html", context, status=422 if form.errors else 200)


@page_for(*KEEPERS)
def place(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a place with its visits, the newest first."""
    found = _fetch_place(request, pk)
    page = by_newest(Visit.objects.filter(place=found).for_list(), request)
    context = {
        "place": found,
        "visits": show_visits(page.rows, request.member),
        "page": page,
        "may_record": may_record(found, request.member),
        "may_give_back": may_give_back(found, request.member),
    }
    return render(request, "plans/place.html", context)


@require_POST
@page_for(*KEEPERS)
def place_give_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a place go."""
    found = _fetch_place(request, pk)
    give_back(found, by=request.member, now=timezone.now())
    messages.success(request, _("Given back. Its visits stay."))
    return redirect("plans:place", pk)


@page_for(Role.LEADER)
def visit_new(request: MemberRequest) -> HttpResponse:
    """Record a visit on one screen."""
    member, now = request.member, timezone.now()
    places = list(ContactPlace.objects.of(member).kept().by_house())
    if not places:
        messages.warning(request, _("First say which places you look after."))
        return redirect("plans:place_new")
    given = request.POST if request.method == "POST" else None
    form = VisitForm(places, timezone.localtime(now).date(), given)
    if request.GET.get("place"):
        form.initial["place"] = request.GET["place"]
    if form.is_bound and form.is_valid():
        act = partial(record_visit, by=member, now=now)
        if made := tried(form, lambda: act(**form.given())):
            _tell_sent(request, made)
            return redirect("plans:visit", made.pk)
    context = {"title": _("Record a visit"), "form": form, "back": reverse("plans:contacts")}
    return render(request, "plans/visit_edit.html", context, status=422 if form.errors else 200)


@page_for(*KEEPERS)
def visit(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a visit with what was found and what became of it."""
    found = _fetch_visit(request, pk)
    own = found.place.member_id == request.member.pk
    return render(
        request,
        "plans/visit.html",
        {
            "visit": found,
            "shown": show_visit(found, request.member),
            "form": ConcernForm(ledgers_for_concerns()) if own else None,
            "may_edit": own,
        },
    )


@page_for(Role.LEADER)
def visit_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a visit, or add what else was found."""
    found, now = _fetch_visit(request, pk), timezone.now()
    if found.place.member_id != request.member.pk:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = VisitForm([], timezone.localtime(now).date(), given, visit=found)
    if form.is_bound and form.is_valid():
        tried(form, lambda: change_visit(found, **form.given(), by=request.member, now=now))
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("plans:visit", pk)
    context = {
        "title": _("Change the visit"), "form": form, "back": reverse("plans:visit", args=[pk]),
    }  # fmt: skip
    return render(request, "plans/visit_edit.html", context, status=422 if form.errors else 200)


@require_POST
@page_for(Role.LEADER)
def concern_send(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a concern a matter."""
    own = Concern.objects.filter(visit__place__member=request.member)
    concern: Concern = get_object_or_404(
        own.select_related("visit__place__member", "visit__place__division"), pk=pk
    )
    form = ConcernForm(ledgers_for_concerns(), request.POST)
    made = None
    if form.is_valid():
        act = partial(send_on, concern, by=request.member, now=timezone.now())
        made = tried(form, lambda: act(form.cleaned_data["ledger"]))
    if made:
        messages.success(request, _("It is matter %(number)s now.") % {"number": made.number})
    else:
        messages.error(request, _words(form))
    return redirect("plans:visit", concern.visit_id)


def _words(form: ConcernForm) -> str:
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


def _tell_sent(request: MemberRequest, made: Visit) -> None:
    sent = made.concerns.exclude(matter=None).count()
    words = _("The visit is written down.")
    if sent:
        more = ngettext(
            "%(n)s problem was sent on as a matter.", "%(n)s problems were sent on as matters.",
            sent,
        )  # fmt: skip
        words = f"{words} {more % {'n': sent}}"
    messages.success(request, words)


def _fetch_place(request: MemberRequest, pk: int) -> ContactPlace:
    seen = ContactPlace.objects.visible_to(request.member).for_list()
    found: ContactPlace = get_object_or_404(seen, pk=pk)
    return found


def _fetch_visit(request: MemberRequest, pk: int) -> Visit:
    found: Visit = get_object_or_404(Visit.objects.visible_to(request.member).for_list(), pk=pk)
    return found
