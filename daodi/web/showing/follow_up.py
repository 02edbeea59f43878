"""Follow-up on the desk: rules in words, and numbers that name nobody."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.followup.models import FollowUp, FollowUpRule
from daodi.core.ledgers.models import Ledger
from daodi.lib.text import listed

Shown = dict[str, Any]
State, Whom = FollowUp.State, FollowUpRule.Whom
MOST_NAMED = 20


def show_ledger(ledger: Ledger, rule: FollowUpRule, numbers: Shown) -> Shown:
    """Return a ledger's rule in a sentence, with its figures as the component shows them."""
    drawn = numbers.get("all_drawn", 0)
    reached = numbers.get(State.REACHED, 0)
    return {
        "ledger": ledger,
        "url": reverse("desk:follow_up_rule", args=[ledger.pk]),
        "words": f"{_whom(rule)} {_tries(rule)}",
        "figures": [
            {"label": _("Handed in"), "value": numbers.get("handed_in", 0)},
            {"label": _("Drawn"), "value": drawn},
            {"label": State.WAITING.label, "value": numbers.get(State.WAITING, 0)},
            {"label": State.REACHED.label, "value": reached},
            {"label": State.JUDGED.label, "value": numbers.get(State.JUDGED, 0)},
            {"label": State.NOT_REACHED.label, "value": numbers.get(State.NOT_REACHED, 0)},
        ],
    }


def show_check(count: int, wrong: list[FollowUp]) -> Shown:
    """Say whether the draws came out the same once more."""
    if not wrong:
        words = ngettext(
            "%(n)s result was drawn once more: it came out as recorded.",
            "%(n)s results were drawn once more: all came out as recorded.",
            count,
        )
        return {"tone": "success", "text": words % {"n": count}}
    text = _(
        "Not as recorded: %(numbers)s. Either the site's secret is another one since, or somebody "
        "changed the rows."
    )
    return {
        "tone": "error",
        "text": text % {"numbers": listed(row.matter.number for row in wrong[:MOST_NAMED])},
    }


def _whom(rule: FollowUpRule) -> str:
    if rule.whom == Whom.SHARE:
        return _("%(share)s %% of all are drawn by lot.") % {"share": rule.share}
    if rule.whom == Whom.CROSS:
        return ngettext(
            "Those are called who are not satisfied, and those who say nothing for %(n)s day.",
            "Those are called who are not satisfied, and those who say nothing for %(n)s days.",
            rule.silent_days,
        ) % {"n": rule.silent_days}
    return _("Everybody is called who has not said on the page to be satisfied.")


def _tries(rule: FollowUpRule) -> str:
    said = {"n": rule.most_tries, "hours": rule.hours_apart}
    return _("Tries: %(n)s, at least %(hours)s hours apart.") % said
