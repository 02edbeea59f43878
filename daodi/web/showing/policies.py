"""What a policy says, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.clocks.policy import Alarm, ClockRule, LimitFor, Policy
from daodi.core.ledgers.kinds import Kind, Urgency
from daodi.core.matters.moves import MOVES
from daodi.core.matters.states import SIDE_LABELS, Side, State
from daodi.core.people.roles import Role
from daodi.lib.text import listed
from daodi.lib.worktime import Counting
from daodi.web.showing.clocks import limit_words

Shown = dict[str, Any]
COUNTING = {
    Counting.ALWAYS: gettext_lazy("every hour counts"),
    Counting.WORKDAYS: gettext_lazy("working days count"),
    Counting.OFFICE: gettext_lazy("office hours count"),
}
CARDS = {"yellow": gettext_lazy("yellow card"), "red": gettext_lazy("red card")}
TOLD = {**dict(Role.choices), "above": gettext_lazy("leader of the unit above")}
WORDS = {"kind": dict(Kind.choices), "urgency": dict(Urgency.choices)}


def show_policy(policy: Policy) -> list[Shown]:
    """Return the clocks of a policy, each with its facts in words."""
    return [
        {
            "name": rule.name,
            "label": rule.title,
            "promise": rule.promise,
            "facts": [(label, text) for label, text in _facts(rule) if text],
            "limits": [_limit(line) for line in rule.limits],
            "alarms": [_alarm(alarm) for alarm in rule.alarms],
        }
        for rule in policy.clocks
    ]


def _facts(rule: ClockRule) -> list[tuple[str, str]]:
    return [
        (_("Runs for"), _party(rule.party)),
        (_("Starts with"), _moves(rule.starts)),
        (_("Stops with"), _moves(rule.stops)),
        (_("Ends without result with"), _moves(rule.voids)),
        (_("Pauses while"), listed(State(each).label for each in sorted(rule.pauses))),
        (_("What must be reported"), rule.content),
    ]


def _party(party: str) -> str:
    return str(SIDE_LABELS[Side(party)] if party in list(Side) else _("The lead unit"))


def _moves(names: Iterable[str]) -> str:
    """Name moves in the order of their table; `report:x` is a report on this very milestone."""
    wanted = {name.partition(":")[0] for name in names}
    return listed(move.label for move in MOVES.values() if move.name in wanted)


def _limit(line: LimitFor) -> str:
    text = limit_words(line.limit)
    if not line.limit.workdays or line.counting is not Counting.WORKDAYS:
        text = _("%(limit)s, %(counting)s") % {"limit": text, "counting": COUNTING[line.counting]}
    return f"{_conditions(line)}: {text}" if line.when else text


def _conditions(line: LimitFor) -> str:
    parts = (
        listed(WORDS.get(key, {}).get(value, value) for value in values)
        for key, values in line.when
    )
    return " · ".join(parts)


def _alarm(alarm: Alarm) -> str:
    told = listed(TOLD[each] for each in alarm.tell)
    text = _("At %(percent)s %% of the time, told: %(who)s") % {
        "percent": round(alarm.share * 100),
        "who": told,
    }
    more = (str(CARDS[alarm.card]) if alarm.card else "", _("an order") if alarm.order else "")
    return " · ".join(part for part in (text, *more) if part)
