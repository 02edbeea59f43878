"""What hangs on the wall of the hall: numbers that are read from five metres, and no names."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from daodi.core.figures.counting import Figure, Scope, count, over_time
from daodi.core.figures.formulas import Formula, formula
from daodi.core.figures.models import Projection
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import State
from daodi.core.people.models import Division
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.publishing.models import Publication
from daodi.web.showing.figure_rows import town_rows
from daodi.web.showing.figures import Shown, number, show_figure
from daodi.web.showing.tiles import show_maps
from daodi.web.showing.times import moment

CURVE_DAYS, TOWN_DAYS = 14, 30
MOST_ANSWERED = 4
# A drawing of this size; the page scales it.
HEIGHT, DAY_WIDTH, BAR_WIDTH, GAP = 200, 60, 22, 4


def show_board(scope: Scope, now: datetime) -> Shown:
    """Return everything on the board."""
    today = timezone.localtime(now).date()
    day = replace(scope, first=today, last=today)
    month = replace(scope, first=today.replace(day=1), last=today)
    names = ("filed", "answered", "cleared", "open", "overdue")
    found = count(day, [formula(name) for name in names])
    rates = count(month, [formula("on_time"), formula("satisfaction")])
    cards = _cards(scope)
    return {
        "today": [_said(found, name) for name in ("filed", "answered", "cleared")],
        "open": _said(found, "open"),
        "overdue": number(found["overdue@1"].hits),
        "yellow": number(cards.get("yellow", 0)),
        "red": number(cards.get("red", 0)),
        "rates": [_said(rates, name) for name in ("on_time", "satisfaction")],
        "curve": _curve(replace(scope, first=_back(today, CURVE_DAYS), last=today)),
        "maps": _maps(replace(scope, first=_back(today, TOWN_DAYS), last=today)),
        "answered": _answered(scope, now),
        "known_until": Projection.objects.values_list("at", flat=True).first(),
    }


def _back(today: date, days: int) -> date:
    return today - timedelta(days=days - 1)


def _said(found: dict[str, Figure], name: str) -> Shown:
    return show_figure(found[formula(name).code], None)


def _maps(scope: Scope) -> list[Shown]:
    return show_maps(row for row in town_rows(scope, formula("filed")) if row.scope)


def _cards(scope: Scope) -> dict[str, int]:
    late = _of(scope).with_card().order_by().values_list("card")
    return dict(late.annotate(Count("pk")))


def _of(scope: Scope) -> MatterQuerySet:
    matters = Matter.objects.filter(ledger=scope.ledger)
    return matters.filter(unit__path__startswith=scope.unit.path) if scope.unit else matters


def _curve(scope: Scope) -> Shown:
    """Return two bars for each day, what was filed and what was answered, as a drawing has them."""
    filed, answered = formula("filed"), formula("answered")
    counted = dict(over_time(scope, [filed, answered], "day"))
    days = [scope.first + timedelta(days=each) for each in range(CURVE_DAYS)]
    most = max((f.of for each in counted.values() for f in each.values()), default=0) or 1

    def bar(day: date, rule: Formula, x: int) -> Shown:
        of = counted[day][rule.code].of if day in counted else 0
        high = round(of / most * HEIGHT)
        return {"x": x, "y": HEIGHT - high, "height": high, "count": of}

    return {
        "most": number(most),
        "width": CURVE_DAYS * DAY_WIDTH,
        "height": HEIGHT,
        "days": [
            {
                "label": f"{day.day}",
                "day": f"{day:%m-%d}",
                "filed": bar(day, filed, place * DAY_WIDTH + GAP),
                "answered": bar(day, answered, place * DAY_WIDTH + GAP + BAR_WIDTH + GAP),
            }
            for place, day in enumerate(days)
        ],
    }


def _answered(scope: Scope, now: datetime) -> list[Shown]:
    """Return what was answered last: by its public title if it has one, else what and where."""
    done = _of(scope).filter(
        state__in=(State.HANDED_IN, State.CLEARED),
        is_confidential=False,
        handed_in_at__isnull=False,
    )
    matters = list(done.for_list().order_by("-handed_in_at")[:MOST_ANSWERED])
    titles = dict(
        Publication.objects.public().filter(matter__in=matters).values_list("matter", "title")
    )
    codes = {matter.division.code[:TOWN_DIGITS] for matter in matters if matter.division}
    towns = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        {
            "title": titles.get(matter.pk, ""),
            "category": matter.category or "",
            "town": towns.get(matter.division.code[:TOWN_DIGITS], "") if matter.division else "",
            "unit": matter.unit or "",
            "at": moment(matter.handed_in_at, now) if matter.handed_in_at else "",
        }
        for matter in matters
    ]
