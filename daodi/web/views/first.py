"""What a handler does first: the unit's matters by day, each with the one step that is next."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.history.models import Event
from daodi.core.matters.belongings import Part
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.models import Order
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.parts import show_part_due
from daodi.web.showing.reminders import reminders_for
from daodi.web.showing.work import Shown, show_work
from daodi.web.views.meanwhile import QUIET
from daodi.web.views.steps import may_ask, show_step, take_step

PAGE = "desk:first_step"
STEPS = ("accept", "contact", "answer_order", "hand_part")
# What is due first; the inbox has the rest.
MOST = 40
# The ranks of next steps: those before LATER are for today whatever their deadline.
LATE, UNSIGNED, ORDERED, ANSWERED, SENT_BACK, LATER, OTHERS = range(7)
# What the resident or the leader did last asks for something at once.
REPLIED, RETURNED = ("reply", "write"), "return_draft"


@page_for(Role.HANDLER)
def first(request: MemberRequest) -> HttpResponse:
    """Show what the unit is to do today, this week and later, and what waits for others."""
    return _page(request)


@require_POST
@page_for(Role.HANDLER)
def first_step(request: MemberRequest, number: str, name: str) -> HttpResponse:
    """Sign for a matter, say that the resident was reached, or answer an order."""
    found, form = take_step(request, number, name, STEPS)
    if form is None:
        return redirect("desk:first")
    step = show_step(PAGE, found, name, request.member, form)
    return _page(request, {**step, "title": found.title})


def _page(request: MemberRequest, refused: Shown | None = None) -> HttpResponse:
    now, member = timezone.now(), request.member
    ours = Matter.objects.visible_to(member).in_house_of(member).for_list()
    mine = list(ours.to_handle().due_first()[:MOST])
    halted = list(ours.filter(state__in=(State.WAITING, State.SUSPENDED)).due_first()[:MOST])
    joint = list(_joint(member))
    work = show_work([*mine, *halted, *joint], now)
    behind = _with_late_parts(mine)
    last, ordered = _last_acts(mine), _ordered(mine)
    groups: dict[str, list[tuple[int, Shown]]] = {name: [] for name, _label in _labels()}
    for matter in [*mine, *halted]:
        rank, reason, step = _next(matter, last.get(matter.pk, ""), is_ordered=matter.pk in ordered)
        row = {**work[matter.pk], "reason": reason, "is_behind": matter.pk in behind}
        if step:
            row["step"] = show_step(PAGE, matter, step, member)
        row["asks"] = may_ask(matter, member, "first")
        # What is late already comes before whatever else there is.
        rank = LATE if rank != OTHERS and matter.due_at < now else rank
        groups[_group(matter.due_at, rank, now)].append((rank, row))
    for matter in joint:
        row = {**work[matter.pk], "clock": show_part_due(matter.part_due, now)}
        row["step"] = show_step(PAGE, matter, "hand_part", member)
        groups[_group(matter.part_due, LATER, now)].append((LATER, row))
    context = {
        "groups": [
            (label, [row for _rank, row in sorted(groups[name], key=lambda pair: pair[0])])
            for name, label in _labels()
        ],
        "reminders": reminders_for(member, now),
        "has_more": len(mine) == MOST,
        "nothing": not work,
        "refused": refused,
        "unit": member.unit,
    }
    return render(request, "desk/first.html", context, status=422 if refused else 200)


def _labels() -> tuple[tuple[str, str], ...]:
    return (
        ("today", _("Today")),
        ("week", _("Within a week")),
        ("later", _("Later")),
        ("others", _("Waits for others")),
    )


def _next(matter: Matter, last: str, *, is_ordered: bool) -> tuple[int, str, str]:
    """Return how urgent a matter's next step is, why it is next, and its name if taken here."""
    waits = _("Waits for a decision") if matter.pending else str(matter.get_state_display())
    mine = matter.state in (State.DISPATCHED, State.HANDLING)
    rules = (
        (matter.state == State.DISPATCHED, (UNSIGNED, "", "accept")),
        (is_ordered, (ORDERED, _("An order is to be answered"), "answer_order")),
        (not mine or matter.pending, (OTHERS, waits, "")),
        (last in REPLIED, (ANSWERED, _("The resident has written"), "")),
        (last == RETURNED, (SENT_BACK, _("The draft was returned"), "")),
        (matter.contacted_at is None, (LATER, "", "contact")),
    )
    found = (step for holds, step in rules if holds)
    return next(found, (LATER, _("Hand in the result"), ""))


def _group(due: datetime, rank: int, now: datetime) -> str:
    if rank == OTHERS:
        return "others"
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if rank < LATER or due <= midnight + timedelta(days=1):
        return "today"
    return "week" if due <= midnight + timedelta(days=7) else "later"


def _joint(member: Member) -> MatterQuerySet:
    """Return where other units wait for a part of ours, the nearest day first."""
    theirs = Matter.objects.visible_to(member).joint_for(member).for_list()
    working = theirs.filter(state__in=(State.DISPATCHED, State.HANDLING))
    not_ours = working.exclude(unit__path__startswith=member.unit.path)
    return not_ours.part_due_first()[:MOST]


def _with_late_parts(matters: list[Matter]) -> set[int]:
    late = Part.objects.late().filter(matter__in=matters)
    return set(late.values_list("matter_id", flat=True))


def _last_acts(matters: list[Matter]) -> dict[int, str]:
    """Return of each matter what was done on it last."""
    acts = Event.objects.filter(matter__in=matters).exclude(name__in=QUIET)
    last = acts.order_by("matter_id", "-seq").distinct("matter_id")
    return dict(last.values_list("matter_id", "name"))


def _ordered(matters: list[Matter]) -> set[int]:
    open_orders = Order.objects.open().filter(matter__in=matters)
    return set(open_orders.values_list("matter_id", flat=True))
