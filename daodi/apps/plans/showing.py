"""Plans and their lines as pages and papers show them: with lights, shares and counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.apps.plans.models import Line, Plan, Progress
from daodi.apps.plans.outlook import Outlook, look_ahead
from daodi.apps.plans.querysets import DONE_STATES, LIGHT_OF
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.lib.text import listed


@dataclass(frozen=True, slots=True)
class Light:
    """How a task stands, said by colour, icon and word."""

    code: str
    tone: str
    icon: str
    word: Promise

    @property
    def is_late(self) -> bool:
        return self.code == "late"


LIGHTS = {
    light.code: light
    for light in (
        Light("done", "green", "circle-check", gettext_lazy("Done")),
        Light("handed_in", "blue", "clipboard-check", gettext_lazy("Handed in")),
        Light("halted", "violet", "clock-pause", gettext_lazy("Suspended")),
        Light("late", "red", "alert-circle", gettext_lazy("Late")),
        Light("near", "amber", "clock-exclamation", gettext_lazy("Due soon")),
        Light("course", "teal", "progress", gettext_lazy("On course")),
        Light("ended", "slate", "ban", gettext_lazy("Ended")),
        Light("draft", "slate", "point", gettext_lazy("Not sent out")),
    )
}


@dataclass(slots=True)
class Row:
    """A line of the tree; heads and items count the tasks below them."""

    line: Line
    plan: Plan
    light: Light
    outlook: Outlook
    said: Progress | None = None
    # Whether it was done before and is back, or was done anew.
    is_back: bool = False
    matter_url: str = ""
    tasks: int = 0
    done: int = 0
    late: int = 0
    below: list["Row"] = field(default_factory=list)

    @property
    def is_counted(self) -> bool:
        """Say whether it is a task that still is one; what was dropped is only shown."""
        return self.line.is_task and self.light.code != "ended"

    @property
    def url(self) -> str:
        return reverse("plans:line", args=[self.line.plan_id, self.line.pk])

    @property
    def first(self) -> date:
        return self.line.begins(self.plan)

    @property
    def last(self) -> date:
        return self.line.ends(self.plan)

    @property
    def percent(self) -> int | None:
        return None if self.outlook.share is None else round(100 * self.outlook.share)

    @property
    def joint(self) -> str:
        return listed(self.line.joint.all())

    @property
    def when(self) -> str:
        """Say by when, in the words of the plan where it comes again."""
        repeats = str(self.line.get_repeats_display()) if self.line.repeats else ""
        day = f"{self.line.due:%Y-%m-%d}" if self.line.due else ""
        return " · ".join(filter(None, (day, repeats)))

    @property
    def really_done(self) -> date | None:
        matter = self.line.matter
        at = matter and (matter.handed_in_at or matter.cleared_at)
        return timezone.localtime(at).date() if at else None


def light_of(line: Line, now: datetime) -> Light:
    """Return how a task stands; its matter was fetched with it."""
    matter = line.matter
    if matter is None:
        return LIGHTS["draft"]
    if code := LIGHT_OF.get(State(matter.state)):
        return LIGHTS[code]
    if matter.is_due and matter.due_at <= now:
        return LIGHTS["late"]
    return LIGHTS["near" if matter.card else "course"]


def share_of(line: Line, said: Progress | None) -> float | None:
    """Return how much of a task is done, if that can be told: by its count, or by its steps."""
    if line.matter and line.matter.state in DONE_STATES:
        return 1.0
    if line.target and said and said.count is not None:
        return min(1.0, float(said.count / line.target))
    steps = list(line.steps.all())
    if steps:
        return sum(step.done_on is not None for step in steps) / len(steps)
    return None


def rows_of(
    plans: Iterable[Plan], lines: Sequence[Line], member: Member | None, now: datetime
) -> list[Row]:
    """Return all lines as rows in their order, in one query beside those that fetched them."""
    said = {each.line_id: each for each in Progress.objects.filter(line__in=lines).last_said()}
    by_plan = {plan.pk: plan for plan in plans}
    today = timezone.localtime(now).date()
    rows = []
    for line in lines:
        line.plan = by_plan[line.plan_id]
        rows.append(_row(line, said.get(line.pk), member, today, now))
    return rows


def tree_of(rows: Sequence[Row]) -> list[Row]:
    """Hang the rows below each other, count what is below each, and return the topmost."""
    by_key = {row.line.pk: row for row in rows}
    top: list[Row] = []
    for row in rows:
        above = by_key.get(row.line.parent_id or 0)
        (above.below if above else top).append(row)
    for row in reversed(rows):
        own = row.is_counted
        row.tasks = own + sum(each.tasks for each in row.below)
        row.done = (own and row.light.code in {"done", "handed_in"}) + sum(
            each.done for each in row.below
        )
        row.late = (own and row.light.is_late) + sum(each.late for each in row.below)
    return top


def count_tasks(plans: Iterable[Plan], now: datetime) -> list[Plan]:
    """Let each plan know how many tasks it has, and how many are done or late: in one query."""
    found = {plan.pk: plan for plan in plans}
    for plan in found.values():
        plan.tasks = plan.done = plan.late = 0
    for pk, _top, code, n in Line.objects.of(found.values()).count_lights(now):
        # What was dropped is no task any more.
        found[pk].tasks += n if code != "ended" else 0
        found[pk].done += n if code in {"done", "handed_in"} else 0
        found[pk].late += n if code == "late" else 0
    return list(found.values())


def team_words(plan: Plan) -> list[tuple[str, str]]:
    """Return the special team, as pairs of duty and names."""
    people: dict[str, list[str]] = {}
    for one in plan.team_members.all():
        name = _("%(name)s (%(post)s)") % {"name": one, "post": one.post} if one.post else str(one)
        people.setdefault(str(one.get_duty_display()), []).append(name)
    return [(duty, listed(names)) for duty, names in people.items()]


def _row(
    line: Line, said: Progress | None, member: Member | None, today: date, now: datetime
) -> Row:
    first, last = line.begins(line.plan), line.ends(line.plan)
    matter = line.matter
    seen = matter and member and matter.is_visible_to(member)
    return Row(
        line=line,
        plan=line.plan,
        light=light_of(line, now),
        outlook=look_ahead(first, last, today, share_of(line, said)),
        said=said,
        is_back=bool(line.earlier_id or (matter and matter.redos)),
        matter_url=reverse("desk:matter", args=[matter.number]) if matter and seen else "",
    )
