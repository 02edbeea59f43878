"""What changes about the plans of the demo county once they are issued."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from daodi.apps.plans.amending import (
    Units,
    add_task,
    amend,
    bring_back,
    change_units,
    drop_task,
)
from daodi.apps.plans.drafting import NewLine
from daodi.apps.plans.models import Line, Plan
from daodi.apps.plans.querysets import TASK
from daodi.apps.plans.schemes import WEEK, Schemes
from daodi.core.matters.states import State
from daodi.core.people.models import Member, Unit

WHY = "常委会第 9 次会议研究：汛期施工受限，同意顺延三周。"
ADDED = "群众在“问政帮你办”集中反映，专班会议决定增列。"
AGAIN = "巡查发现井盖再次松动 17 处，转回原责任单位。"
HANDED_OVER = "规范沿街餐饮油烟 340 家"
TO_OTHERS = "机构改革后餐饮油烟执法划归城管，随职责移交，市场监管配合。"
DROPPED, NO_MORE = "优化公交线路 12 条", "省交通厅统一编制城乡公交规划，本项并入，不再单列。"


class Changes:
    """Amendments: a later day, a further task, one that is back, another unit, one dropped."""

    def __init__(
        self,
        operator: Member,
        schemes: Schemes,
        open_lines: Callable[[], list[Line]],
        plans: Callable[[], list[Plan]],
    ) -> None:
        self.operator, self.schemes = operator, schemes
        self.open, self.plans = open_lines, plans

    def extend(self, now: datetime) -> None:
        """Amend what the rain holds up."""
        for line in self.open():
            if (
                self.schemes.paces.get(line.title) == "slow"
                and line.due
                and line.counted_in_id is None
            ):
                due = line.due + 3 * WEEK
                amend(line, {"due": due}, why=WHY, by=self.operator, now=now)
                break

    def add(self, now: datetime) -> None:
        plan = self.plans()[0]
        new = NewLine(
            Line(
                level=TASK,
                number="4.",
                title="修补小区门前破损路面 45 处",
                lead=self.schemes.units["SZZX"],
                standard="一处一照，雨后无积水",
                due=self.schemes.day(15),
                target=Decimal(45),
                measure="处",
            )
        )
        after = plan.lines.tasks().filter(number="3.").order_by("place").first()
        add_task(plan, new, after, why=ADDED, by=self.operator, now=now)

    def come_back(self, now: datetime) -> None:
        """Send out again what was cleared and is there again."""
        back = [title for title, pace in self.schemes.paces.items() if pace == "back"]
        for line in Line.objects.filter(title__in=back, matter__state=State.CLEARED):
            line.plan = next(plan for plan in self.plans() if plan.pk == line.plan_id)
            bring_back(line, due=self.schemes.day(15), text=AGAIN, by=self.operator, now=now)

    def hand_over(self, now: datetime) -> None:
        """Let the unit that is in charge now take a task over."""
        for line in [line for line in self.open() if line.title == HANDED_OVER]:
            units = Units(self.schemes.units["CGJ"], [lead_of(line)])
            change_units(line, units, why=TO_OTHERS, by=self.operator, now=now)

    def drop(self, now: datetime) -> None:
        for line in [line for line in self.open() if line.title == DROPPED]:
            drop_task(line, why=NO_MORE, by=self.operator, now=now)


def lead_of(line: Line) -> Unit:
    """Return the unit that leads for a task that was sent out."""
    if line.lead is None:
        raise LookupError(f"nobody leads for {line}")
    return line.lead
