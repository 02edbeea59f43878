"""What happens to three schemes in a quarter of the demo county: told through the services."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from daodi.apps.plans.drafting import add_lines, make_plan
from daodi.apps.plans.grading import grade
from daodi.apps.plans.issuing import issue, send_tasks
from daodi.apps.plans.models import Grade, Line, Plan
from daodi.apps.plans.progress import Said, report_progress
from daodi.apps.plans.schemes import Schemes
from daodi.apps.plans.story_changes import Changes, lead_of
from daodi.apps.plans.story_meetings import Meetings
from daodi.apps.plans.story_talks import Talks
from daodi.apps.plans.story_visits import Visits
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import DEMO_PREFIX, Member, Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform

WEEKS, WEEK = 13, timedelta(days=7)
# How much of the planned pace each manner keeps.
PACES = {"well": 1.0, "slow": 0.6, "stuck": 0.3, "done": 1.5, "back": 1.8}
BLOCKED = (
    "资金拨付慢，正与县财政局对接",
    "涉及三家单位交叉施工，需专班协调",
    "个别群众不同意选址，正在上门",
)
NEXT = ("继续推进下一批", "本周组织现场核验", "完成资料归档", "开展中期验收")
FIRST_WEEK = 3
ARRANGED = "{lead}牵头，当天召开部署会，明确专人，分摸底、推进、验收三步走。"
MEASURES = "已完成摸底建账，逐项定人定时限，每周四汇总进展。"
CHECKED = "现场抽查，与台账一致。"
EXTENDED, NEW_TASK, CHANGED, CAME_BACK = 5, 7, 9, 11
# On which day of a week, at which hour, what is done.
Act = tuple[int, int, Callable[[datetime], None]]


def story(until: datetime, seed: int) -> Iterator[datetime]:
    """Issue three schemes and live through a quarter; each time is when the next acts are done."""
    start = until - WEEKS * WEEK
    monday = start - timedelta(days=start.weekday())
    teller = _Teller(seed, monday)
    for week in range(-1, WEEKS + 1):
        for day, hour, act in teller.before() if week < 0 else teller.week(week):
            at = _at(monday, 7 * week + day, hour, 20)
            if at >= until:
                return
            yield at
            act(at)


def _at(monday: datetime, days: int, hour: int, minute: int) -> datetime:
    day = (monday + timedelta(days=days)).date()
    return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())


class _Teller:
    """Who acts, and what they say."""

    def __init__(self, seed: int, monday: datetime) -> None:
        self.first, self.turn = monday.date(), count(seed)
        self.known: dict[tuple[int, Role], Member] = {}
        self.ledger = Ledger.objects.with_units().get(code="tasks")
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        centre, office = self.ledger.unit, self.ledger.supervising_unit
        self.operator = self._somebody(centre, Role.OPERATOR)
        self.caller = self._somebody(centre, Role.CALLER)
        self.supervisor = self._somebody(office, Role.SUPERVISOR)
        self.schemes = Schemes(self.first, self.units, self._somebody)
        self.paces = self.schemes.paces
        self.changes = Changes(self.operator, self.schemes, self._open, self._plans)
        self.talks = Talks(self.operator, self._somebody)
        self.visits = Visits(self.units, self._somebody)
        self.meetings = Meetings(self.units, self._somebody, self._plans)

    def before(self) -> list[Act]:
        """Return what is done in the week before the plans are issued."""
        return [
            (4, 8, self.draft), (4, 9, lambda at: self.talks.ask(self._plans(), at)),
            (4, 11, lambda at: self.talks.say(self._plans(), at)),
            (4, 14, lambda at: self.talks.answer(self._plans(), at)),
            (4, 15, lambda at: self.talks.ask(self._plans(), at)),
            (4, 16, lambda at: self.talks.say(self._plans(), at)),
            (4, 17, lambda at: self.talks.answer(self._plans(), at)),
        ]  # fmt: skip

    def week(self, week: int) -> list[Act]:
        """Return what is done in a week: on which day, at which hour."""
        acts: list[Act] = [(1, 14, self.visits.go), (2, 9, self.visits.deal)]
        if week == 0:
            acts = [(0, 9, self.issue), (0, 14, self.visits.begin)]
            acts += [(0, 15, self.report), (2, 16, self.report)]
        if week == EXTENDED:
            acts.append((1, 10, self.changes.extend))
        if week == NEW_TASK:
            acts.append((2, 10, self.changes.add))
        if week == CHANGED:
            acts += [(2, 11, self.changes.hand_over), (2, 15, self.changes.drop)]
        if week == CAME_BACK:
            acts.append((1, 11, self.changes.come_back))
        acts += self.meetings.week(week)
        acts += [(3, 16, self.report), (4, 10, self.hand_in), (4, 15, self.clear)]
        return sorted(acts, key=lambda act: act[:2])

    def draft(self, now: datetime) -> None:
        for plan, team, lines in self.schemes.all(self.ledger):
            make_plan(plan, team, by=self.operator, now=now)
            add_lines(plan, lines, by=self.operator)

    def issue(self, now: datetime) -> None:
        for plan in self._plans():
            issue(plan, by=self.operator, now=now)
            send_tasks(plan, by=self.operator, now=now)

    def report(self, now: datetime) -> None:
        """Let every unit say in one line how its tasks go."""
        for line in self._open():
            if line.matter and line.matter.state in {State.DISPATCHED, State.HANDLING}:
                self._say(line, now)

    def _say(self, line: Line, now: datetime) -> None:
        share = self._share(line, now)
        pace = self.paces.get(line.title, "well")
        count = Decimal(round(line.target * Decimal(share))) if line.target else None
        done = f"累计完成 {count} {line.measure}" if count else f"完成进度约 {share:.0%}"
        age = (timezone.localtime(now).date() - self.first).days
        if age < FIRST_WEEK and line.matter:
            # The ladder asks for the arrangement on the first day, for measures on the third.
            done = MEASURES if line.progress.exists() else ARRANGED.format(lead=lead_of(line))
        blocked = self._one_of(BLOCKED) if pace in {"slow", "stuck"} and share else ""
        today = timezone.localtime(now).date()
        reached = [
            step.pk
            for step in line.steps.all()
            if step.day and step.day <= today and pace not in {"slow", "stuck"}
        ]
        said = Said(done, self._one_of(NEXT), blocked, count, reached)
        report_progress(line, said, by=self._handler(line), now=now)

    def _share(self, line: Line, now: datetime) -> float:
        today = timezone.localtime(now).date()
        begins = line.begins(line.plan)
        whole = (line.ends(line.plan) - begins).days
        pace = 1 if line.earlier_id else PACES[self.paces.get(line.title, "well")]
        return min(1.0, max(0.0, pace * (today - begins).days / whole))

    def hand_in(self, now: datetime) -> None:
        """Let units hand in what is whole, signed by their leader."""
        for line in self._open():
            if line.matter and line.matter.state == State.HANDLING and self._share(line, now) >= 1:
                handler, leader = self._handler(line), self._somebody(lead_of(line), Role.LEADER)
                account = f"已按标准完成：{line.standard}。资料随附。"
                answer = f"{line.title}已完成，达到“{line.standard}”的标准。"
                matter = _matter(line)
                perform(matter, "submit", by=handler, now=now, account=account, answer=answer)
                perform(_matter(line), "sign", by=leader, now=now + timedelta(minutes=20))

    def clear(self, now: datetime) -> None:
        """Let somebody else check what was handed in a week ago, and strike it off."""
        for line in self._open():
            handed_in = line.matter.handed_in_at if line.matter else None
            if handed_in and now - handed_in > timedelta(days=5):
                mark = self._one_of((Grade.Mark.GOOD, Grade.Mark.EXCELLENT, Grade.Mark.PASSED))
                grade(line, mark, text=CHECKED, by=self.caller, now=now)

    def _open(self) -> list[Line]:
        plans = {plan.pk: plan for plan in self._plans()}
        lines = list(Line.objects.of(plans.values()).open().for_tree())
        for line in lines:
            line.plan = plans[line.plan_id]
        return lines

    def _plans(self) -> list[Plan]:
        return list(Plan.objects.for_page().filter(ledger=self.ledger).order_by("pk"))

    def _handler(self, line: Line) -> Member:
        return self._somebody(lead_of(line), Role.HANDLER)

    def _one_of(self, words: Sequence[str]) -> str:
        return words[next(self.turn) % len(words)]

    def _somebody(self, unit: Unit, role: Role) -> Member:
        """Return somebody with this role in the unit or the nearest one above it."""
        if (unit.pk, role) not in self.known:
            staff = Member.objects.active().with_role(role).select_related("unit", "user")
            staff = staff.exclude(user__username__startswith=DEMO_PREFIX)
            above = staff.filter(unit__path__in=unit.line()).order_by("-unit__path", "pk")
            self.known[unit.pk, role] = above[0]
        return self.known[unit.pk, role]


def _matter(line: Line) -> Matter:
    return Matter.objects.for_page().get(plan_line=line)
