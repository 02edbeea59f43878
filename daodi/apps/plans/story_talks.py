"""What units think of the drafts in the demo county, and what becomes of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from daodi.apps.plans.drafting import change_line
from daodi.apps.plans.models import Line, Opinion, Plan, Round
from daodi.apps.plans.story_changes import lead_of
from daodi.apps.plans.talking import answer_opinion, give_opinion, open_round
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role

TWO_WEEKS, DAYS = timedelta(weeks=2), timedelta(days=3)
TOO_EARLY = "招投标和备料至少需要一个半月，时限偏紧，建议顺延两周。"
TAKEN = "采纳：时限顺延两周，节点不变。"
NOT_OURS = "该项日常监管由属地负责，建议我单位改为配合单位。"
NOT_TAKEN = "未采纳：三定方案明确由你单位主管，属地配合，维持牵头。"
AGREED = "修改后的稿子已看，没有不同意见。"
THANKED = "收到，按此印发。"
Somebody = Callable[[Unit, Role], Member]


class Talks:
    """Two rounds on each draft: units write, telephone and say it; each gets an answer."""

    def __init__(self, operator: Member, somebody: Somebody) -> None:
        self.operator, self.somebody = operator, somebody

    def ask(self, plans: list[Plan], now: datetime) -> None:
        """Ask the units that lead for a task what they think."""
        for plan in plans:
            leads = Unit.objects.filter(pk__in=plan.lines.tasks().values("lead"))
            until = (now + DAYS).date()
            open_round(plan, list(leads), until=until, by=self.operator, now=now)

    def say(self, plans: list[Plan], now: datetime) -> None:
        """Let two units object in the first round, and one agree in the second."""
        for plan in plans:
            asked = plan.rounds.order_by("number").last()
            lines = list(plan.lines.tasks().select_related("lead").order_by("place"))
            if asked and asked.number == 1:
                self._give(asked, lines[1], TOO_EARLY, Opinion.Way.WRITTEN, now)
                self._give(asked, lines[-1], NOT_OURS, Opinion.Way.PHONE, now)
            elif asked:
                self._give(asked, lines[1], AGREED, Opinion.Way.FACE, now)

    def answer(self, plans: list[Plan], now: datetime) -> None:
        """Answer each opinion; what is taken up changes the draft."""
        words = {TOO_EARLY: TAKEN, NOT_OURS: NOT_TAKEN, AGREED: THANKED}
        for opinion in Opinion.objects.filter(round__plan__in=plans, is_taken=None):
            opinion.round.plan = next(plan for plan in plans if plan.pk == opinion.round.plan_id)
            act = partial(answer_opinion, opinion, by=self.operator, now=now)
            act(is_taken=opinion.text != NOT_OURS, answer=words[opinion.text])
            if opinion.text == TOO_EARLY and opinion.line:
                self._later(opinion.line, opinion.round.plan)

    def _give(self, asked: Round, line: Line, text: str, way: str, now: datetime) -> None:
        unit = lead_of(line)
        handler = self.somebody(unit, Role.HANDLER)
        writes = way == Opinion.Way.WRITTEN and handler.unit.is_within(unit)
        # What is told by telephone or face to face, a planner writes down.
        by = handler if writes else self.operator
        give_opinion(asked, unit=unit, line=line, text=text, way=way, by=by, now=now)

    def _later(self, line: Line, plan: Plan) -> None:
        line.plan = plan
        if line.due:
            line.due = min(line.due + TWO_WEEKS, plan.last_day)
        joint, steps = list(line.joint.all()), list(line.steps.all())
        change_line(line, joint, steps, by=self.operator)
