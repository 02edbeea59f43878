"""What a line of history says beyond its name: units, days, results."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.history.models import Event
from daodi.core.intake.paper import grouped
from daodi.core.ledgers.kinds import Satisfied, Solved, Urgency
from daodi.core.people.models import Unit
from daodi.core.supervision.models import Reminder, ReminderLine
from daodi.lib.text import listed
from daodi.web.showing.located import areas_of
from daodi.web.showing.surges import surge_words
from daodi.web.showing.times import full

Shown = dict[str, Any]


def details_of(event: Event) -> str:
    """Return the details of a line in words; empty: it has none."""
    writer = _DETAILS.get(event.name)
    return writer(event.data) if writer else ""


def _units(data: Shown) -> str:
    codes = [data["lead"], *data["joint"]]
    names = {unit.code: str(unit) for unit in Unit.objects.filter(code__in=codes)}
    lead, *joint = (names.get(code, code) for code in codes)
    text = _("Lead: %(unit)s") % {"unit": lead}
    return text + ("\n" + _("Joint: %(units)s") % {"units": listed(joint)} if joint else "")


def _joint(data: Shown) -> str:
    return listed(map(str, Unit.objects.filter(code__in=data["joint"])))


def _joint_day(data: Shown) -> str:
    at = full(datetime.fromisoformat(data["until"]))
    return f"{_joint(data)} · " + _("by %(at)s") % {"at": at}


def _judgement(data: Shown) -> str:
    return f"{Solved(data['solved']).label} · {Satisfied(data['satisfied']).label}"


def _card(card: str) -> str:
    return {"yellow": _("yellow card"), "red": _("red card")}.get(card, "")


def _alarm(data: Shown) -> str:
    card = _card(data["card"])
    text = _("%(percent)s %% of the time is used") % {"percent": data["percent"]}
    return f"{text} · {card}" if card else text


def _reminder(data: Shown) -> str:
    """Say what became of an early sign that the matter is attached to."""
    name = data["step"]
    step = _card(data["card"]) if name == "card" else str(ReminderLine.Name(name).label)
    return f"{Reminder.Kind(data['kind']).label} · {step}"


def _origin(data: Shown) -> str:
    if "split_from" in data:
        return _("Split from %(number)s") % {"number": data["split_from"]}
    if "paper" in data:
        return _("Paper form %(serial)s") % {"serial": grouped(data["paper"])}
    return _("The same as %(number)s") % {"number": data["same_as"]} if "same_as" in data else ""


_DETAILS: dict[str, Callable[[Shown], str]] = {
    "dispatch": _units,
    "reassign": _units,
    "rejoin": _joint,
    "judge": _judgement,
    "schedule_part": _joint_day,
    "part_soon": _joint,
    "part_late": _joint,
    "alarm": _alarm,
    "reminder": _reminder,
    "surge": surge_words,
    "file": _origin,
    "split": lambda data: _("The second one is %(number)s") % {"number": data["into"]},
    "list": lambda data: str(Urgency(data["urgency"]).label),
    "decline": lambda data: data["reason"],
    "merge": lambda data: _("Into %(number)s") % {"number": data["into"]},
    **dict.fromkeys(("merged_in", "merged_out"), lambda data: data["number"]),
    "locate": areas_of,
    "schedule": lambda data: _("Until %(day)s") % {"day": data["until"]},
    "extend": lambda data: _("Until %(day)s") % {"day": data["until"]},
    "grant_extension": lambda data: _("Until %(day)s") % {"day": data["until"][:10]},
    "suspend": lambda data: _("Review on %(day)s") % {"day": data["review_on"]},
    "grant_suspension": lambda data: _("Review on %(day)s") % {"day": data["review_on"][:10]},
}
