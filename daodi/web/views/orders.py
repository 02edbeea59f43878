"""A supervisor's orders: a list by what they wait for, closing and returning, and on paper."""

import logging
from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.exceptions import Refused
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.models import Order, OrderQuerySet
from daodi.lib.documents import NoFonts, NotTypeset, find_fonts, typeset
from daodi.web.excel import asks_for_excel, list_file
from daodi.web.pages import MemberRequest, member_page, page_for
from daodi.web.paging import by_newest
from daodi.web.showing.orders import order_cells, order_heads, paper_of_order, show_order
from daodi.web.showing.people import acting_name
from daodi.web.showing.work import Shown
from daodi.web.views.steps import show_step, take_step
from daodi.web.views.supervision import unit_asked

log = logging.getLogger(__name__)
PAPER = Path(__file__).parent.parent / "documents/order.typ"
LIST, PAGE = "desk:orders", "desk:order_step"
STEPS = ("close_order", "return_order")


@page_for(Role.SUPERVISOR)
def orders(request: MemberRequest) -> HttpResponseBase:
    """Show the orders that run, are late, wait to be closed, or are closed."""
    return _page(request)


@require_POST
@page_for(Role.SUPERVISOR)
def order_step(request: MemberRequest, number: str, name: str) -> HttpResponseBase:
    """Close an order or send its answer back, and see the list again."""
    found, form = take_step(request, number, name, STEPS)
    if form is None:
        return redirect(f"{reverse(LIST)}?show=answered")
    step = show_step(PAGE, found, name, request.member, form)
    return _page(request, {**step, "title": found.title})


@member_page
def order_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer with an order as a document, to be put before somebody on paper."""
    visible = Order.objects.visible_to(request.member).for_paper()
    order = get_object_or_404(visible, pk=pk)
    printed = f"{request.member.unit} · {acting_name(request.member)}"
    try:
        data = paper_of_order(order, printed, timezone.now())
        made = typeset(PAPER, data, fonts=find_fonts())
    except NoFonts as missing:
        raise Refused(str(missing)) from missing
    except NotTypeset as failed:
        log.warning("no paper of order %s: %s", order.pk, failed.why)
        raise Refused(str(failed)) from failed
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="order-{order.pk}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(request: MemberRequest, refused: Shown | None = None) -> HttpResponseBase:
    now, member = timezone.now(), request.member
    ours, unit = Order.objects.visible_to(member), unit_asked(request)
    if unit:
        ours = ours.filter(matter__unit=unit)
    kept: dict[str, tuple[str, OrderQuerySet]] = {
        "running": (_("Running"), ours.open()),
        "late": (_("Late"), ours.late(now)),
        "answered": (_("To be closed"), ours.to_close()),
        "closed": (_("Closed"), ours.exclude(closed_at=None)),
    }
    shown = request.GET.get("show", "")
    shown = shown if shown in kept else "running"
    found = kept[shown][1].for_list().select_related("by__user")
    if asks_for_excel(request):
        title = f"{_('Orders')} {kept[shown][0]}"
        return list_file(found.order_by("-pk"), order_heads(), order_cells, title=title, by=member)
    page = by_newest(found, request)
    context = {
        "tabs": [
            {"label": label, "url": f"{reverse(LIST)}?show={name}", "current": name == shown}
            for name, (label, _orders) in kept.items()
        ],
        "unit": unit,
        "rows": [_row(order, member, now, is_answered=shown == "answered") for order in page.rows],
        "page": page,
        "refused": refused,
    }
    return render(request, "desk/supervision/orders.html", context, status=422 if refused else 200)


def _row(order: Order, member: Member, now: datetime, *, is_answered: bool) -> Shown:
    steps = [show_step(PAGE, order.matter, name, member) for name in STEPS] if is_answered else []
    return {**show_order(order, now), "steps": steps}
