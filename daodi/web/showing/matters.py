"""Matters in lists and on their page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from daodi.core.ledgers.kinds import Urgency
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.lib.text import listed
from daodi.web.showing.clocks import show_due
from daodi.web.showing.times import full

Shown = dict[str, Any]


def show_rows(matters: Iterable[Matter], now: datetime) -> list[Shown]:
    """Return what the matter table takes."""
    return [show_row(matter, now) for matter in matters]


def show_row(matter: Matter, now: datetime) -> Shown:
    cards = {"yellow": _("yellow card"), "red": _("red card")}
    return {
        "pk": matter.pk,
        "url": reverse("desk:matter", args=[matter.number]),
        "title": matter.title or _("(erased)"),
        "number": matter.number,
        "category": matter.category or "",
        "place": " ".join(str(part) for part in (matter.division or "", matter.address) if part),
        "state": matter.state,
        "state_word": str(State(matter.state).label),
        "urgency": matter.urgency,
        "urgency_word": str(Urgency(matter.urgency).label),
        "card": matter.card,
        "card_word": cards.get(matter.card, ""),
        "unit": matter.unit,
        "clock": show_due(matter, now),
        # What few rows have: a template that looks for what is not there takes five times as long.
        "card_reason": "",
        "found": None,
        "asks": (),
    }


def facts_of(matter: Matter) -> list[tuple[str, object]]:
    """Return what is known of a matter, as pairs of label and value; empty ones are left out."""
    labels = {field.name: str(field) for field in matter.ledger.extra_fields()}
    facts = [
        (_("Number"), matter.number),
        (_("Ledger"), matter.ledger),
        (_("Kind"), matter.get_kind_display()),
        (_("Category"), matter.category),
        (_("Urgency"), matter.get_urgency_display()),
        (_("Place"), " ".join(str(x) for x in (matter.division or "", matter.address) if x)),
        (_("Position"), _position(matter)),
        (_("Came by"), matter.get_channel_display()),
        (_("Filed"), full(matter.filed_at)),
        (_("Lead unit"), matter.unit),
        (_("First receiver"), matter.first_unit if matter.first_unit != matter.unit else None),
        (_("Promised by"), full(matter.promised_at) if matter.promised_at else None),
        (_("Sent back by units"), matter.bounces or None),
        (_("Redone"), matter.redos or None),
        (_("Left out of the scoring"), _("Yes") if matter.is_excluded else None),
        *((labels.get(name, name), _plain(value)) for name, value in matter.extra.items()),
    ]
    return [(label, value) for label, value in facts if value]


def _position(matter: Matter) -> str:
    """Return the position as a link that phones open in their map."""
    if matter.lat is None or matter.lon is None:
        return ""
    shown = f"{matter.lat:.5f},{matter.lon:.5f}"
    return format_html('<a href="geo:{}">{}</a>', shown, shown.replace(",", ", "))


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return listed(value) if isinstance(value, list) else value
