"""What a unit's leader looks at, mostly on the phone: to sign, late, due soon, halted."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.clocks.services import load_calendar
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.models import Decision, Order
from daodi.lib.limits import Limit
from daodi.lib.worktime import Counting, reckon
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.matters import show_rows
from daodi.web.showing.people import away_from
from daodi.web.showing.reminders import reminders_for
from daodi.web.showing.surges import surges_for
from daodi.web.showing.times import moment
from daodi.web.showing.work import Shown, show_work
from daodi.web.views.steps import may_ask, show_step, take_step

# What is due within two working days can still be helped.
SOON = Limit.parse("P2W")
PAGE = "desk:lead_step"
STEPS = ("sign", "return_draft", "answer_order")
# A phone is no place for more; the inbox has the rest.
MOST = 20


@page_for(Role.LEADER)
def lead(request: MemberRequest) -> HttpResponse:
    """Show what waits for the leader of a unit, and what is late in it or soon will be."""
    return _page(request)


@require_POST
@page_for(Role.LEADER)
def lead_step(request: MemberRequest, number: str, name: str) -> HttpResponse:
    """Sign, return a draft, or answer an order, and see the page again."""
    found, form = take_step(request, number, name, STEPS)
    if form is None:
        return redirect("desk:lead")
    step = show_step(PAGE, found, name, request.member, form)
    return _page(request, {**step, "title": found.title})


def _page(request: MemberRequest, refused: Shown | None = None) -> HttpResponse:
    now, member = timezone.now(), request.member
    ours = Matter.objects.visible_to(member).in_house_of(member).for_list()
    until = reckon(now, SOON, Counting.WORKDAYS, load_calendar()).due
    pressing = list(ours.in_hand().filter(due_at__lte=until).due_first()[:MOST])
    halted = list(ours.suspended().due_first()[:MOST])
    decisions = _to_sign(ours)
    orders = _to_answer(ours)
    asked = [*(draft.matter for draft in decisions), *(order.matter for order in orders)]
    work = show_work([*pressing, *halted, *asked], now)
    context = {
        "drafts": [_draft(decision, work, member) for decision in decisions],
        "orders": [_order(order, work, member) for order in orders],
        "late": [_with_asks(each, work, member) for each in pressing if each.due_at <= now],
        "soon": [_with_asks(each, work, member) for each in pressing if each.due_at > now],
        "halted": [work[each.pk] for each in halted],
        "waiting": show_rows(_to_dispatch(member)[:MOST], now),
        "reminders": reminders_for(member, now),
        "surges": surges_for(member, now),
        "has_more": len(pressing) == MOST,
        "until": moment(until, now),
        "away": away_from(member.unit, timezone.localtime(now).date()),
        "refused": refused,
        "unit": member.unit,
    }
    return render(request, "desk/lead.html", context, status=422 if refused else 200)


def _to_dispatch(member: Member) -> MatterQuerySet:
    """Return what is listed where a leader dispatches, what is due first on top."""
    ledgers = Ledger.objects.run_by(member).filter(leader_dispatches=True)
    listed = Matter.objects.visible_to(member).filter(state=State.LISTED, ledger__in=ledgers)
    return listed.for_list().due_first()


def _to_sign(ours: MatterQuerySet) -> list[Decision]:
    """Return the drafts that wait, what is due first on top, each with its matter."""
    matters = {each.pk: each for each in ours.to_decide(Decision.Kind.SIGNATURE).due_first()[:MOST]}
    drafts = Decision.objects.open().filter(matter__in=matters).select_related("asked_by__user")
    found = {draft.matter_id: draft for draft in drafts}
    for draft in drafts:
        draft.matter = matters[draft.matter_id]
    return [found[pk] for pk in matters if pk in found]


def _to_answer(ours: MatterQuerySet) -> list[Order]:
    """Return the orders that wait for an answer, what is due first on top."""
    open_orders = Order.objects.open().filter(matter__in=ours.open().values("pk"))
    return list(open_orders.for_list()[:MOST])


def _draft(decision: Decision, work: dict[int, Shown], member: Member) -> Shown:
    matter = decision.matter
    return {
        **work[matter.pk],
        "decision": decision,
        "sign": show_step(PAGE, matter, "sign", member),
        "return": show_step(PAGE, matter, "return_draft", member),
    }


def _with_asks(matter: Matter, work: dict[int, Shown], member: Member) -> Shown:
    """Add where the leader asks for a halt; a review day and a plan belong to it."""
    return {**work[matter.pk], "asks": may_ask(matter, member, "lead")}


def _order(order: Order, work: dict[int, Shown], member: Member) -> Shown:
    step = show_step(PAGE, order.matter, "answer_order", member)
    return {**work[order.matter_id], "order": order, "step": step}
