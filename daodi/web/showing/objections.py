"""Both sides' words on a dispatch that a unit refuses."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.history.models import Event
from daodi.core.intake.suggest import past_leads, suggest
from daodi.core.ledgers.catalogue import find_line
from daodi.core.matters.models import Matter
from daodi.core.people.models import Unit
from daodi.core.workflow.models import Decision

Shown = dict[str, Any]
MOST_SHOWN = 4


def show_objection(matter: Matter) -> Shown | None:
    """Return what a ruling is made from, or nothing when no objection waits for one.

    The dispatch with its words, the unit's own, the line of the catalogue, what was refused
    before, where such matters went otherwise, and where it could go if the objection stands.
    """
    asked = list(
        matter.decisions.filter(kind=Decision.Kind.OBJECTION)
        .select_related("unit", "asked_by__user", "decided_by__user")
        .order_by("-pk")
    )
    if not asked or asked[0].decided_at:
        return None
    line = find_line(matter.ledger, matter.category, matter.division)
    sent = (
        Event.objects.filter(matter=matter, name="dispatch", at__lte=asked[0].asked_at)
        .for_page()
        .last()
    )
    return {
        "decision": asked[0],
        "sent": sent,
        "sent_words": sent.words.text if sent and hasattr(sent, "words") else "",
        "line": line,
        "line_is_theirs": bool(line and line.lead == asked[0].unit),
        "before": [_ruled(each) for each in asked[1:]],
        "went": _went(matter),
        "instead": _instead(matter),
    }


def _ruled(decision: Decision) -> Shown:
    said = _("stood") if decision.is_granted else _("failed")
    return {
        "unit": decision.unit,
        "at": decision.asked_at,
        "reason": decision.reason,
        "ruling": f"{said} {decision.remark}".strip(),
    }


def _instead(matter: Matter) -> Shown | None:
    """Return where it could go: units whose objection stands or waits are left out of it."""
    if matter.category is None:
        return None
    best = suggest(matter, [matter.category])[0]
    return {"unit": best.unit, "reason": best.unit_reason} if best.unit else None


def _went(matter: Matter) -> list[Shown]:
    """Return which units such matters from the same place went to within a year, how often."""
    if matter.category is None:
        return []
    times = past_leads(matter, [matter.category]).get(matter.category.pk, Counter())
    units = Unit.objects.in_bulk(times.keys())
    return [{"unit": units[pk], "times": n} for pk, n in times.most_common(MOST_SHOWN)]
