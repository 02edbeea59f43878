"""Review meetings on the demo county's plans, and what becomes of what they decide."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from daodi.apps.plans.models import Plan
from daodi.apps.plans.showing import rows_of
from daodi.apps.plans.talking import call_meeting, resolve, write_minutes
from daodi.apps.plans.talks import Meeting, Resolution
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.workflow.services import perform

MINUTES = "听取各牵头单位汇报，逐项研判受阻任务；要求专班到现场办公，下次会议对账。"
# Who is to do what about a plan whose tasks are blocked, and what is said when it is done.
DECIDED = (
    ("CZJ", "由县财政局一周内核定受阻项目资金拨付计划，报专班备案。", "拨付计划已核定"),
    ("ZJJ", "由县住建局一周内排出交叉施工时序表，发各标段执行。", "时序表已排定"),
    ("CGJ", "由县城管局逐户上门，一周内定下有争议的选址，报专班备案。", "选址已定"),
)
# In which weeks there is one.
WEEKS = (4, 8, 12)
IN_TIME, SIGNED_AFTER = timedelta(days=7), timedelta(minutes=20)


class Meetings:
    """The county's office calls them; the units do what was decided."""

    def __init__(
        self,
        units: dict[str, Unit],
        somebody: Callable[[Unit, Role], Member],
        plans: Callable[[], list[Plan]],
    ) -> None:
        self._units, self._somebody, self._plans = units, somebody, plans

    def week(self, week: int) -> list[tuple[int, int, Callable[[datetime], None]]]:
        """Return what is done in a week: on which day, at which hour."""
        if week in WEEKS:
            return [(0, 9, self.meet), (0, 15, self.accept), (4, 11, self.hand_in)]
        return [(0, 16, self.clear)] if week - 1 in WEEKS else []

    def meet(self, now: datetime) -> None:
        """Hold the month's review of each plan; what it decides is a task."""
        for plan, (code, text, _done) in zip(self._plans(), DECIDED, strict=False):
            supervisor = self._somebody(plan.ledger.supervising_unit, Role.SUPERVISOR)
            operator = self._somebody(plan.ledger.unit, Role.OPERATOR)
            rows = rows_of([plan], list(plan.lines.for_tree()), None, now)
            meeting = Meeting(
                plan=plan, kind=Meeting.Kind.MONTH, day=now.date(), place="县政府二楼会议室"
            )
            call_meeting(meeting, rows, by=supervisor, now=now)
            write_minutes(meeting, MINUTES, by=supervisor)
            if any(each["blocked"] for each in meeting.agenda):
                unit, due = self._units[code], now.date() + IN_TIME
                resolve(meeting, text=text, lead=unit, due=due, by=operator, now=now)

    def accept(self, now: datetime) -> None:
        """Let the units sign for what was decided."""
        for matter in self._decided(State.DISPATCHED):
            perform(matter, "accept", by=self._of(matter, Role.HANDLER), now=now)

    def hand_in(self, now: datetime) -> None:
        """Let the units hand in what they did, signed by their leader."""
        done = {text: said for _code, text, said in DECIDED}
        for matter in self._decided(State.HANDLING):
            said = done[matter.title]
            handler, leader = (self._of(matter, role) for role in (Role.HANDLER, Role.LEADER))
            perform(matter, "submit", by=handler, now=now, account=f"{said}，材料随附。",
                    answer=f"{said}，已报专班。")  # fmt: skip
            perform(_again(matter), "sign", by=leader, now=now + SIGNED_AFTER)

    def clear(self, now: datetime) -> None:
        """Let a caller strike off what was handed in."""
        for matter in self._decided(State.HANDED_IN):
            perform(matter, "clear", by=self._somebody(matter.ledger.unit, Role.CALLER), now=now)

    def _decided(self, state: State) -> Iterable[Matter]:
        decided = Resolution.objects.filter(meeting__plan__in=self._plans())
        found = Matter.objects.for_page().filter(pk__in=decided.values("matter"), state=state)
        return list(found.order_by("pk"))

    def _of(self, matter: Matter, role: Role) -> Member:
        return self._somebody(matter.unit or matter.ledger.unit, role)


def _again(matter: Matter) -> Matter:
    return Matter.objects.for_page().get(pk=matter.pk)
