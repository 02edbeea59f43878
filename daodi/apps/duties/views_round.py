"""Rounds of revision, and what the dispatch catalogue would take over from the duties."""

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.apps.duties.models import Answer, Duty, Part, Round
from daodi.apps.duties.proposing import may_take, proposals_for, take_over
from daodi.apps.duties.rights import may_run
from daodi.apps.duties.rounds import house_of, is_due, open_round, say_unchanged, waiting_in
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.pages import MemberRequest, page_for

IN_ROUNDS = (Role.HANDLER, Role.LEADER, Role.OPERATOR)
ALL = "all"


@page_for(*IN_ROUNDS)
def round_page(request: MemberRequest) -> HttpResponse:
    """Show the parts of the member's house, and to whoever opens rounds how far all units are."""
    member, now = request.member, timezone.now()
    mine = _running(member)
    last = Round.objects.filter(house=house_of(member)).first() if may_run(member) else None
    context = {
        "mine": [{"part": part, "waiting": list(waiting_in(part))} for part in mine],
        "last": last,
        "parts": _with_counts(last) if last else [],
        "may_run": may_run(member),
        "is_due": last is None or is_due(last, now),
    }
    return render(request, "duties/round.html", context)


@require_POST
@page_for(Role.OPERATOR)
def round_open(request: MemberRequest) -> HttpResponse:
    """Ask all units to look their lists through."""
    made = open_round(by=request.member, now=timezone.now())
    words = _("The round is open; %(n)s units were asked.")
    messages.success(request, words % {"n": made.parts.count()})
    return redirect("duties:round")


@require_POST
@page_for(Role.HANDLER, Role.LEADER)
def unchanged(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that one duty, or all that wait, need no change."""
    part = next((part for part in _running(request.member) if part.pk == pk), None)
    if part is None:
        raise Http404
    waiting = list(waiting_in(part))
    chosen = request.POST.get("duty", "")
    if chosen != ALL:
        waiting = [duty for duty in waiting if str(duty.pk) == chosen]
    say_unchanged(part, waiting, by=request.member, now=timezone.now())
    messages.success(request, _("Written down: %(n)s unchanged.") % {"n": len(waiting)})
    return redirect("duties:round")


@page_for(Role.MANAGER)
def catalogue(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where the catalogue says something else than the duties, and take that over."""
    ledger = get_object_or_404(Ledger.objects.run_by(request.member).with_units(), pk=pk)
    if request.method == "POST":
        chosen = {int(key) for key in request.POST.getlist("category") if key.isdigit()}
        taken = take_over(ledger, chosen, by=request.member)
        messages.success(request, _("Lines taken over: %(n)s.") % {"n": taken})
        return redirect("duties:catalogue", pk)
    found = proposals_for(ledger)
    context = {
        "ledger": ledger,
        "proposals": [each for each in found if not each.rival],
        "disputed": [each for each in found if each.rival],
        "may_take": may_take(request.member, ledger),
    }
    return render(request, "duties/catalogue.html", context)


def _running(member: Member) -> list[Part]:
    """Return the parts of a house that were not handed in yet."""
    open_ = Part.objects.filter(
        unit__path__startswith=member.unit.path, matter__state__in=["dispatched", "handling"]
    )
    return list(open_.select_related("round", "unit", "matter").order_by("unit__path"))


def _with_counts(last: Round) -> QuerySet[Part]:
    """Say of each part how many duties the unit has, and how many were looked at."""
    answers = Answer.objects.filter(round=last, duty__unit=OuterRef("unit"), duty__ended_at=None)
    duties = Duty.objects.in_force().filter(unit=OuterRef("unit"))
    one = Count("pk")
    return last.parts.select_related("unit", "matter").annotate(
        looked=Subquery(answers.values("duty__unit").annotate(n=one).values("n")),
        duties=Subquery(duties.values("unit").annotate(n=one).values("n")),
    )
