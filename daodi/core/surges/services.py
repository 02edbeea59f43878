"""Look for what stands out, tell it once, let it pass, or set it aside."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.history.record import Line, write
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.states import Side
from daodi.core.notices.writing import tell
from daodi.core.people.models import Division, Member
from daodi.core.people.places import COUNTY_DIGITS
from daodi.core.people.roles import Role
from daodi.core.surges.models import LONGEST_REASON, Surge
from daodi.core.surges.reading import (
    cases,
    days_before,
    first_day,
    matters_in,
    series_in,
)
from daodi.core.workflow.act import needed
from daodi.lib.days import day_of
from daodi.lib.surges import LEAST, SPANS, WEEK, surge_on
from daodi.lib.surges import Surge as Found

LEARNT_IN = 180  # days from which is learnt what is usual
SETTERS = (Role.SUPERVISOR, Role.LEADER, Role.OPERATOR)


def watch(now: datetime) -> int:
    """Look at all ledgers for what stands out today; return how many surges were told."""
    ledgers = Ledger.objects.active().filter(is_confidential=False)
    return sum(_watch(ledger, now) for ledger in ledgers)


@transaction.atomic
def set_aside(surge: Surge, *, reason: str, by: Member, now: datetime) -> None:
    """Say that nothing is to be done about it; until it has passed nobody is told again."""
    if not by.has(*SETTERS):
        raise NotYours
    reason = needed(reason, _("why nothing is to be done"))[:LONGEST_REASON]
    going_on = Surge.objects.to_act_on().filter(pk=surge.pk)
    if not going_on.update(set_aside_at=now, set_aside_by=by.hand, reason=reason):
        raise Refused(_("It has passed, or somebody has set it aside already."))


@transaction.atomic
def _watch(ledger: Ledger, now: datetime) -> int:
    first = first_day(ledger.pk, now, LEARNT_IN)
    there = {(each.category_id, each.area): each for each in Surge.objects.going_on().filter(
        ledger=ledger)}  # fmt: skip
    told = 0
    for category, area, found in _standing_out(ledger.pk, first, now) if first else ():
        if known := there.get((category, area)):
            _renew(known, found)
        elif not _is_told_below(area, category, there):
            surge = _made(ledger, category, area, found, now)
            there[category, area] = surge
            told += _tell(surge, now)
    gone = day_of(now) - timedelta(days=WEEK)
    Surge.objects.going_on().filter(ledger=ledger, until__lt=gone).update(passed_at=now)
    return told


def _standing_out(ledger: int, first: date, now: datetime) -> Iterator[tuple[int, str, Found]]:
    """Yield what stands out today by category and area, towns before the county they lie in."""
    lately = cases(ledger, days_before(now, max(SPANS) - 1))
    counts = Counter(lately.order_by().values_list("category", flat=True))
    for category in sorted(key for key, count in counts.items() if key and count >= LEAST):
        series = series_in(cases(ledger, first).filter(category=category))
        for area in sorted(series, key=lambda code: (-len(code), code)):
            # Without a new case there is nothing to tell.
            if series[area].get(day_of(now)):
                found = surge_on(series[area], day_of(now), first)
                if found:
                    yield category, area, found


def _is_told_below(area: str, category: int, there: dict[tuple[int, str], Surge]) -> bool:
    """Say whether a town of this county has it: then the town is told, and not the county."""
    towns = (code for key, code in there if key == category)
    return len(area) == COUNTY_DIGITS and any(code.startswith(area) for code in towns)


def _made(ledger: Ledger, category: int, area: str, found: Found, now: datetime) -> Surge:
    where = Division.objects.filter(code=area).values_list("name", flat=True).first()
    surge = Surge.objects.create(
        ledger=ledger, category_id=category, area=area, where=where or "", since=found.since,
        until=found.day, days=found.days, count=found.count, usual=found.expected, found_at=now,
    )  # fmt: skip
    _attach(surge)
    return surge


def _renew(surge: Surge, found: Found) -> None:
    surge.until, surge.days = found.day, found.days
    surge.count, surge.usual = found.count, found.expected
    surge.save(update_fields=["until", "days", "count", "usual"])
    _attach(surge)


def _attach(surge: Surge) -> None:
    found = matters_in(surge.ledger_id, surge.category_id, surge.area, surge.since)
    surge.matters.add(*found.values_list("pk", flat=True))


def _tell(surge: Surge, now: datetime) -> int:
    """Tell who can act, once: by a line on the oldest matter of the unit that has most of them."""
    matters = list(surge.matters.for_page().order_by("pk"))
    units = Counter(matter.unit_id for matter in matters if matter.is_open)
    if not units:
        return 0
    most = units.most_common(1)[0][0]
    matter = next(each for each in matters if each.unit_id == most and each.is_open)
    data = {"surge": surge.pk, "where": surge.where, "what": str(surge.category),
            "count": surge.count, "days": surge.days, "usual": surge.usual}  # fmt: skip
    tell((matter, write(matter, Line("surge", Side.SYSTEM, data=data), now)), now=now)
    return 1
