"""What stands beside an operator's decision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.history.models import Event
from daodi.core.intake.duplicates import Likeness
from daodi.core.intake.suggest import Suggestion
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.workflow.obstacles import obstacle
from daodi.core.workflow.rights import sides_of
from daodi.lib.text import listed
from daodi.web.showing.events import show_events
from daodi.web.showing.matters import show_row
from daodi.web.showing.times import moment

Shown = dict[str, Any]
LIKELY, POSSIBLE = 0.4, 0.2
# By which step an operator takes back what was just done.
TAKEN_BACK = {State.DISPATCHED: "recall", State.LISTED: "unlist", State.MERGED: "unmerge"}


def show_suggestions(
    suggestions: Iterable[Suggestion], way: dict[int, str], chosen: object
) -> list[Shown]:
    """Return the suggestions as buttons: what, where, why, and how sure."""
    return [
        {
            "key": number,
            "category": each.category,
            "way": way.get(each.category.parent_id or 0, ""),
            "chosen": str(each.category.pk) == str(chosen),
            "unit": each.unit,
            "reason": each.reason,
            "unit_reason": each.unit_reason,
            "sure": _sure(each),
        }
        for number, each in enumerate(suggestions, start=1)
    ]


def ways(categories: Iterable[Category]) -> dict[int, str]:
    """Name each category with what is above it, from rows that are there already."""
    named: dict[int, str] = {}
    for category in sorted(categories, key=lambda each: each.level):
        above = named.get(category.parent_id or 0, "")
        named[category.pk] = f"{above} / {category}" if above else str(category)
    return named


def show_duplicates(found: Iterable[Likeness], now: datetime) -> list[Shown]:
    return [
        {
            **show_row(each.matter, now),
            "filed": moment(each.matter.filed_at, now),
            "reasons": listed(each.reasons),
            "can_merge": each.can_merge,
        }
        for each in found
    ]


def since_seen(matter: Matter, version: int) -> str:
    """Say what others did on a matter since somebody saw it at this version."""
    events = Event.objects.filter(matter=matter, seq__gt=version).for_page()
    lines = [
        f"{line['what']} {line['who']}: {line['text']}".rstrip(": ").replace("\n", " ")
        for line in show_events(events, (), "")
    ]
    return _("Somebody was faster: %(lines)s. What you wrote stands below and was not sent.") % {
        "lines": listed(lines)
    }


def show_last(member: Member, number: str, now: datetime) -> Shown | None:
    """Return what was just sent, with whether it can still be taken back."""
    if not number:
        return None
    last = Matter.objects.visible_to(member).for_page().filter(number=number).first()
    if last is None or last.state not in TAKEN_BACK:
        return None
    name = TAKEN_BACK[State(last.state)]
    sides = sides_of(last, member)
    open_to = Side.OPERATOR in sides and not obstacle(last, MOVES[name], sides, now)
    return {
        "number": last.number,
        "title": last.title,
        "unit": last.unit,
        "state_word": last.get_state_display(),
        "take_back": name if open_to else "",
        "label": MOVES[name].label,
        "url": reverse("desk:sort", args=[last.number]),
    }


def _sure(suggestion: Suggestion) -> str:
    """Say how sure it is; in percent only what was learnt, for only that was tried."""
    confidence = suggestion.confidence
    if confidence >= LIKELY:
        word = _("very likely")
    else:
        word = _("likely") if confidence >= POSSIBLE else _("possible")
    return f"{word} {confidence:.0%}" if suggestion.is_learnt else word
