from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from daodi.core.figures.counting import Scope
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.forms.figures import ScopeForm
from daodi.web.pages import MemberRequest, page_for
from daodi.web.queues import MOST_COUNTED, queues_for
from daodi.web.showing.day import matters_of, show_flows, show_late, show_unusual, to_look_at
from daodi.web.showing.figures import figures_url
from daodi.web.views.figures import read


@page_for(Role.LEADER, Role.SUPERVISOR)
def today(request: MemberRequest) -> HttpResponse:
    """Show one day: what came and went, what is late and why, what is unusual, what to look at."""
    form, now = read(ScopeForm, request)
    this_day = timezone.localtime(now).date()
    day = _day(request.GET.get("day", ""), this_day)
    scope = _on(form.scope, day)
    ours = matters_of(scope, request.member)
    context = {
        "scope": scope,
        "day": day,
        "is_today": day == this_day,
        "flows": show_flows(scope),
        "unusual": show_unusual(scope, is_over=day < this_day),
        "late": show_late(ours, now),
        "late_url": _late_url(scope),
        "look_at": to_look_at(ours, now),
        "to_sign": _to_sign(request.member),
        "tabs": _ledgers(form),
        "before_url": _url(scope, day - timedelta(days=1)),
        "after_url": _url(scope, day + timedelta(days=1)) if day < this_day else "",
        "figures_url": figures_url("figures", scope),
    }
    return render(request, "desk/today.html", context)


def _day(text: str, this_day: date) -> date:
    """Return the day asked for; never one that is still to come."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return this_day
    return min(asked, this_day)


def _on(scope: Scope, day: date) -> Scope:
    return Scope(scope.ledger, day, day, unit=scope.unit)


def _url(scope: Scope, day: date) -> str:
    words = {"ledger": scope.ledger.code, "unit": scope.unit.pk if scope.unit else ""}
    given = {name: value for name, value in words.items() if value}
    return "?" + urlencode({**given, "day": day.isoformat()})


def _late_url(scope: Scope) -> str:
    """Return the list of what is late: it has its red card within a minute."""
    words = {"list": "late", "card": "red", "ledger": scope.ledger.pk}
    unit = {"unit": scope.unit.pk} if scope.unit else {}
    return f"{reverse('desk:inbox')}?{urlencode({**words, **unit})}"


def _ledgers(form: ScopeForm) -> list[dict[str, Any]]:
    return [
        {
            "label": ledger,
            "url": "?" + urlencode({"ledger": ledger.code}),
            "current": ledger == form.chosen,
        }
        for ledger in form.ledgers
    ]


def _to_sign(member: Member) -> str:
    """Return how many wait for this member's signature, in words; empty: none."""
    queue = next((each for each in queues_for(member) if each.name == "sign"), None)
    count = queue.count(member) if queue else 0
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
