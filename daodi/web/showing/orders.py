"""A supervisor's orders in words, on the page and on paper."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.matters.models import Matter
from daodi.core.matters.states import SIDE_LABELS, Side
from daodi.core.workflow.models import Order
from daodi.web.showing.matters import show_row
from daodi.web.showing.times import full, moment, span

Shown = dict[str, Any]


def show_order(order: Order, now: datetime) -> Shown:
    return {
        **show_row(order.matter, now),
        "order": order,
        "by": order.by or SIDE_LABELS[Side.SYSTEM],
        "paper": reverse("desk:order_pdf", args=[order.pk]),
        **_standing(order, now),
    }


def show_order_of(matter: Matter, now: datetime) -> Shown | None:
    """Return the order on a matter that is not closed, if there is one."""
    order = matter.orders.filter(closed_at=None).select_related("by__user").first()
    if order is None:
        return None
    order.matter = matter
    return show_order(order, now)


def _standing(order: Order, now: datetime) -> Shown:
    """Say how an order stands, as the clock component takes it."""
    due = _("due %(at)s") % {"at": moment(order.due_at, now)}
    if order.answered_at:
        late = order.answered_at > order.due_at
        words = _("answered %(at)s") % {"at": moment(order.answered_at, now)}
        return {"standing": {"tone": "late" if late else "met", "words": words, "due": due}}
    late = now > order.due_at
    words = _("late by %(span)s") if late else _("%(span)s left")
    left = words % {"span": span(abs(now - order.due_at))}
    return {"standing": {"tone": "late" if late else "calm", "words": left, "due": due}}


def paper_of_order(order: Order, printed: str, now: datetime) -> Shown:
    """Return the data of an order's document."""
    matter = order.matter
    by = f"{order.by.unit} · {order.by}" if order.by else str(SIDE_LABELS[Side.SYSTEM])
    facts = [
        (_("To"), str(matter.unit or _("not dispatched yet"))),
        (_("From"), str(matter.ledger.supervising_unit)),
        (_("Written by"), by),
        (_("Written at"), full(order.at)),
        (_("To be answered by"), full(order.due_at)),
        (_("Matter"), f"{matter.number} {matter.title or _('(erased)')}"),
        (_("State"), str(matter.get_state_display())),
    ]
    return {
        "labels": {
            "order": _("The order"),
            "answer": _("The answer"),
            "signed": _("Received by"),
            "date": _("Date"),
        },
        "title": _("Order no. %(number)s") % {"number": order.pk},
        "head": " · ".join(filter(None, (settings.SITE_NAME, matter.number))),
        "mark": _("Confidential") if matter.is_confidential else "",
        "foot": _("Printed by %(who)s, %(at)s") % {"who": printed, "at": full(now)},
        "facts": facts,
        "text": order.text or _("(erased)"),
        "answer": _answer(order),
    }


def order_heads() -> list[str]:
    return [
        _("Number"), _("Title"), _("State"), _("Lead unit"), _("The order"), _("Written by"),
        _("Written at"), _("To be answered by"), _("Answered at"), _("The answer"), _("Closed at"),
    ]  # fmt: skip


def order_cells(orders: Iterable[Order]) -> Iterator[list[object]]:
    """Return the rows of a table of orders."""
    for order in orders:
        matter = order.matter
        written, due, answered, closed = (
            timezone.localtime(at) if at else None
            for at in (order.at, order.due_at, order.answered_at, order.closed_at)
        )
        yield [
            matter.number, matter.title or _("(erased)"), matter.get_state_display(), matter.unit,
            order.text, order.by or SIDE_LABELS[Side.SYSTEM], written, due, answered,
            order.answer, closed,
        ]  # fmt: skip


def _answer(order: Order) -> str:
    """Return the answer with who gave it; a result that was handed in is an answer too."""
    if order.answered_at is None:
        return ""
    text = order.answer or _("The result was handed in.")
    who = f"{order.answered_by.unit} · {order.answered_by}" if order.answered_by else ""
    lines = [text, " · ".join(filter(None, (who, full(order.answered_at))))]
    if order.closed_at:
        lines.append(_("Closed %(at)s") % {"at": full(order.closed_at)})
    return "\n".join(lines)
