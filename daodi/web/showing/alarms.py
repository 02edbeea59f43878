"""The alarms of a clock: which came when, and which comes next."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from daodi.core.deadlines.models import Clock
from daodi.core.history.models import Event
from daodi.lib.text import listed
from daodi.web.showing.policies import TOLD
from daodi.web.showing.times import moment

Shown = dict[str, Any]


def show_alarms(clock: Clock, events: Iterable[Event], now: datetime) -> list[Shown]:
    """Return the alarms that a clock has given, and the one ahead; asks the database nothing."""
    shown = [
        _alarm(event.data["card"], event.data["percent"], moment(event.at, now), event.data["tell"])
        for event in events
        if event.name == "alarm" and _is_of(event, clock)
    ]
    if clock.is_running and clock.alarm_at and clock.paused_at is None:
        ahead = clock.rule.alarms[clock.alarm]
        at = _("next: %(at)s") % {"at": moment(clock.alarm_at, now)}
        shown.append(
            {**_alarm(ahead.card, round(ahead.share * 100), at, ahead.tell), "ahead": True}
        )
    return shown


def _is_of(event: Event, clock: Clock) -> bool:
    ended = clock.stopped_at is not None and event.at > clock.stopped_at
    return event.data["clock"] == clock.name and event.at >= clock.started_at and not ended


def _alarm(card: str, percent: int, at: str, tell: Iterable[str]) -> Shown:
    cards = {"yellow": _("yellow card"), "red": _("red card")}
    told = listed(TOLD[name] for name in tell)
    return {
        "card": card,
        "card_word": cards.get(card, ""),
        "words": _("%(at)s, at %(percent)s %%") % {"at": at, "percent": percent},
        "told": told,
    }
