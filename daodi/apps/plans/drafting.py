"""Make a plan and its lines: by hand, from a table, or from another plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Line, Plan, Step, TeamMember
from daodi.apps.plans.rights import check_planner
from daodi.core.exceptions import Refused
from daodi.core.matters.sight import sight
from daodi.core.people.models import Member, Unit

MOST_LINES = 2000
# What a line keeps when it is copied into another plan.
COPIED = (
    "level", "number", "title", "text", "standard", "evidence", "lead", "units", "leader",
    "handler", "repeats", "target", "measure", "counted_in", "more",
)  # fmt: skip
DATES = ("first_day", "due")


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line that is not stored yet, with its joint units and steps; its level says its place."""

    line: Line
    joint: Sequence[Unit] = ()
    steps: Sequence[Step] = ()


@dataclass(slots=True)
class _Above:
    """The lines under which the next one stands."""

    lines: list[Line] = field(default_factory=list)

    def put(self, line: Line) -> None:
        while self.lines and self.lines[-1].level >= line.level:
            self.lines.pop()
        line.parent = self.lines[-1] if self.lines else None
        self.lines.append(line)


@transaction.atomic
def make_plan(plan: Plan, team: Iterable[TeamMember] = (), *, by: Member, now: datetime) -> Plan:
    """Begin a draft; it is seen by those who keep and supervise its ledger."""
    check_planner(by, plan)
    _check(plan)
    plan.made_by, plan.made_at = by.hand, now
    plan.seen_by_units = sight(plan.ledger, None)["seen_by_units"]
    plan.save(force_insert=True)
    _store_team(plan, team)
    return plan


@transaction.atomic
def change_plan(plan: Plan, team: Iterable[TeamMember] | None = None, *, by: Member) -> None:
    """Store what was edited about a draft; who issued a plan amends it instead."""
    check_planner(by, plan, draft=True)
    _check(plan)
    # Another category may have brought another ledger, kept by others.
    asked = Unit.objects.filter(pk__in=plan.rounds.values("asked"))
    plan.seen_by_units = sight(plan.ledger, None, asked)["seen_by_units"]
    plan.save(force_update=True)
    if team is not None:
        plan.team_members.all().delete()
        _store_team(plan, team)


@transaction.atomic
def add_lines(plan: Plan, fresh: Sequence[NewLine], *, by: Member) -> list[Line]:
    """Put lines at the end of a draft, each below the last one of a higher level."""
    check_planner(by, plan, draft=True)
    return put_lines(plan, fresh)


def put_lines(plan: Plan, fresh: Sequence[NewLine], after: Line | None = None) -> list[Line]:
    """Store lines behind the line `after` and what stands below it, or at the end of the plan."""
    Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.lines.count() + len(fresh) > MOST_LINES:
        raise Refused(_("A plan has at most %(most)s lines: divide it.") % {"most": MOST_LINES})
    place, above = _place(plan, after)
    plan.lines.filter(place__gte=place).update(place=F("place") + len(fresh))
    for at, new in enumerate(fresh, start=place):
        new.line.plan, new.line.place = plan, at
        above.put(new.line)
        if new.line.lead and new.line.lead in new.joint:
            raise Refused(_("%(line)s: a unit cannot lead and join.") % {"line": new.line})
    _store(fresh)
    return [new.line for new in fresh]


def _store(fresh: Sequence[NewLine]) -> None:
    """Store a level at a time: a line needs the key of the one above it."""
    for level in sorted({new.line.level for new in fresh}):
        rows = [new.line for new in fresh if new.line.level == level]
        for row in rows:
            row.parent = row.parent  # takes over the key that it got meanwhile
        Line.objects.bulk_create(rows)
    links = [
        Line.joint.through(line_id=new.line.pk, unit_id=unit.pk)
        for new in fresh
        for unit in dict.fromkeys(new.joint)
    ]
    Line.joint.through.objects.bulk_create(links)
    for new in fresh:
        for step in new.steps:
            step.line = new.line
    Step.objects.bulk_create([step for new in fresh for step in new.steps])


@transaction.atomic
def change_line(line: Line, joint: Sequence[Unit], steps: Sequence[Step], *, by: Member) -> None:
    """Store what was edited about a line of a draft."""
    check_planner(by, line.plan, draft=True)
    if line.lead in joint:
        raise Refused(_("The lead unit cannot be a joint unit too."))
    line.doubts = []  # a person has looked at all of it
    line.save(force_update=True)
    line.joint.set(joint)
    line.steps.all().delete()
    for step in steps:
        step.line = line
    Step.objects.bulk_create(steps)


@transaction.atomic
def remove_line(line: Line, *, by: Member) -> None:
    """Take a line out of a draft, with all that stands below it."""
    check_planner(by, line.plan, draft=True)
    line.delete()


@transaction.atomic
def copy_plan(
    plan: Plan, *, title: str, first_day: date, last_day: date, by: Member, now: datetime
) -> Plan:
    """Make a draft like another plan; its days move along with the first one."""
    later = first_day - plan.first_day
    made = Plan(
        ledger=plan.ledger,
        category=plan.category,
        title=title,
        first_day=first_day,
        last_day=last_day,
        **{
            name: getattr(plan, name)
            for name in ("aim", "source_kind", "source", "rhythm", "team", "is_public")
        },
    )
    team = [
        TeamMember(duty=one.duty, name=one.name, post=one.post) for one in plan.team_members.all()
    ]
    make_plan(made, team, by=by, now=now)
    put_lines(made, [_copied(line, later) for line in plan.lines.for_tree()])
    return made


def _copied(line: Line, later: timedelta) -> NewLine:
    days = {name: day + later for name in DATES if (day := getattr(line, name))}
    steps = [
        Step(title=step.title, day=step.day + later if step.day else None)
        for step in line.steps.all()
    ]
    fresh = Line(**{name: getattr(line, name) for name in COPIED}, **days)
    return NewLine(fresh, list(line.joint.all()), steps)


def _place(plan: Plan, after: Line | None) -> tuple[int, _Above]:
    """Return where the next line goes, and under which lines it may stand."""
    lines = list(plan.lines.order_by("place"))
    above = _Above()
    if after is None:
        last = plan.lines.aggregate(last=Max("place"))["last"]
        for line in lines:
            above.put(line)
        return (0 if last is None else last + 1), above
    place = after.place + 1
    for line in lines:
        below = line.place > after.place and line.level > after.level and line.place == place
        if line.place <= after.place or below:
            above.put(line)
            place = max(place, line.place + 1)
    return place, above


def _store_team(plan: Plan, team: Iterable[TeamMember]) -> None:
    people = list(team)
    for person in people:
        person.plan = plan
    TeamMember.objects.bulk_create(people)


def _check(plan: Plan) -> None:
    if plan.last_day < plan.first_day:
        raise Refused(_("The plan ends before it begins: check its days."))
    if plan.category.ledger_id != plan.ledger_id:
        raise Refused(_("This category belongs to another ledger."))


def lacking(plan: Plan) -> list[tuple[Line, str]]:
    """Return the tasks that cannot be sent out yet, and what each of them lacks."""
    found = []
    for line in plan.lines.tasks().select_related("lead").order_by("place"):
        missing = [
            word
            for there, word in (
                (line.lead_id, _("lead unit")),
                (line.standard, _("standard of completion")),
                (line.due or line.repeats, _("day")),
            )
            if not there
        ]
        if missing:
            found.append((line, ", ".join(missing)))
    return found
