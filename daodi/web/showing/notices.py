"""Notices and what became of them, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.matters.models import Matter
from daodi.core.notices.carriers.known import carriers
from daodi.core.notices.models import Delivery, Notice
from daodi.core.notices.words import said
from daodi.core.people.models import Member
from daodi.web.showing.times import moment

# Notices that lead to a page of their own, and what the link there says.
HAS_A_PAGE = {
    "reminder": gettext_lazy("To the early sign"),
    "review": gettext_lazy("Look at them"),
    "surge": gettext_lazy("To the unusual increase"),
}
Shown = dict[str, Any]


def show_notices(notices: Iterable[Notice], member: Member, now: datetime) -> list[Shown]:
    """Return rows for the list; of a matter that the member sees no longer only what happened."""
    rows = list(notices)
    visible = _visible(rows, member)
    return [_row(notice, now, seen=notice.matter_id in visible) for notice in rows]


def _visible(notices: Iterable[Notice], member: Member) -> set[int]:
    ids = {notice.matter_id for notice in notices if notice.matter_id}
    return set(Matter.objects.visible_to(member).filter(pk__in=ids).values_list("pk", flat=True))


def _row(notice: Notice, now: datetime, *, seen: bool) -> Shown:
    return {
        "pk": notice.pk,
        "what": said(notice),
        **_where(notice, seen=seen),
        "card": notice.data.get("card", ""),
        "at": notice.at,
        "when": moment(notice.at, now),
        "unread": notice.read_at is None,
    }


def _where(notice: Notice, *, seen: bool) -> Shown:
    """Return where one reads on; an early sign has a page of its own, whatever its matters."""
    url = reverse("desk:notice", args=[notice.pk])
    if notice.name in HAS_A_PAGE:
        return {"title": HAS_A_PAGE[notice.name], "number": "", "url": url}
    if notice.matter is None or not seen:
        return {"title": _("(you see it no longer)"), "number": "", "url": ""}
    return {
        "title": notice.matter.title or _("(erased)"),
        "number": notice.matter.number,
        "url": url,
    }


def show_failed(deliveries: Iterable[Delivery], member: Member, now: datetime) -> list[Shown]:
    """Return rows for the list of what could not be delivered."""
    rows = list(deliveries)
    visible = _visible((delivery.notice for delivery in rows), member)
    labels = {name: carrier.label for name, carrier in carriers().items()}
    return [
        {
            "pk": delivery.pk,
            "who": _who(delivery),
            "carrier": labels.get(delivery.carrier, delivery.carrier),
            "reason": delivery.reason,
            "unsure": delivery.is_unsure,
            "at": delivery.changed_at,
            "when": moment(delivery.changed_at, now),
            "number": matter.number if matter and matter.pk in visible else "",
        }
        for delivery in rows
        for matter in [delivery.notice.matter]
    ]


def _who(delivery: Delivery) -> str:
    address, member = delivery.address, delivery.notice.member
    if address is None or member is None:
        return _("The resident")
    if address.unit:
        return _("Group of %(unit)s") % {"unit": address.unit}
    return f"{member} · {member.unit}"
