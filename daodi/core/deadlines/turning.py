"""What a move does to the clocks of a matter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from daodi.core.clocks.policy import BUILT_IN, TASK, ClockRule, LimitFor
from daodi.core.clocks.services import load_calendar
from daodi.core.deadlines.models import Clock
from daodi.core.history.chain import moment
from daodi.core.matters.models import NEVER, Matter
from daodi.core.matters.states import END_STATES
from daodi.lib.limits import Limit
from daodi.lib.rows import insert_rows, update_rows
from daodi.lib.worktime import Counting, WorkCalendar, reckon

CARDS = ("", "yellow", "red")
RUNNING = "SELECT * FROM core_clock WHERE matter_id = ANY(%s) AND stopped_at IS NULL"
# What a move may change about a clock that runs.
TURNED = (
    "started_at", "due_at", "is_provisional", "paused_at", "stopped_at", "how", "card", "alarm",
    "alarm_at", "inputs",
)  # fmt: skip


@dataclass
class Turn:
    """The clocks of one matter while a move turns them; nothing is stored before `store`."""

    matter: Matter
    now: datetime
    round: int = 1
    running: list[Clock] = field(default_factory=list)
    fresh: list[Clock] = field(default_factory=list)
    changed: list[Clock] = field(default_factory=list)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return load_calendar()

    def _calendar_for(self, counting: Counting) -> WorkCalendar:
        """Spare the query where every hour counts."""
        if counting is Counting.ALWAYS:
            return WorkCalendar(ZoneInfo(settings.TIME_ZONE))
        return self.calendar

    def take(self, moves: set[str], before: str, after: str, facts: dict[str, str]) -> None:
        """Stop, void, pause and resume what runs, then start what begins with these moves."""
        for clock in list(self.running):
            rule = clock.rule
            if moves & rule.stops:
                self.stop(clock, Clock.How.LATE if self.now > clock.due_at else Clock.How.MET)
            elif moves & rule.voids or after in END_STATES:
                self.stop(clock, Clock.How.VOID)
            else:
                self._turn_running(clock, before, after, facts)
        for rule in self.matter.ledger.rules.clocks:
            if moves & rule.starts and rule.name not in {clock.name for clock in self.running}:
                self._start_rule(rule, facts)

    def has_stopped(self, rule: ClockRule) -> bool:
        return any(clock.name == rule.name and clock.stopped_at for clock in self.changed)

    def stop(self, clock: Clock, how: Clock.How) -> None:
        clock.stopped_at, clock.how, clock.alarm_at = self.now, how, None
        self.running.remove(clock)
        self.changed.append(clock)

    def _turn_running(self, clock: Clock, before: str, after: str, facts: dict[str, str]) -> None:
        rule = clock.rule
        was, now = before in rule.pauses, after in rule.pauses
        if now and not was:
            clock.paused_at = self.now
            self.changed.append(clock)
        elif was and not now and clock.paused_at:
            span = [moment(clock.paused_at), moment(self.now)]
            clock.inputs.setdefault("pauses", []).append(span)
            clock.paused_at = None
            self.recompute(clock)
        fits = rule.limit_for(facts)
        asked = clock.inputs | (_inputs(fits) if fits else {})
        if asked != clock.inputs and "extra" not in clock.inputs:
            clock.inputs = asked
            self.recompute(clock)

    def recompute(self, clock: Clock) -> None:
        clock.compute(self._calendar_for(clock.counting), self.now)
        self.changed.append(clock)

    def _start_rule(self, rule: ClockRule, facts: dict[str, str]) -> None:
        fits = rule.limit_for(facts)
        if fits and not (rule.promise and self._task()):
            self.start(rule, fits.limit, fits.counting)

    def _task(self) -> Clock | None:
        return next((clock for clock in self.running if clock.name == TASK.name), None)

    def set_day(self, end: datetime) -> None:
        """Let the matter be promised by `end`, whatever its policy promises."""
        since = self.now.replace(second=0, microsecond=0)
        limit = Limit(time=end - since)
        clock = self._task()
        if clock:
            clock.started_at, clock.inputs = since, _inputs(LimitFor(limit, Counting.ALWAYS))
            self.recompute(clock)
            return
        for other in [each for each in self.running if each.rule.promise]:
            self.stop(other, Clock.How.VOID)
        self.start(TASK, limit, since=since)

    def start(
        self,
        rule: ClockRule,
        limit: Limit,
        counting: Counting = Counting.ALWAYS,
        since: datetime | None = None,
    ) -> Clock:
        """Start a clock now, or let it have run since an earlier moment."""
        clock = Clock(
            matter=self.matter,
            name=rule.name,
            round=self.round,
            policy_id=self.matter.ledger.policy_id,
            party=rule.party,
            started_at=since or self.now,
            inputs=_inputs(LimitFor(limit, counting)),
        )
        clock.compute(self._calendar_for(counting), self.now)
        self.fresh.append(clock)
        self.running.append(clock)
        return clock

    def columns(self) -> dict[str, Any]:
        """Return what the matter itself keeps of its clocks."""
        ticking = [clock for clock in self.running if clock.paused_at is None]
        promises = [clock.due_at for clock in self.running if clock.rule.promise]
        columns: dict[str, Any] = {
            "due_at": min((clock.due_at for clock in ticking), default=NEVER),
            "card": max((clock.card for clock in self.running), key=CARDS.index, default=""),
        }
        if promises:
            columns["promised_at"] = max(promises)
        return columns

    def next_look(self, clear_at: datetime | None) -> datetime | None:
        alarms = [clock.alarm_at for clock in self.running if clock.paused_at is None]
        return min((at for at in (*alarms, clear_at) if at), default=None)

    def store(self) -> None:
        """Write the clocks down, after the matter itself."""
        insert_rows(self.fresh)
        stored = {clock.pk: clock for clock in self.changed if clock.pk}
        update_rows(list(stored.values()), TURNED)
        self.matter.known_clocks = (self.matter.version, self.running)


def running_clocks(matters: list[int]) -> list[Clock]:
    """Return the clocks that run on these matters; every act asks, so the statement is kept."""
    return list(Clock.objects.raw(RUNNING, [matters]))


def turn_for(matter: Matter, now: datetime, new_round: int | None = None) -> Turn:
    """Take up the clocks that run on a matter; those that start belong to `new_round`, if any."""
    running = _running(matter)
    for clock in running:
        clock.matter = matter
    return Turn(matter, now, new_round or matter.round, running)


def _running(matter: Matter) -> list[Clock]:
    """Return the clocks that run; whoever turned them last with this version knows them still.

    They change together with the version only: if it is not the stored one any more, the act that
    asks here is refused when it writes.
    """
    known, matter.known_clocks = matter.known_clocks, None
    if known and known[0] == matter.version:
        return known[1]
    return running_clocks([matter.pk])


def concerns_clocks(matter: Matter, moves: Iterable[str], after: str) -> bool:
    """Say whether a move can touch any clock; if not, the clocks need not be read."""
    if after in END_STATES or any(set(moves) & rule.stops for rule in BUILT_IN.values()):
        return True
    policy = matter.ledger.rules
    return any(policy.concerns(move, matter.state, after) for move in moves)


def promise(matter: Matter, turn: Turn) -> datetime | None:
    """Estimate, at filing, when the matter will be answered: dispatched in time, then in time."""
    facts = matter.facts()
    start = max((clock.due_at for clock in turn.running if clock.party == "operator"), default=None)
    for rule in matter.ledger.rules.clocks:
        fits = rule.limit_for(facts)
        if rule.promise and fits:
            found = reckon(start or turn.now, fits.limit, fits.counting, turn.calendar)
            return found.due
    return None


def _inputs(fits: LimitFor) -> dict[str, Any]:
    return {"limit": str(fits.limit), "counting": fits.counting.value}
