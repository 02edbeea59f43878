"""One day of a ledger, as somebody who leads a region reads it on the phone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from daodi.core.deadlines.models import Clock
from daodi.core.figures.counting import Scope, count
from daodi.core.figures.formulas import formula
from daodi.core.figures.weekdays import DayCount, weekday_counts
from daodi.core.ledgers.kinds import Satisfied, Urgency
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.matters.states import WITH_US
from daodi.core.people.models import Division, Member
from daodi.lib.text import listed
from daodi.web.showing.clocks import clock_label
from daodi.web.showing.figures import Shown, list_url, number, show_figure
from daodi.web.showing.work import show_work

MOST_LATE, MOST_UNUSUAL, TO_LOOK_AT = 6, 5, 3
FLOWS = ("filed", "answered", "cleared")


def matters_of(scope: Scope, member: Member) -> MatterQuerySet:
    """Return the matters of a scope that the member may open."""
    matters = Matter.objects.visible_to(member).filter(ledger=scope.ledger)
    return matters.filter(unit__path__startswith=scope.unit.path) if scope.unit else matters


def show_flows(scope: Scope) -> list[Shown]:
    """Return what came in, was answered and was cleared on the scope's day, and what is usual."""
    rules = [formula(name) for name in FLOWS]
    found = count(scope, rules)
    shown = []
    for rule in rules:
        usual = next(iter(weekday_counts(scope, rule, "ledger")))
        shown.append({**show_figure(found[rule.code], scope), "usual": _usual(usual)})
    return shown


def show_unusual(scope: Scope, *, is_over: bool) -> list[Shown]:
    """Return categories and towns with unusually many that day, or, once it is over, few."""
    rule, found = formula("filed"), list[Shown]()
    for axis in ("ledger", "category", "town"):
        rows = [row for row in weekday_counts(scope, rule, axis) if row.is_unusual]
        rows = [row for row in rows if is_over or row.count > row.mean]
        names = _names(axis, rows)
        for row in rows:
            if row.key in names:
                name, narrowed = names[row.key]
                part = replace(scope, **narrowed)
                found.append(_unusual_row(row, name, list_url(part, rule) if row.count else ""))
    found.sort(key=lambda row: -row["apart"])
    return found[:MOST_UNUSUAL]


def show_late(ours: MatterQuerySet, now: datetime) -> Shown:
    """Return how many matters are late, by unit and by the clock that is late for longest."""
    late = Clock.objects.running().filter(
        matter__in=ours.open().values("pk"), due_at__lte=now, paused_at=None
    )
    longest = late.order_by("matter", "due_at", "pk").distinct("matter").values("pk")
    rows = (
        Clock.objects.filter(pk__in=longest)
        .order_by()
        .values_list("name", "policy", "matter__unit__name", "matter__state")
        .annotate(Count("pk"))
    )
    counted: Counter[tuple[str, str]] = Counter()
    for name, policy, unit, state, several in rows:
        label = clock_label(Clock(name=name, policy_id=policy))
        whose = unit if unit and state not in WITH_US else _("not dispatched yet")
        counted[label, whose] += several
    causes = counted.most_common(MOST_LATE)
    return {
        "count": sum(counted.values()),
        "causes": [{"clock": clock, "unit": unit, "count": n} for (clock, unit), n in causes],
        "others": sum(counted.values()) - sum(n for _cause, n in causes),
    }


def to_look_at(ours: MatterQuerySet, now: datetime) -> list[Shown]:
    """Return three matters, each with the reason why this one."""
    chosen: dict[int, tuple[Matter, str]] = {}
    for matters, reason in _reasons(ours.for_list(), now):
        found = matters.exclude(pk__in=chosen).first()
        if found is not None:
            said = reason % {"redos": found.redos, "bounces": found.bounces}
            chosen[found.pk] = (found, said)
        if len(chosen) == TO_LOOK_AT:
            break
    work = show_work((matter for matter, _reason in chosen.values()), now)
    return [{**work[pk], "reason": reason} for pk, (_matter, reason) in chosen.items()]


def _reasons(ours: MatterQuerySet, now: datetime) -> Iterator[tuple[MatterQuerySet, str]]:
    """Yield what deserves a look, the most pressing first, and why."""
    pressing, late = (Urgency.CRITICAL, Urgency.URGENT), ours.overdue(now).due_first()
    yield late.filter(urgency__in=pressing), _("Urgent, and its deadline has passed.")
    redone = ours.open().filter(redos__gt=0).order_by("-redos", "pk")
    yield redone, _("Redone, and still open. Times redone: %(redos)s.")
    refused = ours.open().filter(bounces__gt=1).order_by("-bounces", "pk")
    yield refused, _("Units keep sending it back. Times sent back: %(bounces)s.")
    unsatisfied = ours.open().filter(satisfied=Satisfied.NO).order_by("-pk")
    yield unsatisfied, _("The resident says that they are not satisfied.")
    yield late, _("Late for longest.")


def _usual(row: DayCount) -> str:
    return _("usual on this weekday: %(mean)s (the last four: %(counts)s)") % {
        "mean": number(round(row.mean, 1)),
        "counts": listed(row.usual),
    }


def _unusual_row(row: DayCount, name: str, url: str) -> Shown:
    return {
        "name": name,
        "url": url,
        "count": row.count,
        "usual": _usual(row),
        "is_more": row.count > row.mean,
        "apart": abs(row.count - row.mean),
    }


def _names(axis: str, rows: list[DayCount]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return name and narrowing of each row that a list can be opened for."""
    if axis == "ledger":
        return {"": (_("All together"), {})}
    keys = [row.key for row in rows if row.key]
    if axis == "town":
        towns = Division.objects.towns().filter(code__in=keys)
        return {town.code: (str(town), {"town": town.code}) for town in towns}
    leaves = Category.objects.filter(pk__in=keys, below=None)
    return {str(category.pk): (str(category), {"category": category}) for category in leaves}
