"""What grows faster than usual, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.notices.words import usual
from daodi.core.people.models import Member
from daodi.core.surges.models import Replay, Surge
from daodi.core.surges.services import SETTERS
from daodi.web.showing.times import moment

Shown = dict[str, Any]
MOST = 10
HUNDRED = 100


def surge_words(data: Shown) -> str:
    """Say what there was more of, and where, as a line of history keeps it."""
    words = _("%(count)s in %(days)s days, usual: %(usual)s") % _numbers(data)
    return f"{data['where']} {data['what']}: {words}".strip()


def show_surge(surge: Surge, now: datetime) -> Shown:
    numbers = {"count": surge.count, "days": surge.days, "usual": surge.usual}
    return {
        "pk": surge.pk,
        "name": str(surge),
        "ledger": surge.ledger,
        "url": reverse("desk:surge", args=[surge.pk]),
        "words": _("%(count)s people in %(days)s days; usual: %(usual)s") % _numbers(numbers),
        "since": surge.since,
        "seen": surge.seen,
        "found": moment(surge.found_at, now),
        "is_over": surge.passed_at is not None,
        "reason": surge.reason,
        "set_aside_by": surge.set_aside_by,
        "set_aside": moment(surge.set_aside_at, now) if surge.set_aside_at else "",
    }


def surges_for(member: Member, now: datetime) -> list[Shown]:
    """Return what goes on of which the member sees enough, the newest first."""
    found = Surge.objects.visible_to(member).going_on().for_list()
    return [show_surge(each, now) for each in found[:MOST]]


def may_set_aside(surge: Surge, member: Member) -> bool:
    going_on = surge.passed_at is None and surge.set_aside_at is None
    return going_on and member.has(*SETTERS)


def reminder_url(keys: Iterable[int]) -> str:
    """Return where a supervisor puts these matters before a unit."""
    asked = urlencode([("do", "prompt"), *(("m", key) for key in keys)])
    return f"{reverse('desk:reminder_new')}?{asked}"


def show_replays(member: Member) -> list[Shown]:
    """Return how often somebody would have been told on the ledgers of a house, how often in vain.

    Its own are those that it lists or supervises.
    """
    path = member.unit.path
    ours = Q(ledger__unit__path__startswith=path) | Q(
        ledger__supervising_unit__path__startswith=path
    )
    found = Replay.objects.filter(ours, told__gt=0).select_related("ledger")
    return [
        {
            "ledger": each.ledger,
            "days": each.days,
            "told": each.told,
            "in_vain": round(min(1.0, each.by_chance / each.told) * HUNDRED),
        }
        for each in found.order_by("ledger")
    ]


def _numbers(data: Shown) -> Shown:
    return {"count": data["count"], "days": data["days"], "usual": usual(data["usual"])}
