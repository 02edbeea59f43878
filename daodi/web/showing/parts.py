"""Joint units' parts, each with its own day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.matters.belongings import Part
from daodi.web.showing.clocks import NEAR, left_or_late
from daodi.web.showing.times import moment

Shown = dict[str, Any]


def show_parts(parts: Iterable[Part], now: datetime) -> list[Shown]:
    """Return unit, content and clock of each part."""
    return [
        {"unit": part.unit, "content": part.content, "clock": _show_clock(part, now)}
        for part in parts
    ]


def show_part_due(due: datetime, now: datetime) -> Shown:
    """Return the clock of a row by the day of its part."""
    tone = "late" if now > due else "calm"
    words = left_or_late(due, now)
    return {"name": _("Our part"), "tone": tone, "words": words, "due": moment(due, now)}


def _show_clock(part: Part, now: datetime) -> Shown | None:
    if part.handed_in_at:
        is_late = part.due_at is not None and part.handed_in_at > part.due_at
        words = _("handed in late") if is_late else _("handed in")
        return {
            "tone": "late" if is_late else "met",
            "words": words,
            "due": moment(part.handed_in_at, now),
        }
    if part.due_at is None:
        return None
    whole = (part.due_at - part.added_at).total_seconds() or 1
    share = min(100, max(0, round(100 * (now - part.added_at).total_seconds() / whole)))
    tone = "late" if now > part.due_at else "near" if share >= NEAR else "calm"
    return {
        "tone": tone,
        "words": left_or_late(part.due_at, now),
        "due": moment(part.due_at, now),
        "share": share,
    }
