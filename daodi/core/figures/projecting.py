"""Keep the facts that figures count: what changed in the ledger since the last look is read again.

The worker does it every minute. It reads history by the ids of its lines; lines that were written
in a transaction that ended late are found by looking back over the last LOOK_BACK ids, and by the
nightly pass over everything.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, Min, OuterRef

from daodi.core.deadlines.models import Clock
from daodi.core.figures.formulas import Basis
from daodi.core.figures.models import Fact, Projection
from daodi.core.figures.summaries import Day, sum_up
from daodi.core.history.models import Event
from daodi.core.matters.models import NEVER, Matter
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.transfer.bulk import copy_in
from daodi.lib.days import day_of

LOOK_BACK = 1000
EVENTS_AT_ONCE = 40_000
MATTERS_AT_ONCE = 5_000
ANSWERS = ("answer", "hand_in", "sign", "answer_shared")
KEPT = {"dispatch": "dispatch_kept", "accept": "accept_kept", "respond": "respond_kept"}
DAYS = [basis.value for basis in Basis if basis is not Basis.STOCK]
# What makes a fact another fact; the rest says since when and until when it was so.
COMPARED = (
    "ledger_id", "unit_id", "category_id", "town", "kind", "channel", "urgency", "state",
    "is_excluded", "filed_at", "dispatched_at", "contacted_at", "answered_at", "cleared_on",
    "due_at", "dispatch_kept", "accept_kept", "respond_kept", "kept", "solved", "satisfied",
    "bounces", "redos",
)  # fmt: skip
Kept = dict[str, bool | datetime | None]


@dataclass(frozen=True, slots=True)
class Noted:
    """What a look at the ledger has found: up to which line of history, and whose sums changed."""

    last: int
    matters: int
    days: set[Day]


@transaction.atomic
def project(now: datetime, *, everything: bool = False) -> int:
    """Bring facts and daily sums up to date; return how many matters were read.

    Several may run at once: one works, the others find nothing to do. `everything` compares all
    matters instead of those with new lines of history.
    """
    seen = Projection.objects.select_for_update(skip_locked=True).first()
    if seen is None:
        if Projection.objects.exists():
            return 0
        seen = Projection.objects.create(at=now)
    now = max(now, seen.at)  # a clock that was set back must not undo what was known
    noted = note_facts(now, since=0 if everything else max(0, seen.last_event - LOOK_BACK))
    sum_up(noted.days)
    seen.last_event, seen.at = noted.last, now
    seen.save(update_fields=["last_event", "at"])
    return noted.matters


def note_facts(now: datetime, *, since: int) -> Noted:
    """Write down what is so now of matters with lines of history after `since`, and no sums."""
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    changed = [*_stale(since, last), *_fallen_due(now)]
    days: set[Day] = set()
    for start in range(0, len(changed), MATTERS_AT_ONCE):
        days |= _read(changed[start : start + MATTERS_AT_ONCE], now)
    return Noted(last, len(changed), days)


def _stale(since: int, last: int) -> Iterator[int]:
    """Yield the matters with lines of history after `since` that their fact does not know."""
    known = Fact.objects.current().filter(matter=OuterRef("pk"), version=OuterRef("version"))
    found: set[int] = set()
    for start in range(since, last, EVENTS_AT_ONCE):
        lines = Event.objects.filter(pk__gt=start, pk__lte=start + EVENTS_AT_ONCE)
        matters = Matter.objects.filter(pk__in=lines.values("matter"))
        stale = matters.filter(~Exists(known))
        fresh = set(stale.values_list("pk", flat=True)) - found
        found |= fresh
        yield from sorted(fresh)


def _fallen_due(now: datetime) -> Iterator[int]:
    """Yield the matters whose deadline has passed without any line of history."""
    facts = Fact.objects.current().filter(kept=None, due_at__lt=now)
    yield from facts.values_list("matter", flat=True)


def _read(pks: Iterable[int], now: datetime) -> set[Day]:
    """Write down what is so now of these matters; return the days whose sums have changed."""
    matters = list(Matter.objects.filter(pk__in=set(pks)).select_related("division").order_by("pk"))
    old = {fact.matter_id: fact for fact in Fact.objects.current().filter(matter__in=matters)}
    answers, kept = _answers(matters), _kept(matters, now)
    fresh, ended, days = [], [], set()
    for matter in matters:
        fact = _fact(matter, answers.get(matter.pk), kept[matter.pk], now)
        before = old.get(matter.pk)
        if before is not None and _same(before, fact):
            continue
        fresh.append(fact)
        days |= _days(fact)
        if before is not None:
            ended.append(before.pk)
            days |= _days(before)
    Fact.objects.filter(pk__in=ended).update(until=now)
    copy_in(Fact, fresh)
    _note_versions(matters, old)
    return days


def _note_versions(matters: list[Matter], old: dict[int, Fact]) -> None:
    """Remember, where nothing that counts has changed, that this was looked at."""
    seen = []
    for matter in matters:
        fact = old.get(matter.pk)
        if fact is not None and fact.version != matter.version:
            fact.version = matter.version
            seen.append(fact)
    Fact.objects.bulk_update(seen, ["version"], batch_size=1000)


def _same(before: Fact, after: Fact) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in COMPARED)


def _fact(matter: Matter, answered_at: datetime | None, kept: Kept, now: datetime) -> Fact:
    return Fact(
        matter_id=matter.pk,
        version=matter.version,
        since=now,
        until=NEVER,
        ledger_id=matter.ledger_id,
        unit_id=matter.unit_id,
        category_id=matter.category_id,
        town=matter.division.code[:TOWN_DIGITS] if matter.division else "",
        kind=matter.kind,
        channel=matter.channel,
        urgency=matter.urgency,
        state=matter.state,
        is_excluded=matter.is_excluded,
        filed_on=day_of(matter.filed_at),
        answered_on=day_of(answered_at) if answered_at else None,
        cleared_on=day_of(matter.cleared_at) if matter.cleared_at else None,
        filed_at=matter.filed_at,
        dispatched_at=matter.dispatched_at,
        contacted_at=matter.contacted_at,
        answered_at=answered_at,
        solved=matter.solved,
        satisfied=matter.satisfied,
        bounces=matter.bounces,
        redos=matter.redos,
        **kept,
    )


def _answers(matters: list[Matter]) -> dict[int, datetime]:
    """Return when each matter was answered for the first time."""
    lines = Event.objects.filter(matter__in=matters, name__in=ANSWERS)
    firsts = lines.order_by().values("matter").annotate(first=Min("at"))
    return dict(firsts.values_list("matter", "first"))


def _kept(matters: list[Matter], now: datetime) -> dict[int, Kept]:
    """Return of each matter whether the clocks of its first round were kept, as far as decided."""
    none: Kept = {"due_at": None, "kept": None, **dict.fromkeys(KEPT.values())}
    found = {matter.pk: dict(none) for matter in matters}
    clocks = Clock.objects.filter(matter__in=matters, round=1).exclude(how=Clock.How.VOID)
    for clock in clocks.order_by("started_at", "pk").defer("inputs"):
        mine = found[clock.matter_id]
        if clock.name in KEPT:
            mine[KEPT[clock.name]] = _was_kept(clock, now)
        if clock.rule.promise:
            mine["kept"], mine["due_at"] = _was_kept(clock, now), clock.due_at
            if clock.paused_at:
                mine["due_at"] = None
    return found


def _was_kept(clock: Clock, now: datetime) -> bool | None:
    if clock.how:
        return clock.how == Clock.How.MET
    return False if clock.paused_at is None and clock.due_at < now else None


def _days(fact: Fact) -> set[Day]:
    days = (getattr(fact, name) for name in DAYS)
    return {(fact.ledger_id, day) for day in days if day is not None}
