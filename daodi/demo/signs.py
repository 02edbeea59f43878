"""Early signs: what has piled up at a few units is put before them at the end of the story."""

from datetime import datetime, timedelta

from django.db.models import Count

from daodi.core.people.models import Unit
from daodi.core.people.roles import Role
from daodi.core.supervision.reminders import attachable, write_reminder
from daodi.demo.world import World

SIGNS = (
    ("assign", "逾期件集中", "近期逾期和临期事项集中在贵单位，请逐件说明原因、责任人和办结日期。"),
    ("prompt", "同类诉求增多", "同一片区同类诉求持续增多，请研判成因，能一次解决的不要逐件应付。"),
    ("prompt", "反复诉求", "群众对同一问题反复来电，请查清前次答复未落实之处，并告知处理打算。"),
)
FEWEST, MOST = 2, 6
DAYS_TO_ANSWER = timedelta(days=5)


def put_signs(world: World, now: datetime) -> None:
    """Write one of each to the units with the most open matters."""
    supervisor = world.someone(Role.SUPERVISOR)
    ours = attachable(supervisor).in_hand()
    busy = ours.order_by().values("unit").annotate(n=Count("pk")).filter(n__gte=FEWEST)
    units = [row["unit"] for row in busy.order_by("-n", "unit")[: len(SIGNS)]]
    for (kind, topic, text), pk in zip(SIGNS, units, strict=False):
        matters = list(ours.filter(unit=pk).for_page().due_first()[:MOST])
        due = (now + DAYS_TO_ANSWER).date() if kind == "assign" else None
        write_reminder(
            matters, kind=kind, unit=Unit.objects.get(pk=pk), topic=topic, text=text, due=due,
            by=supervisor, now=now,
        )  # fmt: skip
