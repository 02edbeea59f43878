"""The ladder of a task: what a unit has to say by which day, and what it said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from daodi.apps.plans.models import Line
from daodi.core.clocks.policy import TASK, ClockRule
from daodi.core.deadlines.models import Clock
from daodi.core.deadlines.turning import running_clocks
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.web.showing.times import full


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of the ladder, such as “3 days: measures and progress”, and what was said for it."""

    label: str
    content: str
    due: str = ""
    met_at: datetime | None = None
    is_late: bool = False
    said: str = ""


def milestones_of(line: Line, now: datetime, *, with_result: bool) -> list[Milestone]:
    """Return the ladder of a task as its policy has it; the result only for who may read it."""
    matter = line.matter
    if matter is None:
        return []
    rules = [rule for rule in line.plan.ledger.rules.clocks if rule.content]
    clocks: dict[str, Clock] = {}
    for clock in matter.clocks.exclude(how=Clock.How.VOID).order_by("started_at", "pk"):
        clocks[clock.name] = clock
    said = _said(matter)
    result = matter.account or matter.answer if with_result and matter.handed_in_at else ""
    return [
        _milestone(rule, clocks, result if rule.promise else said.get(rule.name, ""), now)
        for rule in rules
    ]


def waiting_milestones(matters: Iterable[Matter]) -> dict[int, ClockRule]:
    """Return of each matter the milestone with a content of its own that is due first, if any."""
    found: dict[int, Clock] = {}
    for clock in running_clocks([matter.pk for matter in matters]):
        first = found.get(clock.matter_id)
        if _asks_content(clock) and (first is None or clock.due_at < first.due_at):
            found[clock.matter_id] = clock
    return {pk: clock.rule for pk, clock in found.items()}


def label_of(rule: ClockRule) -> str:
    return rule.title


def _milestone(rule: ClockRule, clocks: dict[str, Clock], said: str, now: datetime) -> Milestone:
    # The day of the task counts instead of the policy's own limit.
    clock = clocks.get(TASK.name) if rule.promise and TASK.name in clocks else clocks.get(rule.name)
    if clock is None:
        return Milestone(label_of(rule), rule.content, said=said)
    return Milestone(
        label_of(rule),
        rule.content,
        due=full(clock.due_at),
        met_at=clock.stopped_at,
        is_late=(clock.stopped_at or now) > clock.due_at,
        said=said,
    )


def _said(matter: Matter) -> dict[str, str]:
    """Return what was last reported for each milestone."""
    events = Event.objects.filter(matter=matter, name="report").select_related("words")
    return {
        event.data["milestone"]: event.words.text if hasattr(event, "words") else ""
        for event in events.order_by("seq")
    }


def _asks_content(clock: Clock) -> bool:
    return bool(clock.rule.content) and f"report:{clock.name}" in clock.rule.stops
