"""A map in words and shares, as its document takes it."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from daodi.apps.plans.maps import Axis, Bar, Group
from daodi.lib.text import listed

Shown = dict[str, Any]


def paper_of(drawn: Shown, printed: str) -> Shown:
    """Return the data of a map on paper; places are shares of its width."""
    axis: Axis = drawn["axis"]
    return {
        "title": str(drawn["title"]),
        "head": settings.SITE_NAME,
        "foot": printed,
        "is_road": drawn["name"] == "road",
        "labels": {
            "task": _("Task"), "unit": _("Lead unit"), "due": _("To be done by"),
            "forecast": _("Done or foreseen"), "light": _("Light"), "today": _("Today"),
        },
        "lights": [[code, word, n] for code, word, n in drawn["lights"]],
        "months": [[_share(x, axis), label] for x, label in drawn["months"]],
        "today": _share(axis.now, axis),
        "groups": [_group(group, axis) for group in drawn["groups"]],
        "plans": [_card(card) for card in drawn["plans"]],
    }  # fmt: skip


def _share(x: int, axis: Axis) -> float:
    return round(100 * x / axis.days, 2)


def _group(group: Group, axis: Axis) -> Shown:
    return {"name": group.name, "rows": [_bar(bar, axis) for bar in group.bars]}


def _bar(bar: Bar, axis: Axis) -> Shown:
    row = bar.row
    return {
        "title": str(row.line),
        "unit": str(row.line.lead or row.line.units),
        "due": f"{row.last:%m-%d}",
        "forecast": f"{bar.forecast:%Y-%m-%d}" if bar.forecast else "",
        "late_by": max(0, bar.late_by),
        "code": row.light.code,
        "light": str(row.light.word),
        "x": _share(bar.x, axis),
        "width": _share(bar.width, axis),
        "real": _share(bar.real, axis),
        "steps": [[_share(x, axis), done] for x, done in bar.steps],
    }


def _card(card: Shown) -> Shown:
    plan = card["plan"]
    return {
        "title": str(plan),
        "source": " ".join(filter(None, (plan.source, plan.source_number))),
        "kind": str(plan.get_source_kind_display()),
        "day": f"{plan.source_date:%Y-%m-%d}" if plan.source_date else "",
        "team": [f"{duty}：{names}" for duty, names in card["team"]],
        "counts": _("%(done)s of %(tasks)s done") % {"done": card["done"], "tasks": card["tasks"]},
        "heads": [
            {
                "title": str(head["row"].line),
                "counts": listed(f"{word} {n}" for _code, word, n in head["lights"]),
                "items": [str(item.line) for item in head["row"].below if not item.line.is_task],
            }
            for head in card["heads"]
        ],
    }
